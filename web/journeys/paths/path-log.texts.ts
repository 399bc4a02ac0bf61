import { defineTexts } from "../../ui/texts.ts";

export const pathLogTexts = defineTexts("path-log", {
  export: "Export",
  exportHint: "Every step of the paths shown here, with these filters",
  xes: "XES",
  xesHint: "for process mining: a case for each path",
  jsonocel: "OCEL 2.0",
  jsonocelHint: "for process mining: customers and orders or visits as objects",
  csv: "CSV",
  csvHint: "for spreadsheets: a line for each step",
});
