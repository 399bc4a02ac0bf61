import { defineTexts } from "../../ui/texts.ts";

export const workspacesTexts = defineTexts("workspaces", {
  title: "Workspace",
  name: "Name",
  nameHint: "Shown in the navigation, in mails and on survey pages.",
  timeZone: "Time zone",
  timeZoneHint: "Days, weeks and months of every chart begin here.",
  save: "Save",
  saved: "Saved",
  required: "Give the workspace a name.",
  demoTitle: "Demo company",
  demoBody: "This workspace holds made-up data. Remove it when you have seen enough: the button stands above.",
});
