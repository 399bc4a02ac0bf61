export { defineJob, enqueue } from "./jobs.ts";
export type { Job, ScheduledJob } from "./jobs.ts";
