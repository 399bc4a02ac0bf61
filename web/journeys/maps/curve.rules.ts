import type { MapDocument } from "@firsthand/server/journeys/maps/document.contract";
import type { OverlayStep } from "@firsthand/server/journeys/overlays/overlays.contract";
import type { MapColumn } from "./grid.rules.ts";

export const evidences = ["measured", "inferred", "assumed"] as const;
export type Evidence = (typeof evidences)[number];
/** A feeling on -1 (worst) to 1 (best). `at` is in columns from the left; a `main` one carries the curve, the others stand beside it. */
export type CurvePoint = { at: number; stepId: string; evidence: Evidence; value: number; low: number | null; high: number | null; count: number | null; isMain: boolean };
export type DesignedPoint = { at: number; value: number };

/** Feelings of cards and designs are whole numbers from -2 to 2. */
const CARD_SCALE = 2;

/** Every feeling that is known of the steps: the surest of each makes the curve. */
export const curvePoints = (document: MapDocument, columns: readonly MapColumn[], steps: ReadonlyMap<string, OverlayStep>): CurvePoint[] =>
  columns.flatMap(({ step }, column): CurvePoint[] => {
    if (step === null) return [];
    const known = steps.get(step.id)?.feeling;
    const assumed = known === undefined ? assumedFeeling(document, step.id) : known.assumed;
    const base = { at: column + 0.5, stepId: step.id, isMain: false };
    const found: CurvePoint[] = [];
    if (known?.measured) found.push({ ...base, evidence: "measured", value: known.measured.mean, low: known.measured.low, high: known.measured.high, count: known.measured.count });
    if (known?.inferred) found.push({ ...base, evidence: "inferred", value: known.inferred.mean, low: known.inferred.low, high: known.inferred.high, count: known.inferred.count });
    if (assumed !== null) found.push({ ...base, evidence: "assumed", value: assumed, low: null, high: null, count: null });
    return found.map((point, place) => ({ ...point, isMain: place === 0 }));
  });

/** Mean of the feelings on the cards of a step, as their author assumes it.
 *  @returns null when no card says one */
export const assumedFeeling = ({ cards }: MapDocument, stepId: string): number | null => {
  const feelings = cards.flatMap((card) => (card.stepId === stepId && card.feeling !== null ? [card.feeling / CARD_SCALE] : []));
  return feelings.length === 0 ? null : feelings.reduce((sum, value) => sum + value, 0) / feelings.length;
};

/** The feelings the steps are designed to leave: before, during and after lie one after the other within a column. */
export const designedPoints = (columns: readonly MapColumn[]): DesignedPoint[] =>
  columns.flatMap(({ step }, column) =>
    step === null ? [] : [step.designed.before, step.designed.during, step.designed.after].flatMap((value, part) => (value === null ? [] : [{ at: column + (2 * part + 1) / 6, value: value / CARD_SCALE }])));

/** So much of a column to either side: a line of a single point could not be seen. */
const DASH = 0.09;

/** The points of the line that is drawn of them; a single one becomes a short dash. */
export const designedLine = (columns: readonly MapColumn[]): DesignedPoint[] => {
  const points = designedPoints(columns);
  const [only, ...others] = points;
  return only === undefined || others.length > 0 ? points : [{ ...only, at: only.at - DASH }, { ...only, at: only.at + DASH }];
};

/** What the drawing of the curve shows, in words: a row for each feeling of a step, and one for each step of which only the design says something. */
export const curveRows = ({ columns, points, compared }: { columns: readonly MapColumn[]; points: readonly CurvePoint[]; compared: readonly CurvePoint[] }): { name: string; point: CurvePoint | undefined; designed: number[]; against: number | undefined }[] =>
  columns.flatMap((column) => {
    const { step } = column;
    if (step === null) return [];
    const own = points.filter(({ stepId }) => stepId === step.id);
    const row = { name: step.name, designed: designedPoints([column]).map(({ value }) => value), against: compared.find(({ stepId }) => stepId === step.id)?.value };
    const isSaid = row.designed.length > 0 || row.against !== undefined;
    const shown: readonly (CurvePoint | undefined)[] = own.length > 0 ? own : isSaid ? [undefined] : [];
    return shown.map((point) => ({ ...row, point }));
  });

/** The points that lie along a strand of columns; none where all of them lie on the main one as well, since there is nothing to be told apart.
 *  @param main the strand that is drawn whatever lies on it */
export const pointsAlong = <Point extends { at: number }>(points: readonly Point[], strand: readonly number[], main: readonly number[] = strand): Point[] => {
  const along = points.filter(({ at }) => strand.includes(Math.floor(at)));
  return strand === main || along.some(({ at }) => !main.includes(Math.floor(at))) ? along : [];
};

/** Points in runs of neighbouring columns: between two runs nothing is known, and the curve only guesses.
 *  @param strand columns in the order the curve goes through them */
export const runsOf = (points: readonly CurvePoint[], strand: readonly number[], main: readonly number[] = strand): CurvePoint[][] => {
  const runs: CurvePoint[][] = [];
  let before = Number.NaN;
  for (const point of pointsAlong(points, strand, main)) {
    const place = strand.indexOf(Math.floor(point.at));
    if (place - before <= 1) runs.at(-1)?.push(point);
    else runs.push([point]);
    before = place;
  }
  return runs;
};
