// Where the numbers of connections stand, so that none covers another or a step.

export type Point = { x: number; y: number };
export type Box = Point & { width: number; height: number };
/** A connection to be labelled: `points` are where its number may stand the best, best first. */
export type Labelled = { id: string; size: { width: number; height: number }; line: readonly Point[]; places: readonly Point[] };

const AIR = 3;

/** Gives each number a place of its own, in the order of the connections: what comes first has the first choice. A place that lies on no foreign line
 *  is better than one that does, because a number on two lines belongs to neither.
 *  @param steps by their middle, as all boxes
 *  @returns the middle of each number that has a place; the others are told where they are pointed at, and in the table */
export const placeLabels = (labelled: readonly Labelled[], steps: readonly Box[]): Map<string, Point> => {
  const taken: Box[] = [...steps];
  const placed = new Map<string, Point>();
  for (const one of labelled) {
    const free = one.places.map((place): Box => ({ ...place, ...one.size })).filter((box) => !taken.some((other) => meet(box, other)));
    const box = free.find((candidate) => !labelled.some(({ id, line }) => id !== one.id && line.some((point) => isWithin(point, candidate)))) ?? free[0];
    if (box === undefined) continue;
    taken.push(box);
    placed.set(one.id, { x: box.x, y: box.y });
  }
  return placed;
};

const meet = (one: Box, other: Box): boolean => Math.abs(one.x - other.x) < (one.width + other.width) / 2 + AIR && Math.abs(one.y - other.y) < (one.height + other.height) / 2 + AIR;
const isWithin = (point: Point, box: Box): boolean => Math.abs(point.x - box.x) < box.width / 2 && Math.abs(point.y - box.y) < box.height / 2;

// From the middle outwards: a number in the middle belongs to both ends.
const SHARES = [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8, 0.14, 0.86, 0.08, 0.92];

/** Places for a number on a line. */
export const placesOn = (line: readonly Point[]): Point[] => SHARES.flatMap((share) => line[Math.round(share * (line.length - 1))] ?? []);

/** A place, moved so that a number there ends with the drawing: what stands out is cut by the frame. */
export const keepInside = (place: Point, size: Labelled["size"], drawing: Labelled["size"]): Point => ({ x: within(place.x, size.width / 2, drawing.width), y: within(place.y, size.height / 2, drawing.height) });

const within = (middle: number, half: number, room: number): number => Math.max(half, Math.min(room - half, middle));

const PARTS = 8;

/** Where a line runs that is drawn smoothly through the neighbourhood of its bends: a cubic B-spline whose ends are its first and last bend, as `curveBasis` draws it. */
export const alongSpline = (bends: readonly Point[]): Point[] => {
  const [first, last] = [bends[0], bends.at(-1)];
  if (first === undefined || last === undefined) return [];
  const knots = [first, first, ...bends, last, last];
  const points = knots.slice(3).flatMap((end, at) => {
    const [one, two, three] = [knots[at] ?? end, knots[at + 1] ?? end, knots[at + 2] ?? end];
    return Array.from({ length: PARTS }, (_, part) => blend([one, two, three, end], part / PARTS));
  });
  return [...points, last];
};

const blend = ([one, two, three, four]: readonly [Point, Point, Point, Point], t: number): Point => {
  const weights = [(1 - t) ** 3 / 6, (3 * t ** 3 - 6 * t ** 2 + 4) / 6, (-3 * t ** 3 + 3 * t ** 2 + 3 * t + 1) / 6, t ** 3 / 6] as const;
  const along = (of: (point: Point) => number): number => weights[0] * of(one) + weights[1] * of(two) + weights[2] * of(three) + weights[3] * of(four);
  return { x: along(({ x }) => x), y: along(({ y }) => y) };
};
