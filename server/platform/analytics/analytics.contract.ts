/** A value an analytic query may carry as a parameter. */
export type AnalyticsValue = string | number | boolean | null;
export type AnalyticsRow = Readonly<Record<string, AnalyticsValue>>;

/** The columnar copy of facts and feelings. It is derived: dropping it loses nothing.
 *  Two engines can stand behind it; queries use the SQL both speak and `dialect` for the rest. */
export type AnalyticsStore = {
  dialect: AnalyticsDialect;
  /** Runs one read-only query.
   *  @param values for $1, $2 ...; times as ISO text compared with `dialect.timestamp`
   *  @returns rows with numbers as numbers and times as ISO text in UTC; at most `limitRows` (default 10,000), so ask for aggregates
   *  @throws AnalyticsUnavailable while the store is starting, restarting or over its time limit */
  query: (sql: string, values?: readonly AnalyticsValue[], options?: { timeoutMs?: number; limitRows?: number }) => Promise<readonly AnalyticsRow[]>;
  /** Begins to read results of any size, all as of one moment. It holds a connection until it is closed.
   *  @throws AnalyticsUnavailable also when too many are open */
  read: () => Promise<AnalyticsReading>;
  /** Position of the follower and how far it lags behind the record. */
  status: () => Promise<AnalyticsStatus>;
  /** Resolves once everything committed before the call is visible to queries. For tests and for commands that must see their own writes. */
  caughtUp: (timeoutMs?: number) => Promise<void>;
  /** Drops the copy and builds it anew from PostgreSQL. */
  rebuild: () => Promise<void>;
  /** Re-derives what depends on the register of touchpoints (touchpoint, channel, stage, environment, product) for one workspace. */
  rename: (workspaceId: string) => Promise<void>;
  /** Re-derives who served and which team and department they were in then, for one workspace. */
  restaff: (workspaceId: string) => Promise<void>;
  /** Makes sure that the copy knows who is in each of these sets of customers now. What it knows is not worked out anew: only the set or the customers that
   *  changed since are looked at.
   *  @returns the sets in their order, ready for queries until the copy is made anew */
  gather: (workspaceId: string, sets: readonly CustomerSet[]) => Promise<GatheredSet[]>;
  close: () => Promise<void>;
};

/** Customers by what the record says of them: `condition` is SQL on `customers.activity activity`, its values begin with the workspace. `version` differs when
 *  other things decide who is in; `isTimed`: somebody may come in or drop out because time passes. */
export type CustomerSet = { id: string; condition: string; values: readonly unknown[]; version: string; isTimed: boolean };
/** `lastNo`: customers with greater numbers came after the set was looked through, and are not in it. `revision` is another one when others are in it. */
export type GatheredSet = { id: string; lastNo: number; revision: number };

/** Results that are too large to be had at once. One at a time; none after it was closed. */
export type AnalyticsReading = {
  /** Rows in portions of some thousand; the next is asked for when the one before was taken. What fails is thrown by the portion. */
  rows: (sql: string, values?: readonly AnalyticsValue[], options?: { timeoutMs?: number }) => AsyncGenerator<AnalyticsRow[]>;
  /** Ends it and stops what still runs. May be called at any time and again. */
  close: () => Promise<void>;
};

export type AnalyticsStatus = { state: "starting" | "following" | "rebuilding" | "stopped"; rows: number; lagRows: number };

/** The few places where the engines differ. Every member gives a piece of SQL. */
export type AnalyticsDialect = {
  name: "duckdb" | "clickhouse";
  /** Start of the day, week (Monday) or month a time falls into, as a date. */
  bucket: (unit: "day" | "week" | "month", column: string) => string;
  /** A parameter read as a time in UTC. */
  timestamp: (parameter: string) => string;
  distinctApproximately: (expression: string) => string;
  quantile: (share: number, expression: string) => string;
  /** A list of quantiles, the first at [1]. All come from one list of the values, which is what takes time and memory. */
  quantiles: (shares: readonly number[], expression: string) => string;
  /** An aggregate: every bit that is set in any of the numbers. */
  bitsOf: (expression: string) => string;
  hasBit: (bits: string, bit: string) => string;
  /** 1 when the customer of a number is in a gathered set, else 0. */
  memberBit: (set: GatheredSet, number: string) => string;
  /** A whole number for a text, to be sorted and compared in its stead: two of 50,000 texts share theirs once in 10^10. Larger than a number of ours can hold. */
  textKey: (text: string) => string;
  /** An aggregate that is the same number for the same texts at the same places, whatever order rows come in: two of three million such lists share theirs once in four million.
   *  Larger than a number of ours can hold, so read it as text.
   *  @param key of the text, by `textKey` */
  fingerprint: (key: string, place: string) => string;
};
