import type { MapDocument, MapLane } from "@firsthand/server/journeys/maps/document.contract";
import { type CurvePoint, curvePoints, designedPoints, pointsAlong, runsOf } from "./curve.rules.ts";
import { cardsAt, type MapColumn, stageSpans } from "./grid.rules.ts";
import { strandsOf, waysOf } from "./ways.rules.ts";
import type { OverlayStep } from "@firsthand/server/journeys/overlays/overlays.contract";

export type Paint = Readonly<Record<"ink" | "ink2" | "ink3" | "surface" | "bg" | "line" | "brand" | "pro" | "det" | "warn" | "proSoft" | "detSoft", string>>;
export type PictureGiven = {
  name: string;
  subtitle: string;
  document: MapDocument;
  columns: readonly MapColumn[];
  steps: ReadonlyMap<string, OverlayStep>;
  paint: Paint;
  words: { either: string; or: string; step: string; stage: string; feeling: string; customers: (count: number) => string; feelingOf: (value: number) => string; value: (value: number) => string };
  /** Width of a text in pixels at a size, as the picture's font draws it. */
  measure: (text: string, sizePx: number) => number;
};
export type Picture = { svg: string; width: number; height: number };

const label = 130;
const column = 190;
const padding = 10;
const line = 16;
const curveHeight = 150;
const top = 64;

/** A map as one drawing that needs nothing from outside: an SVG text.
 *  @returns its width and height in pixels */
