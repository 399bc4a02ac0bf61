import type { MapCard, MapDocument, MapLane, MapStep, MeasuredLane } from "@firsthand/server/journeys/maps/document.contract";
import type { OverlayStep } from "@firsthand/server/journeys/overlays/overlays.contract";
import type { Evidence } from "./curve.rules.ts";
import { cardsAt, type MapColumn, stageSpans } from "./grid.rules.ts";
import { curveHeight, drawCurve, drawLegend } from "./picture-curve.rules.ts";
import { escaped, lineHeight, linesIn, type Measure, type Paint, pictureFont, rect, star, type TextLook, textAt, textLines } from "./picture-text.rules.ts";
import { waysOf } from "./ways.rules.ts";

/** A text of a cell, and how it is meant. */
export type Said = { text: string; as: "figure" | "plain" | "quiet" | "good" | "bad" };
export type PicturePhoto = { href: string; widthPx: number; heightPx: number };
export type PictureGiven = {
  name: string;
  subtitle: string;
  /** Whom it is drawn for, when that is a persona. */
  persona: { initials: string; story: string; photo: PicturePhoto | null } | null;
  document: MapDocument;
  columns: readonly MapColumn[];
  steps: ReadonlyMap<string, OverlayStep>;
  /** Figures of a second period or segment; empty without. */
  second: ReadonlyMap<string, OverlayStep>;
  /** What a step shows in a lane that fills itself. */
  saidIn: (lane: Exclude<MeasuredLane, "feeling">, step: MapStep) => readonly Said[];
  /** What one named customer met and felt, when she is laid on the map. */
  customer: { name: string; saidAt: (stepId: string) => readonly Said[] } | null;
  photos: ReadonlyMap<string, PicturePhoto>;
  paint: Paint;
  words: PictureWords;
  measure: Measure;
};
export type PictureWords = {
  either: string; or: string; step: string; stage: string; optional: string; onlyDrawn: string; photo: string;
  /** Below the drawing: what stands on the map and not here; the empty text when nothing does. */
  footnote: string;
  laneName: (lane: MeasuredLane) => string;
  customers: (count: number) => string;
  /** What stands below the words of a card: how it feels, when, and where that is known from. */
  footOf: (card: MapCard) => string;
  value: (value: number) => string;
} & Readonly<Record<Evidence | "designedCurve" | "comparedCurve" | "momentOfTruth", string>>;
export type Picture = { svg: string; width: number; height: number };

const label = 130;
const column = 190;
const padding = 10;
const margin = 24;
const titleHeight = 26;
const personaSize = 44;
// As wide as the legend, which a map of one step is not.
const widthLeast = 640;
const inner = column - 2 * padding;

/** A map as one drawing that needs nothing from outside: an SVG text. Its rows stand in the order they have on the map.
 *  @returns its width and height in pixels */
export const drawPicture = (given: PictureGiven): Picture => {
  const { document, columns, paint, words } = given;
  const rows: Row[] = [
    stageRow(given), stepRow(given),
    ...document.measured.map((lane) => (lane === "feeling" ? curveRow(given) : measuredRow(given, lane))),
    ...(given.customer === null ? [] : [saidRow(given, given.customer.name, (step) => given.customer?.saidAt(step.id) ?? [])]),
    ...document.lanes.map((lane) => laneRow(given, lane)),
  ];
  const foot: TextLook = { size: 12, weight: 400, fill: paint.ink3 };
  const width = Math.max(label + columns.length * column + 1, widthLeast);
  const left = given.persona === null ? 0 : personaSize + 12;
  const title = linesIn(given.name, width - left, { size: 20, weight: 650, fill: paint.ink }, given.measure);
  const story = given.persona?.story ?? "";
  const subtitle = [given.subtitle, ...(story === "" ? [] : [story])].flatMap((text) => linesIn(text, width - left, foot, given.measure));
  let y = 24;
  const parts = given.persona === null ? [] : [personaAt(given.persona, paint)];
  for (const one of title) parts.push(textLines([one], left, (y += titleHeight) - titleHeight));
  parts.push(textLines(subtitle, left, y - 4));
  y += subtitle.length * lineHeight;
  for (const row of rows) {
    const name = linesIn(row.name, label - 2 * padding, { size: 12, weight: 600, fill: paint.ink2 }, given.measure);
    const height = Math.max(row.height, name.length * lineHeight + 14);
    parts.push(rect(0, y, label, height, paint.bg, paint.line), textLines(name, padding, y + 18), row.draw(y, height));
    y += height;
  }
  const hasTruth = columns.some(({ step }) => step?.isMomentOfTruth === true);
  if (document.measured.includes("feeling")) parts.push(drawLegend(curveOf(given), 0, (y += 24), given.measure));
  if (hasTruth) parts.push(star(7, (y += 24) - 1, 7, paint.warn), textAt(28, y + 4, words.momentOfTruth, foot));
  for (const one of words.footnote === "" ? [] : linesIn(words.footnote, width, foot, given.measure)) parts.push(textLines([one], 0, (y += 20)));
  const [wide, high] = [width + 2 * margin, y + 2 * margin];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" font-family="${pictureFont}">${rect(0, 0, wide, high, paint.bg, "none")}<g transform="translate(${margin} ${margin})">${parts.join("")}</g></svg>`;
  return { svg, width: wide, height: high };
};

