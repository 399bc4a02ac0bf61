import { defineTexts } from "../../ui/texts.ts";

/** What other screens say of the hours an alert leads to. */
export const alertHoursTexts = defineTexts("alert-hours", {
  hours: "Hours",
  hoursOnly: "{{from}} – {{to}}",
});
