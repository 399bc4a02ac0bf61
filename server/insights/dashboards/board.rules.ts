import type { Place } from "./tiles.contract.ts";

type Placed = { id: string; place: Place };
export type Direction = "left" | "right" | "up" | "down";

export const columns = 12;
export const heightMax = 20;
const sizeMin = { w: 2, h: 2 };

/** Lets every tile rise until it meets another one, so that a board has no holes and nothing overlaps.
 *  Tiles higher up, then further left, rise first; one that is `held` keeps its place and the others give way.
 *  @returns in reading order */
export const settleTiles = <One extends Placed>(tiles: readonly One[], heldId?: string): One[] => {
  const held = tiles.find(({ id }) => id === heldId);
  const others = tiles.filter(({ id }) => id !== heldId).map((one) => ({ ...one, place: fit(one.place) }));
  const settled: One[] = [];
  for (const one of others.toSorted(byPlace)) settled.push({ ...one, place: held === undefined ? rise(one.place, settled) : giveWay(rise(one.place, settled), held, settled) });
  if (held === undefined) return settled.toSorted(byPlace);
  // What was held rises into what the others left free, and they fill what it left.
  return settleTiles([...settled, { ...held, place: rise(fit(held.place), settled) }]);
};

/** Moves a tile; the others give way downwards.
 *  @param to columns and rows from the top left */
export const moveTile = <One extends Placed>(tiles: readonly One[], id: string, to: { x: number; y: number }): One[] =>
  settleTiles(
    tiles.map((one) => (one.id === id ? { ...one, place: { ...one.place, x: clamp(to.x, 0, columns - one.place.w), y: Math.max(0, to.y) } } : one)),
    id,
  );

export const resizeTile = <One extends Placed>(tiles: readonly One[], id: string, to: { w: number; h: number }): One[] =>
  settleTiles(
    tiles.map((one) =>
      one.id === id
        ? { ...one, place: { ...one.place, w: clamp(to.w, sizeMin.w, columns - one.place.x), h: clamp(to.h, sizeMin.h, heightMax) } }
        : one,
    ),
    id,
  );

/** One step by keys. Up and down go past the neighbour, because a smaller step would only fall back.
 *  @returns null when there is nowhere to go */
export const stepTile = <One extends Placed>(tiles: readonly One[], id: string, direction: Direction): One[] | null => {
  const from = tiles.find((one) => one.id === id)?.place;
  if (from === undefined) return null;
  const isLevel = direction === "left" || direction === "right";
  const sign = direction === "left" || direction === "up" ? -1 : 1;
  const stepsMax = isLevel ? 1 : direction === "up" ? from.y : heightOf(tiles);
  for (let steps = 1; steps <= stepsMax; steps += 1) {
    const next = moveTile(tiles, id, isLevel ? { x: from.x + sign, y: from.y } : { x: from.x, y: from.y + sign * steps });
    if (!isSamePlace(next.find((one) => one.id === id)?.place, from)) return next;
  }
  return null;
};

export const stretchTile = <One extends Placed>(tiles: readonly One[], id: string, direction: Direction): One[] | null => {
  const moving = tiles.find((one) => one.id === id);
  if (moving === undefined) return null;
  const { w, h } = moving.place;
  const to = { left: { w: w - 1, h }, right: { w: w + 1, h }, up: { w, h: h - 1 }, down: { w, h: h + 1 } }[direction];
  const next = resizeTile(tiles, id, to);
  return isSamePlace(next.find((one) => one.id === id)?.place, moving.place) ? null : next;
};

/** Where a new tile of this size finds room first, reading from the top left. */
export const findRoom = (tiles: readonly Placed[], size: { w: number; h: number }): Place => {
  const bottom = heightOf(tiles);
  for (let y = 0; y < bottom; y += 1)
    for (let x = 0; x <= columns - size.w; x += 1)
      if (!tiles.some((one) => overlaps(one.place, { ...size, x, y }))) return { ...size, x, y };
  return { ...size, x: 0, y: bottom };
};

export const heightOf = (tiles: readonly Placed[]): number => Math.max(0, ...tiles.map(({ place: { y, h } }) => y + h));

const rise = (from: Place, obstacles: readonly Placed[]): Place => {
  // Down first, out of whatever it lies on; then up as far as it goes.
  let { y } = sink(from, obstacles);
  while (y > 0 && firstHit({ ...from, y: y - 1 }, obstacles) === undefined) y -= 1;
  return { ...from, y };
};

const sink = (from: Place, obstacles: readonly Placed[]): Place => {
  let { y } = from;
  for (let hit = firstHit({ ...from, y }, obstacles); hit !== undefined; hit = firstHit({ ...from, y }, obstacles)) y = hit.place.y + hit.place.h;
  return { ...from, y };
};

const giveWay = (from: Place, held: Placed, settled: readonly Placed[]): Place => (overlaps(from, held.place) ? sink(from, [...settled, held]) : from);

const firstHit = (at: Place, obstacles: readonly Placed[]): Placed | undefined => obstacles.find((one) => overlaps(one.place, at));

const overlaps = (one: Place, other: Place): boolean =>
  one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;

const byPlace = (one: Placed, other: Placed): number => one.place.y - other.place.y || one.place.x - other.place.x || (one.id < other.id ? -1 : 1);

const fit = ({ x, y, w, h }: Place): Place => ({ x: Math.min(x, columns - w), y, w, h });

const isSamePlace = (one: Place | undefined, other: Place): boolean =>
  one !== undefined && one.x === other.x && one.y === other.y && one.w === other.w && one.h === other.h;

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
