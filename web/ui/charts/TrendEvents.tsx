import type { ScaleTime } from "d3-scale";

/** `isBreak`: the line must not be read across it. */
export type TrendEvent = { at: Date; label: string; isBreak?: boolean };
type TrendEventsProps = { events: readonly TrendEvent[]; x: ScaleTime<number, number>; width: number; bottom: number };

const top = 18;
const labelMax = 26;
const labelRoomPx = 150;

/** Dotted lines with what happened. Labels that would run into one another take two rows; those near the end stand before their line. */
export const TrendEvents = ({ events, x, width, bottom }: TrendEventsProps) =>
  place(events, x).map(({ event, at, row }) => {
    const isLate = at > width - labelRoomPx;
    return (
      <g key={event.label + event.at.getTime()}>
        <title>{event.label}</title>
        <line x1={at} x2={at} y1={top} y2={bottom} className={event.isBreak === true ? "chart-event chart-break" : "chart-event"} />
        <text x={isLate ? at - 4 : at + 4} y={12 + row * 13} textAnchor={isLate ? "end" : "start"} className="chart-text">
          {event.label.length > labelMax ? `${event.label.slice(0, labelMax - 1).trimEnd()}…` : event.label}
        </text>
      </g>
    );
  });

// Points stand at the start of their week or month, so what happened within the last one lies past the last point: it is drawn there.
const place = (events: readonly TrendEvent[], x: TrendEventsProps["x"]): { event: TrendEvent; at: number; row: number }[] => {
  const [first = 0, last = 0] = x.range();
  const placed = events
    .map((event) => ({ event, at: Math.min(last, Math.max(first, x(event.at))) }))
    .toSorted((one, other) => one.at - other.at);
  return placed.map((one, index) => {
    const before = placed[index - 1];
    return { ...one, row: before !== undefined && one.at - before.at < labelRoomPx ? index % 2 : 0 };
  });
};