export const drawPicture = (given: PictureGiven): Picture => {
  const { document, columns, paint, words } = given;
  const width = label + columns.length * column + 1;
  const parts: string[] = [];
  let y = top;
  const row = (name: string, height: number, draw: (x: number, place: number, y: number) => string): void => {
    parts.push(rect(0, y, label, height, paint.bg, paint.line), ...textLines(wrap(name, label - 2 * padding, 12, given), padding, y + 18, { size: 12, weight: 600, fill: paint.ink2 }));
    for (let place = 0; place < columns.length; place += 1) parts.push(rect(label + place * column, y, column, height, paint.surface, paint.line), draw(label + place * column, place, y));
    y += height;
  };
  for (const { stage, column: place, span } of stageSpans(columns))
    parts.push(rect(label + place * column, y, span * column, 28, paint.bg, paint.line), ...textLines([stage.name], label + place * column + padding, y + 18, { size: 12, weight: 600, fill: paint.ink3 }));
  parts.push(rect(0, y, label, 28, paint.bg, paint.line), ...textLines([words.stage], padding, y + 18, { size: 12, weight: 600, fill: paint.ink2 }));
  y += 28;
  const ways = waysOf(document.steps);
  const stepNames = columns.map(({ step }) => {
    const mark = ways.get(step?.id ?? "");
    const before = mark?.isFirstOfWay === true ? `${mark.way === 0 ? words.either : words.or} · ` : "";
    return wrap(`${before}${step?.name ?? ""}`, column - 2 * padding, 13.5, given);
  });
  row(words.step, 30 + Math.max(1, ...stepNames.map((lines) => lines.length)) * line, (x, place, at) => {
    const shown = given.steps.get(columns[place]?.step?.id ?? "");
    const lines = stepNames[place] ?? [];
    return [...textLines(lines, x + padding, at + 20, { size: 13.5, weight: 650, fill: paint.ink }), ...(shown === undefined || !shown.isBound ? [] : textLines([words.customers(shown.customers)], x + padding, at + 20 + lines.length * line, { size: 11.5, weight: 400, fill: paint.ink3 }))].join("");
  });
  if (document.measured.includes("feeling")) {
    parts.push(rect(0, y, label, curveHeight, paint.bg, paint.line), ...textLines([words.feeling], padding, y + 18, { size: 12, weight: 600, fill: paint.ink2 }), rect(label, y, columns.length * column, curveHeight, paint.surface, paint.line), drawCurve(given, y));
    y += curveHeight;
  }
  for (const lane of document.lanes) {
    const cells = columns.map(({ step }) => (step === null ? [] : laneCards(given, lane, step.id)));
    row(lane.name, Math.max(44, ...cells.map((cards) => cards.reduce((sum, card) => sum + card.height + 6, 10))), (x, place, at) => drawCards(cells[place] ?? [], x, at, paint));
  }
  const title = [...textLines([given.name], 0, 24, { size: 20, weight: 650, fill: paint.ink }), ...textLines([given.subtitle], 0, 46, { size: 12, weight: 400, fill: paint.ink3 })];
  const margin = 24;
  const [wide, high] = [width + 2 * margin, y + 2 * margin];
  return { svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" font-family="Inter, system-ui, sans-serif">${rect(0, 0, wide, high, paint.bg, "none")}<g transform="translate(${margin} ${margin})">${[...title, ...parts].join("")}</g></svg>`, width: wide, height: high };
};

type DrawnCard = { lines: string[]; height: number; tone: MapLane["kind"] };

const laneCards = (given: PictureGiven, lane: MapLane, stepId: string): DrawnCard[] =>
  cardsAt(given.document, stepId, lane.id).map((card) => {
    const said = [card.text, ...(card.feeling === null ? [] : [given.words.feelingOf(card.feeling)])].filter((text) => text !== "").join(" · ");
    const lines = wrap(said, column - 4 * padding, 12.5, given);
    return { lines, height: lines.length * line + 12, tone: lane.kind };
  });

const drawCards = (cards: readonly DrawnCard[], x: number, y: number, paint: Paint): string => {
  let at = y + 8;
  return cards.map(({ lines, height, tone }) => {
    const [ground, ink] = tone === "pains" ? [paint.detSoft, paint.det] : tone === "ideas" ? [paint.proSoft, paint.pro] : [paint.bg, paint.ink];
    const drawn = [rect(x + 8, at, column - 16, height, ground, "none", 7), ...textLines(lines, x + 18, at + 18, { size: 12.5, weight: 400, fill: ink })].join("");
    at += height + 6;
    return drawn;
  }).join("");
};

const drawCurve = (given: PictureGiven, top: number): string => {
  const { document, columns, steps, paint } = given;
  const x = (at: number): number => label + at * column;
  const y = (value: number): number => top + curveHeight / 2 - value * (curveHeight / 2 - 26);
  const points = curvePoints(document, columns, steps).filter(({ isMain }) => isMain);
  const strands = strandsOf(columns);
  const [along = []] = strands;
  const path = (list: readonly { at: number; value: number }[]): string => list.map(({ at, value }, place) => `${place === 0 ? "M" : "L"}${x(at)} ${y(value)}`).join("");
  return [
    `<path d="M${label} ${y(0)}H${x(columns.length)}" stroke="${paint.line}" fill="none"/>`,
    ...strands.flatMap((strand) => [
      `<path d="${path(pointsAlong(designedPoints(columns), strand, along))}" stroke="${paint.ink3}" stroke-dasharray="5 4" fill="none" stroke-width="1.5"/>`,
      // Over steps of which nothing is known the curve only guesses.
      `<path d="${path(pointsAlong(points, strand, along))}" stroke="${paint.brand}" stroke-dasharray="1 5" stroke-linecap="round" fill="none" stroke-width="1.5"/>`,
      ...runsOf(points, strand, along).map((run) => `<path d="${path(run)}" stroke="${paint.brand}" fill="none" stroke-width="2"/>`),
    ]),
    ...points.map((point) => mark(point, x(point.at), y(point.value), paint)),
    ...points.map(({ at, value }) => `<text x="${x(at)}" y="${y(value) + (value < 0 ? 22 : -13)}" text-anchor="middle" font-size="12" font-weight="600" fill="${paint.ink}">${escaped(given.words.value(value))}</text>`),
  ].join("");
};

const mark = ({ evidence }: CurvePoint, x: number, y: number, paint: Paint): string => {
  if (evidence === "measured") return `<circle cx="${x}" cy="${y}" r="7" fill="${paint.brand}" stroke="${paint.surface}" stroke-width="2"/>`;
  if (evidence === "inferred") return `<path d="M${x} ${y - 9}L${x + 9} ${y}L${x} ${y + 9}L${x - 9} ${y}Z" fill="${paint.warn}" stroke="${paint.surface}" stroke-width="2"/>`;
  return `<rect x="${x - 6}" y="${y - 6}" width="12" height="12" fill="${paint.surface}" stroke="${paint.ink3}" stroke-width="2"/>`;
};

/** Words in lines no wider than a width; a word that is wider stands alone. */
const wrap = (text: string, widthPx: number, sizePx: number, { measure }: Pick<PictureGiven, "measure">): string[] => {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    const last = lines.at(-1);
    if (last !== undefined && measure(`${last} ${word}`, sizePx) <= widthPx) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length === 0 ? [""] : lines;
};

type TextLook = { size: number; weight: number; fill: string };
const textLines = (lines: readonly string[], x: number, y: number, { size, weight, fill }: TextLook): string[] =>
  lines.map((text, place) => `<text x="${x}" y="${y + place * line}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escaped(text)}</text>`);
const rect = (x: number, y: number, width: number, height: number, fill: string, stroke: string, radius = 0): string => `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}" stroke="${stroke}" rx="${radius}"/>`;
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
