export { alignToLine, fitnessOf, makeLineCost, TraceTooLong } from "./alignment.ts";
export type { Alignment, AlignmentMove } from "./alignment.ts";
export { EVENTS_MAX, LogTooLarge, makeLogBuilder, takeCases, traceOf } from "./event-log.ts";
export type { EventLog, LogBuilder } from "./event-log.ts";
