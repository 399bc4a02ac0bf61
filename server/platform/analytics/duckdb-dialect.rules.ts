import type { AnalyticsDialect } from "./analytics.contract.ts";

/** How DuckDB says what the engines say differently. */
export const duckDbDialect: AnalyticsDialect = {
  name: "duckdb",
  bucket: (unit, column) => `cast(date_trunc('${unit}', ${column}) as date)`,
  timestamp: (parameter) => `cast(${parameter} as timestamp)`,
  distinctApproximately: (expression) => `approx_count_distinct(${expression})`,
  quantile: (share, expression) => `quantile_cont(${expression}, ${share})`,
  quantiles: (shares, expression) => `quantile_cont(${expression}, [${shares.join(", ")}])`,
  bitsOf: (expression) => `bit_or(${expression})`,
  hasBit: (bits, bit) => `(${bits} & ${bit}) <> 0`,
  // Whoever came after the set was gathered has a greater number; nobody has the number 0. The variable is set with the query (duckdb-sets.ts).
  memberBit: ({ id, lastNo }, number) => `get_bit(getvariable('set ${id}'), case when ${number} <= ${Math.trunc(lastNo)} then ${number} else 0 end)`,
  // Each text is hashed once per entry of the column's dictionary, not once per row.
  // The hash of two values is the scrambled hash of the first combined with that of the second. Without the second it is a number of the text alone, and put
  // together again in a fingerprint it is the hash of text and place. That is a plain combination, which would cancel out when combined again; hashed once more it does not.
  textKey: (text) => `xor(hash(${text}, 0), hash(0))`,
  fingerprint: (key, place) => `bit_xor(hash(xor(${key}, hash(${place}))))`,
};
