// The curve of feelings on a picture of a map.
import type { MapDocument } from "@firsthand/server/journeys/maps/document.contract";
import type { OverlayStep } from "@firsthand/server/journeys/overlays/overlays.contract";
import { type CurvePoint, curvePoints, designedLine, type Evidence, evidences, pointsAlong, runsOf } from "./curve.rules.ts";
import type { MapColumn } from "./grid.rules.ts";
import { escaped, type Measure, type Paint, textAt, type TextLook } from "./picture-text.rules.ts";
import { strandsOf } from "./ways.rules.ts";

export const curveHeight = 150;
const margin = 26;

export type CurveGiven = {
  document: MapDocument;
  columns: readonly MapColumn[];
  steps: ReadonlyMap<string, OverlayStep>;
  /** Of a second period or segment; empty without. */
  second: ReadonlyMap<string, OverlayStep>;
  paint: Paint;
  words: { value: (value: number) => string } & Readonly<Record<Evidence | "designedCurve" | "comparedCurve", string>>;
};
export type Frame = { left: number; top: number; columnWidth: number };

/** How customers feel from step to step, beside how it was designed and what it is compared with. */
export const drawCurve = ({ document, columns, steps, second, paint, words }: CurveGiven, { left, top, columnWidth }: Frame): string => {
  const x = (at: number): number => left + at * columnWidth;
  const y = (value: number): number => top + curveHeight / 2 - value * (curveHeight / 2 - margin);
  const all = curvePoints(document, columns, steps);
  const main = all.filter(({ isMain }) => isMain);
  const compared = second.size === 0 ? [] : curvePoints({ ...document, cards: [] }, columns, second).filter(({ isMain }) => isMain);
  const strands = strandsOf(columns);
  const [along = []] = strands;
  const path = (list: readonly { at: number; value: number }[]): string => list.map(({ at, value }, place) => `${place === 0 ? "M" : "L"}${x(at)} ${y(value)}`).join("");
  const drawn = (list: readonly { at: number; value: number }[], look: string): string => (list.length === 0 ? "" : `<path d="${path(list)}" fill="none" ${look}/>`);
  return [
    `<path d="M${left} ${y(0)}H${x(columns.length)}" stroke="${paint.line}" fill="none"/>`,
    ...strands.flatMap((strand) => [
      drawn(pointsAlong(compared, strand, along), `stroke="${paint.pro}" stroke-dasharray="2 3" stroke-width="1.5"`),
      drawn(pointsAlong(designedLine(columns), strand, along), designedLook(paint)),
      // Over steps of which nothing is known the curve only guesses.
      drawn(pointsAlong(main, strand, along), `stroke="${paint.brand}" stroke-dasharray="1 5" stroke-linecap="round" stroke-width="1.5"`),
      ...runsOf(main, strand, along).map((run) => drawn(run, `stroke="${paint.brand}" stroke-width="2"`)),
    ]),
    ...main.map(({ at, low, high }) => (low === null || high === null ? "" : `<path d="M${x(at)} ${y(low)}V${y(high)}" stroke="${paint.brand}" stroke-width="8" stroke-linecap="round" opacity="0.18"/>`)),
    ...all.toReversed().map(({ evidence, at, value, isMain }) => mark(evidence, { x: x(at) + (isMain ? 0 : 26), y: y(value), size: isMain ? 7 : 5 }, paint)),
    ...main.map(({ at, value }) => `<text x="${x(at)}" y="${y(value) + (value < 0 ? 22 : -13)}" text-anchor="middle" font-size="12" font-weight="600" fill="${paint.ink}">${escaped(words.value(value))}</text>`),
  ].join("");
};

const designedLook = (paint: Paint): string => `stroke="${paint.ink3}" stroke-dasharray="5 4" stroke-width="1.5"`;

/** What the marks and lines of the curve mean, in one line. */
export const drawLegend = ({ second, paint, words }: CurveGiven, left: number, y: number, measure: Measure): string => {
  const look: TextLook = { size: 12, weight: 400, fill: paint.ink3 };
  const lines = [["designedCurve", designedLook(paint)], ...(second.size === 0 ? [] : [["comparedCurve", `stroke="${paint.pro}" stroke-dasharray="2 3" stroke-width="1.5"`]])] as const;
  let x = left;
  const after = (name: Evidence | "designedCurve" | "comparedCurve"): string => {
    const text = textAt(x + 28, y + 4, words[name], look);
    x += 28 + measure(words[name], look) + 22;
    return text;
  };
  return [
    ...evidences.map((evidence) => mark(evidence, { x: x + 14, y, size: 5 }, paint) + after(evidence)),
    ...lines.map(([name = "designedCurve", look = ""]) => `<path d="M${x} ${y}H${x + 22}" fill="none" ${look}/>${after(name === "comparedCurve" ? name : "designedCurve")}`),
  ].join("");
};

// A disc was measured, a diamond read in words, an open square assumed, as on the map.
const mark = (evidence: CurvePoint["evidence"], { x, y, size }: { x: number; y: number; size: number }, paint: Paint): string => {
  const edge = `stroke-width="2"`;
  if (evidence === "measured") return `<circle cx="${x}" cy="${y}" r="${size}" fill="${paint.brand}" stroke="${paint.surface}" ${edge}/>`;
  if (evidence === "inferred") return `<path d="M${x} ${y - size * 1.3}L${x + size * 1.3} ${y}L${x} ${y + size * 1.3}L${x - size * 1.3} ${y}Z" fill="${paint.warn}" stroke="${paint.surface}" ${edge}/>`;
  return `<rect x="${x - size}" y="${y - size}" width="${2 * size}" height="${2 * size}" fill="${paint.surface}" stroke="${paint.ink3}" ${edge}/>`;
};
