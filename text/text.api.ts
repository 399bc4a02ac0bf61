export { EMOTIONS, NEEDS } from "./reading.ts";
export type { Emotion, Evidence, Mention, Need, PersonalData, Polarity, Reading, Sentiment, Span } from "./reading.ts";
export { findPersonalData, redact } from "./personal-data.ts";
export { unsureReading } from "./unsure-reading.ts";
export { openWorkerPool, serveWorkerPool } from "./worker-pool.ts";
export type { Turn, WorkerPool } from "./worker-pool.ts";
