import type { Definition } from "../../customers/scores/scores.contract.ts";
import type { MeasureName } from "./need-facts.contract.ts";
import { measureKinds } from "./need-facts.rules.ts";

const meanings: Record<MeasureName, { title: string; cases: string; unit: string }> = {
  repeated_contacts: { title: "Had to come back on the same matter", cases: "Contacts of one customer on one matter are one case while no more than seven days lie between them; over the limit with more contacts after the first than it says.", unit: "more contacts" },
  channel_switches: { title: "Changed the channel while coming back", cases: "Of matters a customer came back about: those with more changes of the channel than the limit.", unit: "changes" },
  steps_to_goal: { title: "Too many steps to the goal", cases: "Goals reached in a visit; over the limit where more was met in it up to the goal.", unit: "steps" },
  promise_off: { title: "Came on another day than told", cases: "Dates told to customers; over the limit where what was told came so many days earlier or later, or not at all.", unit: "days" },
  promise_late: { title: "Came later than promised", cases: "Dates told to customers; over the limit where what was told came so many days later, or not at all.", unit: "days" },
  longest_silence: { title: "Heard nothing for too long", cases: "Orders and cases from their opening to their closing; over the limit where so many days passed in between without any fact about them.", unit: "days" },
  asked_again: { title: "Asked the same again", cases: "Surveys, forms and questions put to a customer; over the limit where the same was asked within the 30 days before.", unit: "" },
  time_to_remedy: { title: "Waited too long until put right", cases: "What went wrong; over the limit where so many days passed until it was put right, or it still is not.", unit: "days" },
  reopened: { title: "Came back after it was called solved", cases: "Contacts called solved; over the limit where the customer came back on the same matter within two weeks.", unit: "" },
};

/** What the share of cases over the limit means, said on the tile beside it.
 *  @param names of the facts it is made of */
export const defineFact = (measure: MeasureName, { limit, names }: { limit: number; names: readonly string[] }): Definition => {
  const { title, cases, unit } = meanings[measure];
  return {
    title,
    formula: `Percent of cases over the limit${measureKinds[measure].unit === "share" ? "" : ` of ${limit} ${unit}`}; less is better. ${cases} A case belongs to where, with whom and of whom the fact was with which it began.`,
    interval: "95% Wilson, of as many customers as the cases tell as much as: many cases of one customer are one voice.",
    comparison: "z test of the two shares with one success and one failure added to each side; significant when p < 0.05. Not tested where a side tells less than ten customers would.",
    source: `${names.length === 0 ? "No such facts are known here." : `Facts: ${names.slice(0, 12).join(", ")}${names.length > 12 ? " and others" : ""}.`} Wilson, JASA 1927; Agresti & Caffo, The American Statistician 2000; Kish, Survey Sampling, 1965.`,
  };
};

export const titleOfFact = (measure: MeasureName): string => meanings[measure].title;
