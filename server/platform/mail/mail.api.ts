export { keepMailFile, sendMail } from "./mail.ts";
export type { NewMail } from "./mail.ts";
export { addressOf, bounceAddress } from "./addresses.rules.ts";
export { listMailStates } from "./mail.queries.ts";
export type { MailState } from "./mail.queries.ts";
export { mailJobs, mailSchedules } from "./mail.jobs.ts";
