import { defineTexts } from "../../ui/texts.ts";

export const pathLogTexts = defineTexts("path-log", {
  export: "Export",
  exportHint: "Every step of the paths shown here, with these filters",
  xes: "XES",
  xesHint: "for process mining: a case for each path",
  jsonocel: "OCEL 2.0 as JSON",
  jsonocelHint: "for process mining: customers and orders or visits as objects",
  xmlocel: "OCEL 2.0 as XML",
  xmlocelHint: "the same, for programs that read XML",
  csv: "CSV",
  csvHint: "for spreadsheets: a line for each step",
});
