// Replies of the server as tables for people, each number with what it rests on.
import { z } from "zod";
import { alertsReply } from "@firsthand/server/insights/alerts/alerts.contract";
import { annotation } from "@firsthand/server/insights/annotations/annotations.contract";
import { summaryReply as commentSummary } from "@firsthand/server/insights/comments/comments.contract";
import { SurveyDrivers } from "@firsthand/server/insights/drivers/drivers.contract";
import { breakdownReply, breaksReply, summaryReply, trendReply, type TrendBreak } from "@firsthand/server/insights/metrics/metrics.contract";
import { needFactsReply } from "@firsthand/server/insights/need-facts/need-facts.contract";
import { cohortsReply, groupsReply, survivalReply } from "@firsthand/server/insights/outcomes/outcomes.contract";
import { themesReply } from "@firsthand/server/insights/themes/themes.contract";
import { writeTable } from "./drivers-report.ts";
import { count, decimal, interval, layOut, percent, printable, type Interval } from "./text-table.ts";

type Table = (reply: unknown) => string;
const notesReply = z.object({ items: z.array(annotation), nextCursor: z.string().nullable() });

/** Scores of a period. */
export const writeSummary: Table = (reply) =>
  layOut([["metric", "n", "score", "95% interval", "before", "change", ""], ...summaryReply.parse(reply).metrics.map((one) => [
    one.metric, count(one.count), decimal(one.score), interval(one), decimal(one.change?.previousScore ?? null), decimal(one.change?.difference ?? null), one.change?.isSignificant === true ? "significant" : "",
  ])]);

export const writeTrend: Table = (reply) =>
  layOut([["from", "n", "score", "95% interval", ""], ...trendReply.parse(reply).points.map((one) => [one.from.slice(0, 10), count(one.count), decimal(one.score), interval(one), remarkOf(one.count)])]);

/** Days across which a course must not be read; nothing where there are none. */
export const writeBreaks: Table = (reply) => {
  const { breaks } = breaksReply.parse(reply);
  if (breaks.length === 0) return "";
  return `Not to be read across:\n${breaks.map(({ at, kind, survey, before, after }) => {
    const words = before === null || after === null ? "" : `: ${printable(before) || "(none)"} → ${printable(after) || "(none)"}`;
    return `  ${at.slice(0, 10)}  ${breakWords[kind]}${survey === null ? "" : ` in ${printable(survey.name)}`}${words}\n`;
  }).join("")}`;
};

const breakWords: Record<TrendBreak["kind"], string> = {
  wording: "question reworded", scale: "scale changed", channel_mix: "channel mix moved", weighting_began: "weighted from here", weighting_changed: "weighted otherwise",
  weighting_ended: "not weighted from here", model: "comments read by another model", formula: "formula changed, all points worked out by the new one",
};

export const writeGroups: Table = (reply) =>
  layOut([["group", "n", "score", "95% interval", "against the rest", ""], ...breakdownReply.parse(reply).groups.map((one) => [
    one.label === null ? "(not named)" : printable(one.label), count(one.count), decimal(one.score), interval(one), decimal(one.versusRest?.difference ?? null), one.versusRest?.isDifferent === true ? "different" : remarkOf(one.count),
  ])]);

/** What comments say of feelings and needs. */
export const writeComments: Table = (reply) => {
  const { sentiments, needs, count: read, correctedBy } = commentSummary.parse(reply);
  const row = (name: string, part: Share & { count: number; corrected: Share | null }, isChanged: boolean) => [
    name, count(part.count), percent(part.share), percent((part.corrected ?? part).share), shareInterval(part.corrected ?? part), isChanged ? "changed" : "",
  ];
  const table = layOut([
    [`${count(read)} comments`, "n", "as read", correctedBy === null ? "share" : "corrected", "95% interval", ""],
    ...sentiments.map((one) => row(`feeling ${one.name}`, one, one.change?.isSignificant === true)),
    ...needs.flatMap((one) => [row(`${one.name} unmet`, one.unmet, one.change?.isSignificant === true), row(`${one.name} met`, one.met, false)]),
  ]);
  if (correctedBy === null) return table;
  return `${table}\nCorrected for what the model reads wrongly, as measured on ${count(correctedBy.comments)} English comments of ${correctedBy.sources} sources it had not seen, labelled by a language model.\n`;
};

/** What comments are about, with what is new or rising. */
export const writeThemes: Table = (reply) => {
  const { items, count: read, falseAlarmRate } = themesReply.parse(reply);
  const remark = ({ rise, change }: (typeof items)[number]): string =>
    [...(rise === null ? [] : [`${rise.kind}: ${count(rise.count)} in 14 days, ${rise.expected.toFixed(1)} expected`]), ...(change?.isSignificant === true ? ["changed"] : [])].join("; ");
  const table = layOut([["theme", "n", "share", "95% interval", "before", ""], ...items.map((one) => [
    printable(one.name), count(one.count), percent(one.share), shareInterval(one), percent(one.change?.previousShare ?? null), remark(one),
  ])]);
  return `${count(read)} comments read. Of the themes marked as new or rising at most ${percent(falseAlarmRate)} are expected to be chance.\n\n${table}`;
};

/** What moved beyond chance, newest first. */
export const writeAlerts: Table = (reply) => {
  const { items, nextCursor } = alertsReply.parse(reply);
  if (items.length === 0) return "Nothing moved beyond what chance explains.\n";
  const lines = items.map(({ raisedAt, state, title, detail }) => `${raisedAt.slice(0, 10)}  ${state === "over" ? "over   " : "lasting"}  ${printableLine(title)}\n                     ${printableLine(detail)}\n`);
  return `${lines.join("")}${nextCursor === null ? "" : "There are older ones: ask the API for them.\n"}`;
};

