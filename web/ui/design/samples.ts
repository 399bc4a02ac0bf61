import type { IntervalRow } from "../charts/IntervalRows.tsx";
import type { TrendPoint } from "../charts/Trend.tsx";
import type { TrendEvent } from "../charts/TrendEvents.tsx";

const weekMs = 7 * 86_400_000;
const start = Date.UTC(2026, 4, 25);

export const trend: TrendPoint[] = Array.from({ length: 26 }, (_, week) => {
  const value = 29 + 6 * Math.sin(week / 4) + week * 0.35 - (week > 13 && week < 18 ? 7 : 0) + ((week * 37) % 7) / 3;
  const half = 2.6 + ((week * 13) % 10) / 7;
  return { at: new Date(start + week * weekMs), value, low: value - half, high: value + half, count: 240 + ((week * 91) % 160) };
});
export const trendWithGaps: TrendPoint[] = trend.map((point, week) =>
  week > 4 && week < 9 ? { ...point, value: null, low: null, high: null, count: 0 } : point,
);
export const events: TrendEvent[] = [{ at: new Date(start + 14 * weekMs), label: "App 5.0 release" }];
export const groups: IntervalRow[] = [
  { key: "store", label: "Store visit", count: 1204, value: 52, low: 48, high: 56 },
  { key: "delivery", label: "Delivery", count: 610, value: 18, low: 11, high: 25 },
  { key: "app", label: "App login", count: 84, value: -31, low: -48, high: -14 },
  { key: "returns", label: "Returns", count: 21, value: 9, low: -24, high: 41 },
  { key: "kiosk", label: "Kiosk", count: 4, value: null, low: null, high: null },
];
export type SampleRow = { id: string; name: string; score: number; channel: string; answers: number };
const names = ["Amira Haddad", "Jonas Weber", "Priya Nair", "Luca Rossi", "Sofia Marín", "Chen Wei"];
const channels = ["Email", "Web", "SMS", "Kiosk", "Chat"];
export const rows: SampleRow[] = Array.from({ length: 5000 }, (_, index) => ({
  id: `row-${index}`,
  name: `${names[index % names.length]} ${index + 1}`,
  score: (index * 7) % 11,
  channel: channels[(index * 3) % channels.length] ?? "",
  answers: (index * 31) % 97,
}));
