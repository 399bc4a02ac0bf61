export { sendMail } from "./mail.ts";
export { mailJobs } from "./mail.jobs.ts";
