import { FRAME_PADDING, isReadable, READABLE_ZOOM, type Size, zoomInto } from "@firsthand/server/journeys/paths/graph-frame.rules";

type Point = { x: number; y: number };
type Node = Point & Size & { count: number; name: string | null };
/** The drawing is moved by so many pixels after it was made larger by `zoom`. */
export type Place = Point & { zoom: number };

const [NAVIGATION, BESIDE, BESIDE_PHONE, PHONE, WIDEST] = [216, 82, 58, 768, 1560];
const ROUNDED = 50;

/** The frame of a graph in a window, before it is there: the first figures are asked for earlier than anything is drawn. In steps, so that a
 *  window made a little larger is no other question. */
export const frameOf = ({ innerWidth, innerHeight }: { innerWidth: number; innerHeight: number }): Size => {
  const width = innerWidth < PHONE ? innerWidth - BESIDE_PHONE : Math.min(WIDEST, innerWidth - NAVIGATION) - BESIDE;
  return { width: roundDown(width, 200, 2_000), height: roundDown(innerHeight * 0.78, 400, 900) };
};

const roundDown = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, Math.floor(value / ROUNDED) * ROUNDED));

/** How high the frame is: as the drawing is when it is shown as wide as the frame.
 *  @param frame the largest it may be */
export const heightOf = (drawing: Size, frame: Size): number => {
  const zoom = zoomInto({ width: frame.width, height: Number.MAX_SAFE_INTEGER }, drawing);
  return Math.round(Math.min(frame.height, Math.max(LOWEST, drawing.height * Math.max(zoom, READABLE_ZOOM) + 2 * FRAME_PADDING)));
};
const LOWEST = 260;

/** What is looked at first: all of the drawing where it can be read, else the part of it where most was met, with no step half of it outside.
 *  @param whole the frame
 *  @param kept pixels at its bottom that all of a drawing leaves free; a part of one runs on there */
export const firstPlace = (drawing: Size, nodes: readonly Node[], whole: Size, kept = 0): Place => {
  const frame = { width: whole.width, height: whole.height - kept };
  if (isReadable({ width: frame.width * ALMOST, height: frame.height * ALMOST }, drawing)) return centre({ x: 0, y: 0, ...drawing }, frame, zoomInto(frame, drawing));
  let best: (Part & { zoom: number }) | null = null;
  // Where every place of one size cuts a step, a little larger there is one that cuts none.
  for (const larger of [1, 1.06, 1.12, 1.18, 1.25, 1.32, 1.4, 1.5]) {
    const zoom = READABLE_ZOOM * larger;
    const part = busiestPart(drawing, nodes, { width: (whole.width - 2 * PART_PADDING) / zoom, height: (whole.height - 2 * PART_PADDING) / zoom }, PART_PADDING / zoom);
    if (part !== null && worthOf(part) > (best === null ? 0 : worthOf(best))) best = { zoom, ...part };
  }
  return best === null ? centre({ x: 0, y: 0, ...drawing }, frame, zoomInto(frame, drawing)) : centre(best.box, whole, best.zoom);
};
// A window is asked for in steps and its bars are not known before: a drawing may be a little larger than the frame it was made for.
const ALMOST = 1 / 0.95;

const PART_PADDING = 4;

const centre = (box: Point & Size, frame: Size, zoom: number): Place => ({ x: frame.width / 2 - (box.x + box.width / 2) * zoom, y: frame.height / 2 - (box.y + box.height / 2) * zoom, zoom });

type Part = { box: Point & Size; count: number; cut: number };
// One step half outside is as bad as two thirds of what was met not shown.
const worthOf = ({ count, cut }: Part): number => count / (1 + 2 * cut);

/** The part of a drawing, as large as a room, that shows the most of what was met and cuts through the fewest steps; null of nothing.
 *  @param margin around the room that is seen too */
const busiestPart = (drawing: Size, nodes: readonly Node[], room: Size, margin: number): Part | null => {
  let best: Part | null = null;
  // Any room can be moved until a step lies at one of its sides, and one at its top or bottom, and shows no less.
  for (const x of sidesOf(nodes.map((node) => [node.x, node.width]), { room: room.width, margin, drawing: drawing.width })) {
    const across = nodes.filter((node) => overlaps(node.x, node.width, x - margin, room.width + 2 * margin));
    for (const y of sidesOf(across.map((node) => [node.y, node.height]), { room: room.height, margin, drawing: drawing.height })) {
      const part = lookAt(across, { x, y, ...room }, margin);
      if (best === null || worthOf(part) > worthOf(best)) best = part;
    }
  }
  return best;
};

const lookAt = (nodes: readonly Node[], box: Point & Size, margin: number): Part => {
  const seen = nodes.filter((node) => overlaps(node.x, node.width, box.x - margin, box.width + 2 * margin) && overlaps(node.y, node.height, box.y - margin, box.height + 2 * margin));
  const whole = seen.filter((node) => isInside(node.x, node.width, box.x, box.width) && isInside(node.y, node.height, box.y, box.height));
  return { box, count: whole.reduce((sum, { count, name }) => sum + (name === null ? 0 : count), 0), cut: seen.length - whole.length };
};

// Beside a step the room begins where it does, or ends just before it or with it; nothing empty beside the drawing is shown as long as there is more of it.
const sidesOf = (nodes: readonly (readonly [middle: number, length: number])[], { room, margin, drawing }: { room: number; margin: number; drawing: number }): number[] => {
  const [first, last] = [Math.min(0, (drawing - room) / 2), Math.max(drawing - room, (drawing - room) / 2)];
  const sides = nodes.flatMap(([middle, length]) => [middle - length / 2, middle + length / 2 - room, middle + length / 2 + margin + 1, middle - length / 2 - room - margin - 1]);
  return [...new Set(sides.map((side) => Math.max(first, Math.min(last, side))))];
};
const overlaps = (middle: number, length: number, from: number, room: number): boolean => middle + length / 2 > from && middle - length / 2 < from + room;
const isInside = (middle: number, length: number, from: number, room: number): boolean => middle - length / 2 >= from - ROUNDING && middle + length / 2 <= from + room + ROUNDING;
const ROUNDING = 0.001;