/** The round picture of a persona at the corner, or the first letters of its name. */
const personaAt = ({ initials, photo }: NonNullable<PictureGiven["persona"]>, paint: Paint): string => {
  const half = personaSize / 2;
  const circle = `<circle cx="${half}" cy="${half}" r="${half}"`;
  if (photo === null) return `${circle} fill="${paint.surface}" stroke="${paint.line}"/><g text-anchor="middle">${textAt(half, half + 5, initials, { size: 15, weight: 600, fill: paint.brand })}</g>`;
  return `<clipPath id="persona">${circle}/></clipPath><image width="${personaSize}" height="${personaSize}" clip-path="url(#persona)" preserveAspectRatio="xMidYMid slice" href="${escaped(photo.href)}"/>`;
};

/** A row of the drawing; `draw` gets where it begins and how high it became. */
type Row = { name: string; height: number; draw: (y: number, height: number) => string };

const leftOf = (place: number): number => label + place * column;

/** A row with one cell for each column. */
const cellRow = ({ columns, paint }: PictureGiven, name: string, cells: readonly { height: number; draw: (x: number, y: number) => string }[]): Row => ({
  name,
  height: Math.max(44, ...cells.map(({ height }) => height)),
  draw: (y, height) => columns.map((_, place) => rect(leftOf(place), y, column, height, paint.surface, paint.line) + (cells[place]?.draw(leftOf(place), y) ?? "")).join(""),
});

const stageRow = ({ columns, paint, words, measure }: PictureGiven): Row => {
  const look: TextLook = { size: 12, weight: 600, fill: paint.ink3 };
  const spans = stageSpans(columns).map(({ stage, column: place, span }) => ({ place, width: span * column, lines: linesIn(stage.name, span * column - 2 * padding, look, measure) }));
  return {
    name: words.stage,
    height: 12 + Math.max(1, ...spans.map(({ lines }) => lines.length)) * lineHeight,
    draw: (y, height) => spans.map(({ place, width, lines }) => rect(leftOf(place), y, width, height, paint.bg, paint.line) + textLines(lines, leftOf(place) + padding, y + 18)).join(""),
  };
};

const stepRow = (given: PictureGiven): Row => {
  const { document, columns, paint, words, measure } = given;
  const ways = waysOf(document.steps);
  return cellRow(given, words.step, columns.map(({ step }) => {
    if (step === null) return { height: 0, draw: () => "" };
    const mark = ways.get(step.id);
    const before = mark?.isFirstOfWay === true ? `${mark.way === 0 ? words.either : words.or} · ` : "";
    const lines = linesIn(`${before}${step.name}`, step.isMomentOfTruth ? inner - 18 : inner, { size: 13.5, weight: 650, fill: paint.ink }, measure);
    const marks = marksOf(step, given);
    if (marks !== "") lines.push(...linesIn(marks, inner, { size: 11.5, weight: 400, fill: paint.ink3 }, measure));
    return { height: 14 + lines.length * lineHeight, draw: (x, y) => textLines(lines, x + padding, y + 20) + (step.isMomentOfTruth ? star(x + column - 16, y + 15, 7, paint.warn) : "") };
  }));
};

