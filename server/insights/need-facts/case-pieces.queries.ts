// Pieces that queries of cases are put together from.
import type { OffsetPiece, Period } from "#customers";
import type { AnalyticsValue } from "#platform/analytics";

export const DAY_MS = 86_400_000;
export const CONTACT_DAYS = 7;
export const REOPEN_DAYS = 14;

/** `end`: nothing is known of later, as a piece of SQL; `matters`: names of properties that say which order or case a fact is about. */
export type CasePieces = {
  values: AnalyticsValue[];
  bind: (value: AnalyticsValue) => string;
  workspace: string;
  end: string;
  matters: readonly string[];
  offsets: readonly OffsetPiece[];
  /** What is asked about, the period before included. */
  asked: Period;
  /** Where a case may come to be over the limit however long ago it began: it is looked at as it was at this age, once it is that old. Null: as it is now. */
  ageMs: number | null;
};

type Binding = Pick<CasePieces, "values" | "bind">;

/** @param begun values of a query that was begun already */
export const startCases = (
  workspaceId: string, given: { endMs: number; matters: readonly string[]; offsets: readonly OffsetPiece[]; asked: Period; ageMs?: number | null }, begun: Binding = bindAnew(),
): CasePieces => {
  const { values, bind } = begun;
  const workspace = `workspace_id = cast(${bind(workspaceId)} as uuid)`;
  return { values, bind, workspace, end: `cast(${bind(given.endMs)} as bigint)`, matters: given.matters, offsets: given.offsets, asked: given.asked, ageMs: given.ageMs ?? null };
};

const bindAnew = (): Binding => {
  const values: AnalyticsValue[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
};

export const namesIn = (pieces: CasePieces, column: string, names: readonly string[]): string =>
  names.length === 0 ? "false" : `${column} in (${names.map((name) => pieces.bind(name)).join(", ")})`;

/** Facts of known customers; null for any that met something. */
export const namedFacts = (pieces: CasePieces, names: readonly string[] | null): string =>
  `select id, customer, epoch_ms("at") as ms, name, type, channel from experience
   where ${pieces.workspace} and record = 'interaction' and customer is not null and epoch_ms("at") < ${pieces.end}
     and ${names === null ? "type not in ('identify', 'group', 'alias')" : namesIn(pieces, "name", names)}`;

/** One text per fact, of the first of these properties that it has. */
export const detailsNamed = (pieces: CasePieces, names: readonly string[]): string =>
  `select id, min(text) as text from details where ${pieces.workspace} and text is not null and ${namesIn(pieces, "name", names)} group by id`;

/** Which order or case facts are about: the same text for all facts of one, whoever is known to have met them. A guest's order and its parcel may
 *  be two strangers to each other, but they carry one number. */
export const mattersOf = (pieces: CasePieces): string =>
  `select id, min(name || ' ' || text) as matter from details where ${pieces.workspace} and text is not null and ${namesIn(pieces, "name", pieces.matters)} group by id`;

/** That a time lies in what is asked about, or so shortly before that it belongs to it. */
export const isWithin = ({ asked }: CasePieces, column: string, beforeMs: number): string =>
  `${column} >= ${Math.trunc(asked.fromMs - beforeMs)} and ${column} < ${Math.trunc(asked.toMs)}`;

/** Milliseconds between UTC and the clock of the workspace at a time; whole numbers computed here, never text from outside. */
export const clockOffset = ({ offsets: [first, ...others] }: CasePieces, column: string): string => {
  if (first === undefined) return "0";
  const later = others.toReversed().map(({ fromMs, offsetSeconds }) => `when ${column} >= ${Math.trunc(fromMs)} then ${Math.trunc(offsetSeconds) * 1000}`);
  return later.length === 0 ? String(Math.trunc(first.offsetSeconds) * 1000) : `(case ${later.join(" ")} else ${Math.trunc(first.offsetSeconds) * 1000} end)`;
};
