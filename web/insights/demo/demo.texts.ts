import { defineTexts } from "../../ui/texts.ts";

export const demoTexts = defineTexts("demo", {
  marked: "This is a demo company.",
  madeUp: "Its customers, answers and orders are made up.",
  remove: "Remove demo",
  question: "Remove the demo company?",
  consequence: "All of its customers, interactions, answers and surveys are deleted. Your own workspaces stay as they are.",
  load: "Load the demo company",
  loadBody: "A retailer with a year of journeys, in a workspace of its own. Removed with one click.",
  open: "Open the demo company",
  openBody: "Made-up data in a workspace of its own. Yours stays empty.",
  loading: "Loading the demo company",
  removing: "Removing the demo company",
  records: "{{done}} of about {{total}} records",
});
