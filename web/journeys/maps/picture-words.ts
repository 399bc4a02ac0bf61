// What the cells of a picture say: the same as the cells on the screen.
import type { MapCard, MapDocument, MapStep, MeasuredLane } from "@firsthand/server/journeys/maps/document.contract";
import type { OverlayDifference } from "@firsthand/server/journeys/overlays/overlays.contract";
import { formatDay, formatDayAndTime } from "../../ui/dates.ts";
import { formatChange, formatNumber, formatShare } from "../../ui/numbers.ts";
import type { Account } from "./accounts.data.ts";
import { compareTexts } from "./compare.texts.ts";
import { sayLonger, sayPoints, sayTimes } from "./compared-words.ts";
import { sayDuration } from "./durations.ts";
import { entriesAt } from "./entries.rules.ts";
import { faceOf, phases } from "./faces.ts";
import { mapTexts } from "./map.texts.ts";
import type { OverlayReply, OverlayStep } from "./maps.data.ts";
import type { PictureWords, Said } from "./picture.rules.ts";

const t = mapTexts.say;
const nothing: Said = { text: "–", as: "quiet" };
const wordsShown = 2;

/** What a step shows in a lane that fills itself.
 *  @param overlay undefined while figures are being worked out, or when they cannot be
 *  @param mayQuote whether words are missing because nobody said any */
export const saidInLane = (lane: Exclude<MeasuredLane, "feeling">, step: MapStep, document: MapDocument, overlay: OverlayReply | undefined, mayQuote = true): Said[] => {
  const shown = overlay?.steps.find(({ stepId }) => stepId === step.id);
  if (overlay === undefined || shown === undefined) return [nothing];
  if (!shown.isBound) return [{ text: t("notBound"), as: "quiet" }];
  const compared = overlay.comparison.find(({ stepId }) => stepId === step.id);
  switch (lane) {
    case "volume": return volume(shown, compared);
    case "words": return mayQuote ? words(shown) : [quiet(t("wordsNotShown"))];
    case "effort": return effort(shown, compared);
    case "needs": return needs(shown, compared);
    case "promises": return promises(shown, compared);
    case "time": return next(step, shown, document, compared);
  }
};

type Compared = OverlayReply["comparison"][number] | undefined;

/** How a figure differs from the one the map is compared with, in the tone it has on the screen; nothing where nothing can be told. */
const changed = (change: OverlayDifference | null | undefined, say: (value: number) => string, better?: "more" | "less"): Said[] => {
  if (change === null || change === undefined) return [];
  const { difference, isSignificant } = change;
  if (!isSignificant) return [quiet(compareTexts.say("maybe", { value: say(difference) }))];
  return [{ text: say(difference), as: better === undefined ? "quiet" : difference > 0 === (better === "more") ? "good" : "bad" }];
};

const volume = (shown: OverlayStep, compared: Compared): Said[] => [
  { text: formatNumber(shown.customers), as: "figure" },
  ...(shown.share === null ? [] : [quiet(t("ofAll", { share: formatShare(shown.share) }))]),
  ...(shown.failures === null || shown.failures.customers === 0 ? [] : [{ text: t("failed", { count: shown.failures.customers }), as: "bad" } as const]),
  ...changed(compared?.share, sayPoints),
  ...(shown.sharesWith.length > 0 ? [quiet(t("sharesWith"))] : []),
];

const effort = ({ effort: known }: OverlayStep, compared: Compared): Said[] => {
  if (known === null) return [nothing];
  if (known.kind === "asked") return [{ text: formatNumber(known.mean * 100), as: "figure" }, quiet(t("easeAsked", { count: known.count })), ...changed(compared?.effort, sayPoints, "more")];
  return [{ text: `${formatNumber(known.perCustomer, 1)}×`, as: "figure" }, quiet(t("easeRepeats")), ...changed(compared?.effort, sayTimes, "less")];
};

const needs = (shown: OverlayStep, compared: Compared): Said[] => {
  if (shown.needs.length === 0) return [nothing];
  return shown.needs.slice(0, 3).flatMap(({ need, met, unmet }): Said[] => [
    { text: `${t(`need_${need}`)}: ${t("needCounts", { unmet, met })}`, as: unmet > met ? "bad" : "good" },
    ...changed(compared?.needs.find((one) => one.need === need)?.unmet, sayPoints, "less"),
  ]);
};

