type Size = { width: number; height: number };
type Point = { x: number; y: number };

/** Where a drawing lies in its frame so that a point of it is in the middle, as far as no side of the frame is left empty for it.
 *  @param drawing in its own units; smaller than the frame: it lies in the middle
 *  @returns what the drawing is moved by, in pixels, after it was made larger by `zoom` */
export const placeInFrame = (drawing: Point & Size, frame: Size, given: { middle: Point; zoom: number; padding: number }): Point => ({
  x: placeAlong(drawing.x, drawing.width, frame.width, given.middle.x, given),
  y: placeAlong(drawing.y, drawing.height, frame.height, given.middle.y, given),
});

const placeAlong = (start: number, length: number, room: number, middle: number, { zoom, padding }: { zoom: number; padding: number }): number => {
  const [first, last] = [padding - start * zoom, room - padding - (start + length) * zoom];
  return last > first ? (first + last) / 2 : Math.min(first, Math.max(last, room / 2 - middle * zoom));
};

type Step = Point & Size & { count: number };

/** Where to look at steps of which only some fit into a frame: there, most of what was met is seen.
 *  @param steps by their middle
 *  @param room of the frame in the units of the drawing
 *  @returns the middle of those that are seen whole together and were met most often; null when none fits */
export const busiestPlace = (steps: readonly Step[], room: Size): Point | null => {
  let busiest: { count: number; seen: readonly Step[] } = { count: 0, seen: [] };
  // Any frame can be moved until a step lies at its left side and one at its top, and shows no less.
  for (const { x, width } of steps) {
    const left = x - width / 2;
    const across = steps.filter((step) => step.x - step.width / 2 >= left && step.x + step.width / 2 <= left + room.width);
    for (const { y, height } of across) {
      const top = y - height / 2;
      const seen = across.filter((step) => step.y - step.height / 2 >= top && step.y + step.height / 2 <= top + room.height);
      const count = seen.reduce((sum, step) => sum + step.count, 0);
      if (count > busiest.count) busiest = { count, seen };
    }
  }
  if (busiest.seen.length === 0) return null;
  return { x: middleOf(busiest.seen.map(({ x, width }) => [x, width])), y: middleOf(busiest.seen.map(({ y, height }) => [y, height])) };
};

const middleOf = (lengths: readonly (readonly [number, number])[]): number =>
  (Math.min(...lengths.map(([middle, length]) => middle - length / 2)) + Math.max(...lengths.map(([middle, length]) => middle + length / 2))) / 2;
