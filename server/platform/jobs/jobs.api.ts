export { defineJob, enqueue } from "./jobs.ts";
export { startLoop } from "./loops.ts";
export type { Step } from "./loops.ts";
export type { Job, ScheduledJob } from "./jobs.ts";
