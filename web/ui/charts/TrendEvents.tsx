import type { ScaleTime } from "d3-scale";
import "./trend-events.css";

/** `isBreak`: the line must not be read across it. `until`: it went on until then, and stands as a band. */
export type TrendEvent = { at: Date; until?: Date; label: string; isBreak?: boolean };
type TrendEventsProps = { events: readonly TrendEvent[]; x: ScaleTime<number, number>; width: number; bottom: number };

const top = 18;
const labelMax = 26;
const labelRoomPx = 150;

/** Dotted lines with what happened, and bands where it went on. Labels that would run into one another take two rows; those near the end stand before their line. */
export const TrendEvents = ({ events, x, width, bottom }: TrendEventsProps) =>
  place(events, x).map(({ event, at, until, row }) => {
    const isLate = at > width - labelRoomPx;
    return (
      <g key={event.label + event.at.getTime()}>
        <title>{event.label}</title>
        {until !== null && <rect x={at} y={top} width={Math.max(1, until - at)} height={Math.max(0, bottom - top)} className="chart-span" />}
        <line x1={at} x2={at} y1={top} y2={bottom} className={event.isBreak === true ? "chart-event chart-break" : "chart-event"} />
        <text x={isLate ? at - 4 : at + 4} y={12 + row * 13} textAnchor={isLate ? "end" : "start"} className="chart-text">
          {event.label.length > labelMax ? `${event.label.slice(0, labelMax - 1).trimEnd()}…` : event.label}
        </text>
      </g>
    );
  });

// Points stand at the start of their week or month, so what happened within the last one lies past the last point: it is drawn there.
const place = (events: readonly TrendEvent[], x: TrendEventsProps["x"]): { event: TrendEvent; at: number; until: number | null; row: number }[] => {
  const [first = 0, last = 0] = x.range();
  const within = (at: number): number => Math.min(last, Math.max(first, at));
  const placed = events
    .map((event) => ({ event, at: within(x(event.at)), until: event.until === undefined ? null : within(x(event.until)) }))
    .toSorted((one, other) => one.at - other.at);
  return placed.map((one, index) => {
    const before = placed[index - 1];
    return { ...one, row: before !== undefined && one.at - before.at < labelRoomPx ? index % 2 : 0 };
  });
};
