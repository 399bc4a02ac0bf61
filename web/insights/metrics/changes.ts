import { formatChange, formatNumber, formatP } from "../../ui/numbers.ts";
import { notNamed } from "../../ui/unnamed.ts";
import { shortNameOf, toldNameOf } from "./metric-words.ts";
import type { BreakdownReply } from "./metrics.data.ts";
import { metricsTexts } from "./metrics.texts.ts";
import { digitsOf, formatScore, isMoreBetter, shownNumbers, shownOfGroup, type Summary } from "./scores.ts";
import { nameOfGroup } from "./group-words.ts";
import type { FilterName } from "./home-search.ts";

export type ChangeSentence = {
  key: string; tone: "good" | "bad"; title: string; detail: string; link: Record<string, string | undefined>;
  /** A score that moved, with what explains it; null where nothing moved. */
  why: { metric: string; name: string } | null;
};

const most = 6;
const mostOthers = 3;

/** Sentences for what is more than chance: scores that moved, then groups that stand out. At most six.
 *  @param others metrics beside the three of Home, of which the surest three are told
 *  @param groups breakdowns of the chosen metric
 *  All of it as `controlDiscoveries` leaves it. */
export const describeChanges = (given: {
  summaries: readonly Summary[];
  others?: readonly Summary[];
  isWeighted: boolean;
  groups: readonly { by: FilterName; breakdown: BreakdownReply }[];
}): ChangeSentence[] => {
  const moved = [...given.summaries, ...surest(given.others ?? [], given.isWeighted)].flatMap((summary) => movedSentence(summary, given.isWeighted));
  const standing = given.groups.flatMap(({ by, breakdown }) => groupSentences({ by, breakdown, isWeighted: given.isWeighted }));
  const strongest = standing
    .toSorted((one, other) => Math.abs(other.weight) - Math.abs(one.weight))
    // The same answers can be all of a touchpoint, of a channel and of a stage: the first says it for all three.
    .filter(({ sentence }, place, all) => all.findIndex((other) => other.sentence.detail === sentence.detail) === place)
    .map(({ sentence }) => sentence);
  return [...moved, ...strongest].slice(0, most);
};

/** What is said where there is no sentence. "Nothing changed" above an alert would contradict it: alerts look at the end of every day, Home at the whole period.
 *  @param alerts of the days chosen: some last still, or some came and went */
export const wordOfNothing = (summaries: readonly Summary[], isTooLong: boolean, alerts: "lasting" | "over" | "none"): "nothingChanged" | "nothingElseChanged" | "nothingLasting" | "nothingBefore" | "nothingByDays" => {
  if (summaries.every(({ change }) => change === null)) return "nothingBefore";
  if (isTooLong) return "nothingByDays";
  return alerts === "lasting" ? "nothingElseChanged" : alerts === "over" ? "nothingLasting" : "nothingChanged";
};

const surest = (others: readonly Summary[], isWeighted: boolean): Summary[] => {
  const pOf = (summary: Summary): number => shownNumbers(summary, isWeighted).change?.p ?? 1;
  return others.filter((summary) => movedSentence(summary, isWeighted).length > 0).toSorted((one, other) => pOf(one) - pOf(other)).slice(0, mostOthers);
};

const movedSentence = (summary: Summary, isWeighted: boolean): ChangeSentence[] => {
  const { score, change } = shownNumbers(summary, isWeighted);
  if (change === null || !change.isSignificant || change.difference === null || score === null) return [];
  const t = metricsTexts.say;
  const metric = toldNameOf(summary.metric, summary.title);
  const digits = digitsOf(summary.metric);
  const counted = summary.metric.startsWith("need_") ? "needDetail" : summary.metric === "sentiment" ? "commentsDetail" : "changeDetail";
  const { compared } = change;
  return [
    {
      key: summary.metric,
      tone: change.difference > 0 === isMoreBetter(summary) ? "good" : "bad",
      title: t(change.difference > 0 ? "rose" : "fell", {
        metric,
        by: formatNumber(Math.abs(change.difference), digits),
        score: formatScore(summary.metric, compared?.score ?? score),
      }),
      detail: compared === null
        ? t(counted, { count: summary.count, before: formatNumber(change.previousCount), p: formatP(change.p ?? 0) })
        : t("askedDetail", { count: compared.count, days: compared.answeringDays, before: formatNumber(change.previousCount), p: formatP(change.p ?? 0) }),
      link: { open: summary.metric },
      why: { metric: summary.metric, name: metric },
    },
  ];
};

type Group = { by: FilterName; breakdown: BreakdownReply; isWeighted: boolean };

const groupSentences = ({ by, breakdown: { metric, title, groups, scale }, isWeighted }: Group): { weight: number; sentence: ChangeSentence }[] =>
  withoutMirror(groups).flatMap((group) => {
    const { versusRest, score, low, high } = shownOfGroup(group, isWeighted);
    if (!versusRest?.isDifferent || score === null || low === null || high === null || group.value === null) return [];
    const t = metricsTexts.say;
    const isUp = versusRest.difference > 0;
    const isGood = isUp === isMoreBetter({ metric, scale });
    const sentence: ChangeSentence = {
      key: `${by}:${group.value}`,
      tone: isGood ? "good" : "bad",
      title: t(isUp ? "highGroup" : "lowGroup", { group: nameOfGroup(by, group) }),
      detail: t("groupDetail", {
        metric: shortNameOf(metric, title),
        score: formatScore(metric, score),
        low: formatScore(metric, low),
        high: formatScore(metric, high),
        answers: t("answers", { count: group.count }),
        difference: formatChange(versusRest.difference, digitsOf(metric) - 1),
      }),
      link: { open: metric, by, value: group.value ?? notNamed },
      why: null,
    };
    return [{ weight: versusRest.z, sentence }];
  });

// Of two groups each is the rest of the other: one sentence says both.
const withoutMirror = (groups: BreakdownReply["groups"]): BreakdownReply["groups"] =>
  groups.length === 2 ? groups.toSorted((one, other) => (one.score ?? 0) - (other.score ?? 0)).slice(0, 1) : groups;
