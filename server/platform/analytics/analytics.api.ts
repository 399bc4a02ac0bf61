export { AnalyticsUnavailable } from "./unavailable.ts";
export type { AnalyticsDialect, AnalyticsReading, AnalyticsRow, AnalyticsStatus, AnalyticsStore, AnalyticsValue, CustomerSet, GatheredSet } from "./analytics.contract.ts";
export { openDuckDb } from "./duckdb.ts";
export type { AnalyticsColumn, AnalyticsTable, AnalyticsWriter } from "./duckdb.ts";
export type { Projection, StepResult } from "./follower.ts";
export { duckDbDialect } from "./duckdb-dialect.rules.ts";
