import { defineTexts } from "../../ui/texts.ts";

export const auditTexts = defineTexts("audit", {
  title: "Audit log",
  at: "When",
  who: "Who",
  action: "What",
  subject: "On what",
  details: "Details",
  none: "Nothing was changed yet",
  noneBody: "Every change of members, keys and settings will be listed here.",
  member: "Member",
  key: "API key",
  system: "Firsthand",
  nobody: "Nobody signed in",
});
