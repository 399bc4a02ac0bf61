import { nameOfChannel } from "../../ui/channel-names.ts";
import type { Report, WeightingBody } from "./reports.data.ts";

/** Targets as they are typed: percents as text, so that a half-typed number is no zero. */
export type DraftDimension = { dimension: string; groups: { value: string; label: string; sample: number; percent: string }[] };

/** The groups of a dimension with their share of the answers, to start from. */
export const groupsOf = (report: Report, dimension: string): { value: string; label: string; sample: number }[] => {
  if (dimension.startsWith("trait:")) {
    const values = report.traits.find(({ name }) => name === dimension.slice("trait:".length))?.values ?? [];
    return values.map((value) => ({ value, label: value, sample: 1 / Math.max(1, values.length) }));
  }
  const counted = circumstances.find((one) => one === dimension);
  if (counted !== undefined) {
    const options = report.dimensions[counted].filter(({ value }) => value !== "");
    const total = options.reduce((sum, { count }) => sum + count, 0);
    return options.map(({ value, count }) => ({ value, label: counted === "channel" ? nameOfChannel(value) : value, sample: total === 0 ? 0 : count / total }));
  }
  const question = report.questions.find(({ id }) => id === dimension);
  return (question?.boxes ?? []).map(({ key, label, share }) => ({ value: key, label, sample: share }));
};
const circumstances = ["channel", "language", "version", "touchpoint", "campaign"] as const;

/** What answers can be weighted by: circumstances, traits, and questions with one choice. */
export const isWeightable = (report: Report, dimension: string): boolean => groupsOf(report, dimension).length >= 2;
export const weightableQuestions = (report: Report): { value: string; label: string }[] =>
  report.questions.filter(({ type, boxes }) => (type === "single" || type === "dropdown") && boxes.length >= 2).map(({ id, title }) => ({ value: id, label: title }));

export const startDimension = (report: Report, dimension: string): DraftDimension => ({
  dimension, groups: groupsOf(report, dimension).map((group) => ({ ...group, percent: String(Math.round(group.sample * 1000) / 10) })),
});

/** The draft of what is kept: groups that came up since have no target yet. */
export const draftFrom = (report: Report, body: WeightingBody | null): DraftDimension[] =>
  (body?.targets ?? []).map(({ dimension, groups }) => {
    const shares = new Map(groups.map(({ value, share }) => [value, share]));
    const known = groupsOf(report, dimension);
    const gone = groups.filter(({ value }) => known.every((group) => group.value !== value)).map(({ value }) => ({ value, label: value, sample: 0 }));
    return { dimension, groups: [...known, ...gone].map((group) => ({ ...group, percent: shares.has(group.value) ? String(Math.round((shares.get(group.value) ?? 0) * 1000) / 10) : "" })) };
  });

export const sumOf = ({ groups }: DraftDimension): number => Math.round(groups.reduce((sum, { percent }) => sum + (Number(percent) || 0), 0) * 10) / 10;

/** A tenth of a percent is lost by rounding thirds. */
export const isWhole = (dimension: DraftDimension): boolean => Math.abs(sumOf(dimension) - 100) <= 0.2;

export const toBody = (draft: readonly DraftDimension[], limits: { low: number; high: number }): WeightingBody => ({
  targets: draft.map(({ dimension, groups }) => ({
    dimension, groups: groups.filter(({ percent }) => percent !== "").map(({ value, percent }) => ({ value, share: Number(percent) / 100 })),
  })),
  trimLow: limits.low, trimHigh: limits.high,
});
