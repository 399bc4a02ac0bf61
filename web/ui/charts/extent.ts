type Measured = { value: number; low: number | null; high: number | null; count: number };

const steadyCount = 30;

/** The values an axis spans: all points and the target, and the intervals of points that rest on many answers. The interval of a handful spans half the scale
 *  and may leave the picture rather than flatten the line; where every point rests on a handful, theirs are all there is, and an axis without them would
 *  show noise as if it were steep.
 *  @param limits the values the score can take; the axis never leaves them */
export const extentOf = (points: readonly Measured[], limits: readonly [number, number] | undefined, target: number | null): [number, number] => {
  const values = [...points.map(({ value }) => value), ...(target === null ? [] : [target])];
  const many = points.filter(({ count }) => count >= steadyCount);
  const steady = many.length > 0 ? many : points;
  const low = Math.min(...values, ...steady.map((point) => point.low ?? point.value));
  const high = Math.max(...values, ...steady.map((point) => point.high ?? point.value));
  const room = Math.max((high - low) * 0.06, (limits ? limits[1] - limits[0] : Math.abs(high)) * 0.02, 0.01);
  if (!limits) return [low - room, high + room];
  return [Math.max(limits[0], low - room), Math.min(limits[1], high + room)];
};

/** The ticks that say something new: on a short axis several would read the same, "99%" three times. */
export const distinctTicks = (ticks: readonly number[], format: (value: number) => string): number[] =>
  ticks.filter((tick, place) => place === 0 || format(tick) !== format(ticks[place - 1] ?? tick));
