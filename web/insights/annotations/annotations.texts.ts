import { defineTexts } from "../../ui/texts.ts";

export const annotationsTexts = defineTexts("annotations", {
  notes: "Notes",
  notesOn_one: "{{n}} note on these days",
  notesOn_other: "{{n}} notes on these days",
  listTitle: "Notes on these days",
  none: "No notes on these days. Write down what happened, such as a new price list, and charts show it as a line.",
  noneToRead: "No notes on these days.",
  day: "Day",
  title: "What happened",
  titleHint: "New price list",
  titleMissing: "Say in a few words what happened.",
  dayMissing: "Choose the day.",
  add: "Add a note to this day",
  added: "Noted for {{day}}.",
  remove: "Take away: {{title}}",
  removed: "Note taken away: {{title}}",
});