const promises = ({ promises: known }: OverlayStep, compared: Compared): Said[] => {
  if (known === null) return [nothing];
  const all = known.kept + known.broken;
  return [{ text: all === 0 ? "–" : formatShare(known.kept / all), as: "figure" }, quiet(t("promisesKept", { count: all })), ...changed(compared?.promises, sayPoints, "more")];
};

const next = (step: MapStep, { next: known, withinPlanned }: OverlayStep, document: MapDocument, compared: Compared): Said[] => {
  if (known === null) return [nothing];
  const nameOf = (stepId: string): string => document.steps.find(({ id }) => id === stepId)?.name ?? "";
  return [
    { text: sayDuration(known.medianSeconds), as: "figure" },
    ...changed(compared?.time, sayLonger),
    quiet(t(known.ways.length > 0 ? "toNextOfWays" : "toNext", { name: nameOf(known.stepId), share: formatShare(known.share) })),
    ...known.ways.map(({ stepId, customers, medianSeconds }): Said => ({ text: `${nameOf(stepId)}: ${medianSeconds === null ? "–" : t("wayTaken", { time: sayDuration(medianSeconds), count: customers })}`, as: "plain" })),
    ...(withinPlanned === null || step.nextWithinHours === null ? [] : [quiet(t("withinPlanned", { share: formatShare(withinPlanned), time: sayDuration(step.nextWithinHours * 3_600) }))]),
    ...(withinPlanned === null ? [] : changed(compared?.withinPlanned, sayPoints, "more")),
  ];
};

const words = ({ words: known }: OverlayStep): Said[] => {
  if (known.length === 0) return [nothing];
  const left = known.length - wordsShown;
  const said = known.slice(0, wordsShown).flatMap((word): Said[] => [
    { text: `“${word.text}”`, as: "plain" },
    quiet([...(word.feeling === null ? [] : [t(faceOf(word.feeling * 2).word)]), ...(word.customerId === null ? [] : [word.customerName ?? t("someCustomer")]), formatDay(new Date(word.at))].join(" · ")),
  ]);
  return left > 0 ? [...said, quiet(t("moreWords", { count: left }))] : said;
};

const quiet = (text: string): Said => ({ text, as: "quiet" });

/** What one named customer met and felt at a step, fact beside feeling. */
export const saidOfCustomer = (stepId: string, overlay: OverlayReply | undefined, accounts: readonly Account[]): Said[] => [
  ...momentsAt(entriesAt(overlay?.customer?.entries ?? [], stepId, accounts)),
  ...phases.flatMap((phase) => accounts.filter((account) => account.stepId === stepId && account.phase === phase).map(({ feeling, motivation, evidence }): Said =>
    ({ text: [t(phase), ...(feeling === null ? [] : [t(faceOf(feeling).word)]), ...(motivation === "" ? [] : [motivation]), t(evidence)].join(" · "), as: "plain" }))),
];

const momentsAt = ({ shown, earlier }: ReturnType<typeof entriesAt>): Said[] => [
  ...(earlier > 0 ? [quiet(t("earlierEntries", { count: earlier, n: formatNumber(earlier) }))] : []),
  ...shown.map((entry): Said => {
    const what = entry.text !== null && entry.text !== "" ? `“${entry.text}”` : (entry.touchpoint ?? entry.name ?? entry.kind ?? "");
    return { text: [formatDayAndTime(new Date(entry.at)), what, ...(entry.feeling === null ? [] : [t(faceOf(entry.feeling * 2).word)])].join(" · "), as: "plain" };
  }),
];

/** The words around the cells.
 *  @param photosLeftOut how many photos could not be drawn */
export const pictureWords = (photosLeftOut: number): PictureWords => ({
  either: t("either"), or: t("or"), step: t("step"), stage: t("stage"), optional: t("optional"), onlyDrawn: t("onlyDrawn"), photo: t("photo"),
  footnote: [t("notOnPicture"), ...(photosLeftOut > 0 ? [t("photosNotOnPicture", { count: photosLeftOut })] : [])].join(" "),
  laneName: (lane) => t(`measured_${lane}`),
  customers: (count) => t("customers", { count, n: formatNumber(count) }),
  footOf: ({ feeling, phase, evidence }: MapCard) => [...(feeling === null ? [] : [t(faceOf(feeling).word)]), ...(phase === null ? [] : [t(phase)]), t(evidence)].join(" · "),
  value: (value) => formatChange(value * 100),
  measured: t("measured"), inferred: t("inferred"), assumed: t("assumed"), designedCurve: t("designedCurve"), comparedCurve: t("comparedCurve"), momentOfTruth: t("momentOfTruth"),
});
