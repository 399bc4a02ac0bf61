import { defineTexts } from "../../ui/texts.ts";

/** The bell is on every screen; the other words of alerts load with theirs. */
export const alertBellTexts = defineTexts("alert-bell", {
  bell: "Alerts: none you have not seen",
  bellUnseen_one: "Alerts: {{n}} you have not seen",
  bellUnseen_other: "Alerts: {{n}} you have not seen",
});
