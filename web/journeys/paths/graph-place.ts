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
