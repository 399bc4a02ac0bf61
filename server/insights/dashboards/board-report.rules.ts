import type { BoardNumbers, Measured, Tile, TileNumbers } from "./tiles.contract.ts";

type Unit = NonNullable<Measured["summary"]>["unit"];
type Scored = { count: number; score: number | null; low: number | null; high: number | null };
export type ReportRow = { tile: string; metric: string; group: string; from: string; to: string; score: string; low: string; high: string; answers: string; weighted: "yes" | "" };

const fewest = 10;
const groupsMax = 10;
const commentsMax = 5;

/** The numbers of a board in words, tile by tile, for a mail. */
export const writeReport = (tiles: readonly Tile[], numbers: BoardNumbers): string =>
  inReadingOrder(tiles)
    .map((tile) => [titleOf(tile, findNumbers(numbers, tile)), ...linesOf(tile, findNumbers(numbers, tile)).map((line) => `  ${line}`)].join("\n"))
    .join("\n\n");

const linesOf = (tile: Tile, numbers: TileNumbers | undefined): string[] => {
  if (tile.chart === "note") return tile.text.split("\n");
  if (numbers === undefined || numbers.state === "failed") return ["This tile could not be measured."];
  if (numbers.state === "excluded") return [numbers.reason === "personal" ? "Not sent: it would tell about single people." : "Nothing to measure."];
  const { summary, trend, breaks, breakdown, answers, isWeighted } = numbers;
  const describe = (unit: Unit, scored: Scored): string => describeBy(isWeighted, unit, scored);
  if (summary !== null) return [describe(summary.unit, summary), ...changeOf(summary), ...targetOf(tile, summary)];
  if (breakdown !== null) return breakdown.groups.slice(0, groupsMax).map((group) => `${nameOf(group, breakdown.by)}: ${describe(breakdown.unit, group)}`);
  if (trend !== null) return trend.points.slice(-groupsMax).map((point) => `${point.from.slice(0, 10)}: ${describe(trend.unit, point)}${breakAt(breaks ?? [], point.from)}`);
  return (answers ?? []).flatMap(({ comment }) => (comment === null ? [] : [`– ${comment.replace(/\s+/gu, " ").slice(0, 300)}`])).slice(0, commentsMax);
};

const nameOf = ({ label, value }: { label: string | null; value: string | null }, by: string): string => label ?? value ?? (by.startsWith("trait:") ? "Not named" : `Without ${/^[aeiou]/u.test(by) ? "an" : "a"} ${by}`);

const describeBy = (isWeighted: boolean, unit: Unit, { count, score, low, high }: Scored): string => {
  const what = unit === "percent_over" ? "case" : "answer";
  const answers = `${count} ${count === 1 ? what : `${what}s`}`;
  if (count < fewest || score === null) return `too few to say (${answers})`;
  return `${format(unit, score)}${low === null || high === null ? "" : ` (95%: ${format(unit, low)} to ${format(unit, high)})`}, ${isWeighted ? "weighted, " : ""}${answers}`;
};

const breakAt = (breaks: NonNullable<Measured["breaks"]>, from: string): string => {
  const why = [...new Set(breaks.flatMap(({ at, kind }) => (at === from ? [breakWords[kind]] : [])))];
  return why.length === 0 ? "" : `; do not compare with before: ${why.join(", ")}`;
};

const breakWords: Record<NonNullable<Measured["breaks"]>[number]["kind"], string> = {
  wording: "the question was reworded", scale: "the scale changed", channel_mix: "the mix of channels moved", weighting_began: "weighted from here", weighting_changed: "weighted otherwise from here",
  weighting_ended: "not weighted from here", model: "comments before were read by another model", formula: "the formula was changed, and worked out anew for all points",
};

const changeOf = ({ unit, count, change }: NonNullable<Measured["summary"]>): string[] => {
  if (change === null || change.difference === null || count < fewest) return [];
  const by = `${change.difference > 0 ? "+" : "−"}${number(Math.abs(change.difference), unit === "scale" ? 2 : 1)}`;
  return [change.isSignificant ? `${by} against the period before` : `${by} against the period before, which may be chance`];
};

const targetOf = (tile: Tile, { unit }: { unit: Unit }): string[] => (tile.chart === "note" || tile.target === null ? [] : [`Target: ${format(unit, tile.target)}`]);

/** The same numbers as rows of a table, one for every number. */
export const listReportRows = (tiles: readonly Tile[], numbers: BoardNumbers): ReportRow[] =>
  inReadingOrder(tiles).flatMap((tile): ReportRow[] => {
    const read = findNumbers(numbers, tile);
    if (tile.chart === "note" || read?.state !== "measured") return [];
    const { summary, trend, breakdown, asked, isWeighted } = read;
    const row = (group: string, period: { from: string; to: string }, scored: Scored): ReportRow => ({
      tile: asText(titleOf(tile, read)), metric: tile.metric, group: asText(group), from: period.from, to: period.to, score: exact(scored.score), low: exact(scored.low), high: exact(scored.high), answers: String(scored.count), weighted: isWeighted ? "yes" : "",
    });
    if (summary !== null) return [row("", asked.period, summary)];
    if (breakdown !== null) return breakdown.groups.map((group) => row(nameOf(group, breakdown.by), asked.period, group));
    return (trend?.points ?? []).map((point) => row("", point, point));
  });

// A sheet opens a cell that begins like this as a formula. Numbers keep their sign, so only what people wrote gets a mark before it.
const asText = (text: string): string => (/^[=+\-@\t\r]/u.test(text) ? `'${text}` : text);

const titleOf = (tile: Tile, numbers: TileNumbers | undefined): string => {
  if (tile.title !== "") return tile.title;
  if (tile.chart === "note") return "Note";
  const metric = numbers?.state === "measured" ? numbers.definition.title : tile.metric;
  return "split" in tile ? `${metric} by ${tile.split.replace("trait:", "")}` : metric;
};

const findNumbers = (numbers: BoardNumbers, { id }: Tile): TileNumbers | undefined => numbers.tiles.find(({ tileId }) => tileId === id);

const inReadingOrder = (tiles: readonly Tile[]): Tile[] => tiles.toSorted((one, other) => one.place.y - other.place.y || one.place.x - other.place.x);

const format = (unit: Unit, value: number): string => {
  switch (unit) {
    case "points":
      return `${Math.round(value) > 0 ? "+" : ""}${number(value, 0)}`;
    case "percent":
    case "percent_over":
      return `${number(value, 0)}%`;
    case "scale":
      return number(value, 1);
  }
};

const number = (value: number, digits: number): string => (Number(value.toFixed(digits)) === 0 ? (0).toFixed(digits) : value.toFixed(digits)).replace("-", "−");

const exact = (value: number | null): string => (value === null ? "" : String(Math.round(value * 10_000) / 10_000));
