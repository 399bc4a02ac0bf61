import { defineTexts } from "../../ui/texts.ts";

export const annotationsTexts = defineTexts("annotations", {
  notes: "Notes",
  notesCounted_one: "{{n}} note",
  notesCounted_other: "{{n}} notes",
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
