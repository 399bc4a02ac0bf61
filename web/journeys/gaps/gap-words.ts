import { formatDayWithYear, formatMoment, isoDay } from "../../ui/dates.ts";
import { formatChange, formatNumber } from "../../ui/numbers.ts";
import type { ChangeGapBody, Gap, GapAssignment, GapsReply, GapStatus } from "./gaps.data.ts";
import { gapsTexts } from "./gaps.texts.ts";

export const statuses = ["open", "planned", "done"] as const satisfies readonly GapStatus[];
export const kinds = ["expectation", "promise", "late", "promise_broken", "feeling", "channel", "place", "team", "member"] as const satisfies readonly Gap["kind"][];

/** Whether nobody said what was felt: then what is not found tells nothing. */
export const isSilent = ({ comments, scores }: Pick<GapsReply, "comments" | "scores">): boolean => comments === 0 && scores === 0;

/** Whether a gap shows in what happened after it was done: a period that begins before still holds what was so then.
 *  What was done was so at the latest when it was changed last. */
export const showsAgain = ({ status, changedAt }: Pick<GapAssignment, "status" | "changedAt">, { from }: GapsReply["period"]): boolean =>
  status === "done" && Date.parse(from) >= Date.parse(changedAt);

/** Whether the customers it concerns are the least that is likely, told from a share in which it was seen; elsewhere they are counted. */
const isAtLeast = (kind: Gap["kind"]): boolean => kind === "expectation" || kind === "promise" || kind === "late" || kind === "promise_broken";

/** How large a gap is. What is there but rounds to nothing is not nothing. */
export const saySize = (size: number): string => (size > 0 && size < 0.1 ? `<${formatNumber(0.1, 1)}` : formatNumber(size, size > 0 && size < 10 ? 1 : 0));

/** How many customers a gap concerns, and what that number is called. Fewer than one, at least, is nobody for sure. */
export const sayPeople = ({ kind, people }: Pick<Gap, "kind" | "people">): { label: string; value: string } => {
  const { say } = gapsTexts;
  if (isAtLeast(kind) && people < 1) return { label: say("people"), value: say("nobodyForSure") };
  return { label: say(isAtLeast(kind) ? "peopleAtLeast" : "people"), value: people > 0 && people < 1 ? "<1" : formatNumber(people, 0) };
};

/** A feeling of −1…1 as people read it: −100…100. */
export const sayFeeling = (feeling: number | null): string => (feeling === null ? gapsTexts.say("unknown") : formatChange(feeling * 100));

/** A day as it is said elsewhere, such as "30 Nov 2026". */
export const sayDay = (day: string): string => formatDayWithYear(new Date(`${day}T00:00:00Z`), "UTC");

/** By when something should have come, and when it came: days in the workspace's time zone, with the time where both are on one. */
export const sayWhen = (by: string, came: string | null, timeZone: string): string => {
  const [due, met] = [new Date(by), came === null ? null : new Date(came)];
  const form = met !== null && isoDay(due, timeZone) === isoDay(met, timeZone) ? formatMoment : formatDayWithYear;
  return met === null ? gapsTexts.say("neverCame", { by: form(due, timeZone) }) : gapsTexts.say("cameLate", { by: form(due, timeZone), came: form(met, timeZone) });
};

/** The gap in one sentence. */
export const sayGap = ({ kind, touchpoint, where, map, seen, of, expected, delivered }: Gap): string =>
  gapsTexts.say(`say_${kind}`, { touchpoint, where: where ?? "", step: map?.stepName ?? touchpoint, seen, of, expected: sayFeeling(expected), delivered: sayFeeling(delivered) });

/** What one change of an assignment set, in words. */
export const sayChange = (changes: ChangeGapBody, ownerName: (id: string) => string): string => {
  const { say } = gapsTexts;
  const parts = [
    ...(changes.status === undefined ? [] : [`${say("status")}: ${say(changes.status)}`]),
    ...(changes.ownerId === undefined ? [] : [`${say("owner")}: ${changes.ownerId === null ? say("nobody") : ownerName(changes.ownerId)}`]),
    ...(changes.dueOn === undefined || changes.dueOn === null ? [] : [`${say("due")}: ${sayDay(changes.dueOn)}`]),
    ...(changes.note === undefined || changes.note === "" ? [] : [say("note")]),
    ...(changes.title === undefined ? [] : [say("titleField")]),
  ];
  return parts.join(", ");
};
