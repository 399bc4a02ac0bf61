import type { AnalyticsDialect } from "./analytics.contract.ts";

/** How DuckDB says what the engines say differently. */
export const duckDbDialect: AnalyticsDialect = {
  name: "duckdb",
  bucket: (unit, column) => `cast(date_trunc('${unit}', ${column}) as date)`,
  timestamp: (parameter) => `cast(${parameter} as timestamp)`,
  distinctApproximately: (expression) => `approx_count_distinct(${expression})`,
  quantile: (share, expression) => `quantile_cont(${expression}, ${share})`,
};
