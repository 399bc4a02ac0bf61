type Point = { time: number; share: number; low: number | null; high: number | null };
type Place = (value: number) => number;

/** The path of a share that keeps its height until somebody leaves. */
export const drawSteps = (points: readonly Point[], end: number, x: Place, y: Place): string => {
  const steps = points.map(({ time, share }) => `H${round(x(time))}V${round(y(share))}`).join("");
  return `M${round(x(0))},${round(y(1))}${steps}H${round(x(end))}`;
};

/** The area between the ends of the interval; where there is none, it is as narrow as the line. */
export const drawStepBand = (points: readonly Point[], end: number, x: Place, y: Place): string => {
  if (points.length === 0) return "";
  const highs = [{ time: 0, value: 1 }, ...points.map(({ time, share, high }) => ({ time, value: high ?? share }))];
  const lows = [{ time: 0, value: 1 }, ...points.map(({ time, share, low }) => ({ time, value: low ?? share }))];
  const forth = highs.map(({ time, value }) => `H${round(x(time))}V${round(y(value))}`).join("");
  // Back from the end: down to the height of a step before going left to where it began.
  const back = lows.toReversed().map(({ time, value }) => `V${round(y(value))}H${round(x(time))}`).join("");
  return `M${round(x(0))},${round(y(1))}${forth}H${round(x(end))}${back}Z`;
};

/** The share at a time: that of the last step up to it. */
export const readSteps = (points: readonly Point[], time: number): Point => points.findLast((point) => point.time <= time) ?? { time: 0, share: 1, low: null, high: null };

const round = (value: number): number => Math.round(value * 10) / 10;
