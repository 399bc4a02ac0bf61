import { defineTexts } from "../../ui/texts.ts";

export const jobsTexts = defineTexts("jobs", {
  title: "Failed jobs",
  name: "Job",
  attempts: "Attempts",
  attemptsOf: "{{done}} of {{most}}",
  error: "What went wrong",
  failed: "Failed",
  next: "Tried again",
  notAgain: "no more",
  actions: "Actions",
  retry: "Try again",
  retryAll: "Try all again",
  retried: "“{{name}}” runs again",
  retriedAll_one: "{{n}} job runs again",
  retriedAll_other: "{{n}} jobs run again",
  none: "No job has failed",
  noneBody: "Mails, imports and other background work that fails is listed here, with the reason and a way to run it again.",
});