/** What goes with the outcome of a survey. */
export const writeDrivers: Table = (reply) => {
  const { survey, questions, outcome, result, fault } = SurveyDrivers.parse(reply);
  const titleOf = (id: string): string => questions.find((one) => one.id === id)?.title || id;
  if (result !== null && outcome !== null) return writeTable(titleOf(outcome), { ...result, factors: result.factors.map((one) => ({ ...one, factor: titleOf(one.factor) })) });
  const reason = fault === null ? "too few responses, or nothing asked that is a number" : "needed" in fault && "n" in fault ? `${count(fault.n)} responses can be used, ${count(fault.needed)} are needed` : fault.fault.replaceAll("_", " ");
  return `${printable(survey.name)} has no drivers to tell: ${reason}.\n`;
};

/** What customers did after they felt so. */
export const writeOutcomes: Table = (reply) => {
  const { groups, by, watched, daysWatched, counting, contrast } = groupsReply.parse(reply);
  const table = layOut([[by, "n", "bought again", "95% interval", "per customer", "95% interval", ""], ...groups.map((one) => one.isHidden
    ? [printable(one.name), `<5`, "–", "–", "–", "–", "too few to show"]
    : [printable(one.name), count(one.count), percent(one.again?.share ?? null), shareInterval(one.again), decimal(one.amount?.mean ?? null), interval(one.amount ?? nothing), ""])]);
  const odds = contrast?.odds ?? null;
  const said = odds === null || contrast === null ? "" : `\nOdds of buying again, ${printable(contrast.better)} against ${printable(contrast.worse)}: ${decimal(odds.ratio)} (${decimal(odds.low)} to ${decimal(odds.high)}).\n`;
  return `Within ${count(Math.round(daysWatched))} days until ${watched.to.slice(0, 10)}; a purchase is ${counting.purchase.map(printable).join(", ") || "nothing that was found"}${counting.currency === null ? "" : `, money in ${printable(counting.currency)}`}.\n\n${table}${said}`;
};

/** Who is still there, at even times. */
export const writeRetention: Table = (reply) => {
  const { curves, unit, logRank, counting } = survivalReply.parse(reply);
  const rows = curves.flatMap((curve) => {
    const name = printable(curve.name ?? "all");
    if (curve.isHidden) return [[name, "", "<5", "–", "–", "too few to show"]];
    return curve.marks.map((mark) => [name, String(mark.time), count(mark.atRisk), percent(mark.share), shareInterval(mark), ""]);
  });
  if (rows.length === 0) return `Nobody is left to watch: all who were there had been gone for ${count(counting.days)} days already.\n`;
  const test = logRank === null ? "" : `\nLog-rank test that groups leave alike: p ${logRank.p < 0.001 ? "< 0.001" : logRank.p.toFixed(3)}.\n`;
  return `Gone is who did not buy for ${count(counting.days)} days.\n\n${layOut([["group", `${unit}s`, "still watched", "still there", "95% interval", ""], ...rows])}${test}`;
};

/** Who bought again in each week or month after the first purchase: all cohorts that were watched so long, then each. */
export const writeCohorts: Table = (reply) => {
  const { cohorts, all, bucket, counting } = cohortsReply.parse(reply);
  if (all.length === 0) return "Nobody bought for the first time in this period.\n";
  const whole = layOut([[`${bucket} after the first`, "customers", "bought again", "95% interval"], ...all.map((one) => [String(one.number), count(one.size), percent(one.share), shareInterval(one)])]);
  const each = layOut([["first bought", "customers", ...all.map(({ number }) => String(number))], ...cohorts.map(({ start, size, cells }) => [
    start, count(size), ...all.map(({ number }) => {
      const cell = cells.find((one) => one.number === number);
      return cell === undefined ? "" : `${percent(cell.share)}${cell.isPartial ? "…" : ""}`;
    }),
  ])]);
  return `A purchase is ${counting.purchase.map(printable).join(", ") || "nothing that was found"}.\n\n${whole}\n${each}\n… is not over, or was not watched to its end.\n`;
};

/** What was noted on days, the latest first. */
export const writeNotes: Table = (reply) => {
  const { items, nextCursor } = notesReply.parse(reply);
  if (items.length === 0) return "Nothing is noted on these days.\n";
  return `${items.map(({ day, lastDay, title, writtenBy }) => `${day}${lastDay === null ? "" : ` to ${lastDay}`}  ${printableLine(title)}${writtenBy === null ? "" : `  (${printableLine(writtenBy)})`}\n`).join("")}${nextCursor === null ? "" : "There are earlier ones: ask for fewer days.\n"}`;
};

/** The six needs from facts. */
export const writeNeeds: Table = (reply) =>
  layOut([["need", "cases", "over the limit", "95% interval", "median", "before", ""], ...needFactsReply.parse(reply).measures.map((one) => [
    `${one.need} ${one.measure.replaceAll("_", " ")}`, count(one.count), percent(one.over?.share ?? null), shareInterval(one.over), one.unit === "share" ? "–" : decimal(one.median),
    percent(one.change?.previousShare ?? null), one.facts.length === 0 ? "no facts for it" : one.change?.isSignificant === true ? "significant" : "",
  ])]);

type Share = Interval & { share: number };
const nothing: Interval = { low: null, high: null };

const shareInterval = (part: Interval | null): string => (part === null || part.low === null || part.high === null ? "–" : `${percent(part.low)} to ${percent(part.high)}`);
const remarkOf = (answers: number): string => (answers > 0 && answers < 10 ? "under 10: read the comments" : answers > 0 && answers < 30 ? "indicative" : "");
const printableLine = (text: string): string => text.replaceAll(/\p{Cc}/gu, "�");
