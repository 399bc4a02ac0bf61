import { z } from "zod";
import { defineJob } from "../jobs/jobs.api.ts";
import { pollDueMailboxes } from "./polling.ts";
import { cleanMails } from "./quarantine.ts";

export const mailboxJobs = [
  defineJob({ name: "mailboxes.poll", payload: z.looseObject({}), maxAttempts: 1, run: ({ services }) => pollDueMailboxes(services) }),
  defineJob({ name: "mailboxes.clean", payload: z.looseObject({}), maxAttempts: 2, run: ({ services }) => cleanMails(services) }),
];

export const mailboxSchedules = [
  { job: "mailboxes.poll", cron: "* * * * *" },
  { job: "mailboxes.clean", cron: "41 4 * * *" },
];