/** What is said under the name of a step, as on the map. */
const marksOf = (step: MapStep, { document, steps, words }: PictureGiven): string => {
  const shown = steps.get(step.id);
  const isDrawnOnly = step.matches.length === 0 && step.childMapId === null;
  const met = isDrawnOnly ? [words.onlyDrawn] : shown === undefined || document.measured.includes("volume") ? [] : [words.customers(shown.customers)];
  return [...met, ...(step.isOptional ? [words.optional] : [])].join(" · ");
};

const curveOf = ({ document, columns, steps, second, paint, words }: PictureGiven) => ({ document, columns, steps, second, paint, words });

const curveRow = (given: PictureGiven): Row => ({
  name: given.words.laneName("feeling"),
  height: curveHeight,
  draw: (y, height) => rect(label, y, given.columns.length * column, height, given.paint.surface, given.paint.line) + drawCurve(curveOf(given), { left: label, top: y, columnWidth: column }),
});

const measuredRow = (given: PictureGiven, lane: Exclude<MeasuredLane, "feeling">): Row => saidRow(given, given.words.laneName(lane), (step) => given.saidIn(lane, step));

const saidRow = (given: PictureGiven, name: string, saidAt: (step: MapStep) => readonly Said[]): Row =>
  cellRow(given, name, given.columns.map(({ step }) => {
    const lines = step === null ? [] : saidAt(step).flatMap(({ text, as }) => linesIn(text, inner, lookOf(as, given.paint), given.measure));
    return { height: 14 + lines.length * lineHeight, draw: (x, y) => textLines(lines, x + padding, y + 20) };
  }));

const lookOf = (as: Said["as"], paint: Paint): TextLook => {
  switch (as) {
    case "figure": return { size: 14, weight: 650, fill: paint.ink };
    case "plain": return { size: 12, weight: 400, fill: paint.ink };
    case "quiet": return { size: 11.5, weight: 400, fill: paint.ink3 };
    case "good": return { size: 12, weight: 400, fill: paint.pro };
    case "bad": return { size: 12, weight: 400, fill: paint.det };
  }
};

const laneRow = (given: PictureGiven, lane: MapLane): Row =>
  cellRow(given, lane.name, given.columns.map(({ step }) => {
    const cards = step === null ? [] : cardsAt(given.document, step.id, lane.id).map((card) => cardOf(given, lane, card));
    return {
      height: cards.reduce((sum, { height }) => sum + height + 6, 10),
      draw: (x, y) => {
        let at = y + 8;
        return cards.map(({ height, draw }) => {
          const drawn = draw(x + 8, at);
          at += height + 6;
          return drawn;
        }).join("");
      },
    };
  }));

const cardOf = (given: PictureGiven, lane: MapLane, card: MapCard): { height: number; draw: (x: number, y: number) => string } => {
  const { paint, words, measure } = given;
  const [ground, ink] = lane.kind === "pains" ? [paint.detSoft, paint.det] : lane.kind === "ideas" ? [paint.proSoft, paint.pro] : [paint.bg, paint.ink];
  const room = column - 4 * padding;
  const photo = card.fileId === null ? undefined : given.photos.get(card.fileId);
  const said = [card.text, card.fileId !== null && photo === undefined ? `[${words.photo}]` : ""].filter((text) => text !== "").join(" ");
  const lines = [
    ...(said === "" ? [] : linesIn(said, room, { size: 12.5, weight: 400, fill: ink }, measure)),
    ...linesIn(words.footOf(card), room, { size: 11, weight: 400, fill: paint.ink3 }, measure),
  ];
  const photoHeight = photo === undefined ? 0 : Math.min(180, Math.round((photo.heightPx / photo.widthPx) * room));
  const above = photoHeight === 0 ? 0 : photoHeight + 6;
  return {
    height: lines.length * lineHeight + 12 + above,
    draw: (x, y) => [
      rect(x, y, column - 16, lines.length * lineHeight + 12 + above, ground, "none", 7),
      photo === undefined ? "" : `<image x="${x + 10}" y="${y + 8}" width="${room}" height="${photoHeight}" preserveAspectRatio="xMidYMid slice" href="${escaped(photo.href)}"/>`,
      textLines(lines, x + 10, y + 18 + above),
    ].join(""),
  };
};
