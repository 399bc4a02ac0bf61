/** Where a day lies on a chart whose points stand at the start of their day, week or month.
 *  A day is counted on from the point it belongs to, so that the workspace's midnight need not be known here.
 *  @param points instants, in order, at least one
 *  @param dayOf the day of the workspace's calendar an instant lies on: "2026-05-01"
 *  @returns the first point for days before it */
export const placeDay = (day: string, points: readonly Date[], dayOf: (at: Date) => string): Date | null => {
  const point = points.findLast((at) => dayOf(at) <= day) ?? points[0];
  if (point === undefined) return null;
  const laterMs = Date.parse(day) - Date.parse(dayOf(point));
  return new Date(point.getTime() + Math.max(0, laterMs));
};

type Noted = { day: string; lastDay: string | null; title: string };
type NotedEvent = { at: Date; until?: Date; label: string };

const dayMs = 86_400_000;

/** Notes as a chart draws them: a line on their day, a band over all of several days. */
export const placeNotes = (notes: readonly Noted[], points: readonly Date[], dayOf: (at: Date) => string): NotedEvent[] =>
  notes.flatMap(({ day, lastDay, title }) => {
    const at = placeDay(day, points, dayOf);
    const last = lastDay === null ? null : placeDay(lastDay, points, dayOf);
    if (at === null) return [];
    return [{ at, label: title, ...(last === null ? {} : { until: new Date(last.getTime() + dayMs) }) }];
  });
