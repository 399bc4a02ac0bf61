import type { Template } from "./dashboards.contract.ts";
import { tile } from "./tiles.contract.ts";

type Draft = { chart: string; at: readonly [x: number, y: number, w: number, h: number]; metric?: string; split?: string; title?: string; text?: string; hasWordsOnly?: boolean };

const at = (x: number, y: number, w: number, h: number): Draft["at"] => [x, y, w, h];
const needs = ["need_easy", "need_expect", "need_promise", "need_inform", "need_individ", "need_right"];

/** Each need in words, and the measures from facts that stand beside it. */
const sides: readonly (readonly [string, readonly string[]])[] = [
  ["need_easy", ["fact_repeated_contacts", "fact_channel_switches"]], ["need_expect", ["fact_promise_off"]], ["need_promise", ["fact_promise_late"]],
  ["need_inform", ["fact_longest_silence"]], ["need_individ", ["fact_asked_again"]], ["need_right", ["fact_time_to_remedy", "fact_reopened"]],
];

const drafts: { id: string; name: string; description: string; tiles: Draft[] }[] = [
  {
    id: "overview",
    name: "Overview",
    description: "The three scores, their course, where they are low, and what people write.",
    tiles: [
      { chart: "number", metric: "nps", at: at(0, 0, 4, 3) },
      { chart: "number", metric: "csat", at: at(4, 0, 4, 3) },
      { chart: "number", metric: "ces", at: at(8, 0, 4, 3) },
      { chart: "trend", metric: "nps", at: at(0, 3, 8, 6) },
      { chart: "answers", metric: "nps", hasWordsOnly: true, title: "What people write", at: at(8, 3, 4, 6) },
      { chart: "bars", metric: "nps", split: "touchpoint", at: at(0, 9, 6, 5) },
      { chart: "bars", metric: "csat", split: "channel", at: at(6, 9, 6, 5) },
    ],
  },
  {
    id: "glance",
    name: "Experience at a glance",
    description: "One screen for the wall: scores, distribution and course.",
    tiles: [
      { chart: "number", metric: "nps", at: at(0, 0, 3, 3) },
      { chart: "number", metric: "csat", at: at(3, 0, 3, 3) },
      { chart: "number", metric: "ces", at: at(6, 0, 3, 3) },
      { chart: "number", metric: "sentiment", at: at(9, 0, 3, 3) },
      { chart: "trend", metric: "csat", at: at(0, 3, 6, 5) },
      { chart: "trend", metric: "ces", at: at(6, 3, 6, 5) },
      { chart: "distribution", metric: "nps", at: at(0, 8, 4, 5) },
      { chart: "stacked", metric: "nps", split: "channel", at: at(4, 8, 8, 5) },
    ],
  },
  {
    id: "needs",
    name: "The six needs",
    description: "What customers need of you, and how far their words say it was met.",
    tiles: [
      ...needs.map((metric, index): Draft => ({ chart: "number", metric, at: at((index % 3) * 4, Math.floor(index / 3) * 3, 4, 3) })),
      ...needs.map((metric, index): Draft => ({ chart: "trend", metric, at: at((index % 2) * 6, 6 + Math.floor(index / 2) * 5, 6, 5) })),
    ],
  },
  {
    id: "words-and-facts",
    name: "Needs in words and from facts",
    description: "What customers say of a need beside what happened to them.",
    tiles: [
      ...sides.flatMap(([need, facts], row): Draft[] => [
        { chart: "number", metric: need, at: at(0, row * 3, 4, 3) },
        ...facts.map((metric, place): Draft => ({ chart: "number", metric, at: at(4 + place * 4, row * 3, facts.length === 1 ? 8 : 4, 3) })),
      ]),
      { chart: "trend", metric: "fact_promise_late", at: at(0, 18, 6, 5) },
      { chart: "bars", metric: "fact_promise_late", split: "touchpoint", at: at(6, 18, 6, 5) },
    ],
  },
  {
    id: "channels",
    name: "Channel comparison",
    description: "The same scores side by side for every channel, and which way each one goes.",
    tiles: [
      { chart: "bars", metric: "nps", split: "channel", at: at(0, 0, 4, 4) },
      { chart: "bars", metric: "csat", split: "channel", at: at(4, 0, 4, 4) },
      { chart: "bars", metric: "ces", split: "channel", at: at(8, 0, 4, 4) },
      { chart: "heat", metric: "csat", split: "channel", at: at(0, 4, 7, 4) },
      { chart: "stacked", metric: "csat", split: "channel", at: at(7, 4, 5, 4) },
      { chart: "table", metric: "csat", split: "touchpoint", at: at(0, 8, 12, 5) },
    ],
  },
];

/** Boards to start from. A tile on a metric that this server does not know is left out, and with its last tile the template. */
export const listTemplates = (): Template[] =>
  drafts.flatMap(({ tiles, ...rest }) => {
    const read = tiles.flatMap(({ at: [x, y, w, h], ...draft }, index) => {
      const one = tile.safeParse({ ...draft, id: tileId(index), place: { x, y, w, h } });
      return one.success ? [one.data] : [];
    });
    return read.length === 0 ? [] : [{ ...rest, tiles: read }];
  });

// Only within its board must a tile be told from the others, so templates need no ids by chance and are the same whenever they are asked for.
const tileId = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
