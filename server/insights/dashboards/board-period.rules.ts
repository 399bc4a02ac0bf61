import type { PeriodChoice, PresetName, TileFilters } from "./tiles.contract.ts";

type Days = { from: string; to: string };

const lengths: Record<Exclude<PresetName, "all">, number> = { "7d": 7, "30d": 30, "90d": 90, "12m": 365 };

/** The days a choice of period means.
 *  @param today the day of the workspace's calendar; it belongs to every preset
 *  @param span first and last day with an answer, for "all": a chart is not to be mostly empty years; null: no answers yet
 *  @returns half open */
export const daysOf = (choice: PeriodChoice, today: string, span: { first: string; last: string } | null): Days => {
  if ("from" in choice) return choice;
  const end = addDays(today, 1);
  if (choice.preset !== "all") return { from: addDays(end, -lengths[choice.preset]), to: end };
  return span === null ? { from: addDays(end, -lengths["12m"]), to: end } : { from: span.first, to: addDays(span.last, 1) };
};

/** The months that days lie in, from the first of one to the first of another, half open. */
export const wholeMonths = ({ from, to }: Days): Days => {
  const last = new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000);
  return { from: `${from.slice(0, 7)}-01`, to: new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() + 1, 1)).toISOString().slice(0, 10) };
};

/** Filters that must hold at once: those of a tile and those above the board.
 *  @returns null when no answer can pass both */
export const joinFilters = (own: TileFilters, above: TileFilters): TileFilters | null => {
  const joined: TileFilters = Object.fromEntries(entriesOf(above));
  for (const [name, wanted] of entriesOf(own)) {
    const other = joined[name];
    const both = other === undefined ? wanted : wanted.filter((value) => other.includes(value));
    if (both.length === 0) return null;
    joined[name] = both;
  }
  return joined;
};

/** Without names that narrow nothing. */
export const entriesOf = (filters: TileFilters): [keyof TileFilters, string[]][] => {
  const names: (keyof TileFilters)[] = [];
  for (const name in filters) if (isNameOf(filters, name)) names.push(name);
  return names.flatMap((name): [keyof TileFilters, string[]][] => {
    const values = filters[name];
    return values === undefined || values.length === 0 ? [] : [[name, values]];
  });
};

const isNameOf = (filters: TileFilters, name: string): name is keyof TileFilters => name in filters;

const addDays = (day: string, count: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);

/** Steps of a trend that give about a dozen points: fewer say little, more are noise. */
export const bucketFor = ({ from, to }: Days): "day" | "week" | "month" => {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return days <= 21 ? "day" : days <= 190 ? "week" : "month";
};
