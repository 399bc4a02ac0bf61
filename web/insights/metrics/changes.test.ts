import { expect, test } from "vitest";
import { describeChanges, wordOfNothing } from "./changes.ts";
import type { Summary } from "./scores.ts";

const irrelevantDefinition = { title: "", formula: "", interval: "", comparison: "", source: "" };
const summaryWith = (change: Partial<NonNullable<Summary["change"]>> | null): Summary => ({
  metric: "nps",
  title: "",
  unit: "points",
  scale: { min: 0, max: 10 },
  otherScales: [],
  count: 1204,
  score: 30.98,
  low: 28,
  high: 34,
  outOf: null,
  evidence: "normal",
  bands: [],
  distribution: [],
  mean: 7,
  share: null,
  change: change && { previousCount: 1130, previousScore: 39.84, previousLow: 37, previousHigh: 43, difference: -8.86, z: -4, p: 0.00002, isSignificant: true, compared: null, ...change },
  weighted: null,
  definition: irrelevantDefinition,
});

test("a score that fell more than chance explains is told with both samples", () => {
  const [sentence] = describeChanges({ summaries: [summaryWith({})], isWeighted: false, groups: [] });
  expect(sentence).toMatchObject({ tone: "bad", title: "NPS fell by 8.9 to +31", detail: "1,204 answers against 1,130 before; p < 0.001.", why: { metric: "nps", name: "NPS" } });
});

test.each([
  ["need_promise", "“Keep your promises” fell by 8.9 to +31", "1,204 comments speak of it, 1,130 did before; p < 0.001."],
  ["sentiment", "Sentiment fell by 8.9 to +31", "1,204 comments against 1,130 before; p < 0.001."],
] as const)("what comments say of %s is told in whole words, and by comments", (metric, title, detail) => {
  expect(describeChanges({ summaries: [{ ...summaryWith({}), metric }], isWeighted: false, groups: [] })).toMatchObject([{ title, detail }]);
});

test.each([
  ["where 1 is the best mark, a fall is good news", { min: 5, max: 1 }, -0.4, "good"],
  ["where 1 is the best mark, a rise is bad news", { min: 5, max: 1 }, 0.4, "bad"],
  ["where 5 is the best mark, a fall is bad news", { min: 1, max: 5 }, -0.4, "bad"],
] as const)("%s, of scores and of groups alike", (_, scale, difference, tone) => {
  const interval = { score: 2.1, low: 2, high: 2.2, evidence: "normal" as const };
  const groups = [0, difference].map((by, place) => ({ value: `shop ${place}`, label: null, count: 100, ...interval, score: 2.1 + by, versusRest: { difference, z: 4, p: 0.001, isDifferent: place === 1 }, weighted: null }));
  const breakdown = { metric: "rating" as const, title: "", unit: "scale" as const, hiddenGroups: 0, overlaps: false, asOf: "answer" as const, by: "touchpoint" as const, period: { from: "", to: "" }, scale, otherScales: [], total: { count: 200, ...interval, weighted: null }, groups: [...groups, { ...groups[0], value: "shop 2", label: null, count: 100, ...interval, versusRest: null, weighted: null }], groupsLeftOut: 0 };
  const told = describeChanges({ summaries: [{ ...summaryWith({ difference, previousScore: 2.1 - difference }), metric: "rating", scale, score: 2.1 }], isWeighted: false, groups: [{ by: "touchpoint", breakdown }] });
  expect(told.map((one) => one.tone)).toEqual([tone, tone]);
});

test("a response rate is told by those who had time to answer", () => {
  const rate = summaryWith({ previousScore: 20, difference: -8, compared: { answeringDays: 3, count: 900, score: 12 } });
  expect(describeChanges({ summaries: [{ ...rate, metric: "response_rate", score: 9 }], isWeighted: false, groups: [] })).toMatchObject([
    { title: "Response rate fell by 8.0 to 12%", detail: "Answered within 3 days, by 900 asked that long ago against 1,130 before; p < 0.001." },
  ]);
});

test("other metrics are told after the scores, the surest three first", () => {
  const other = (metric: Summary["metric"], p: number): Summary => ({ ...summaryWith({ p, isSignificant: p < 0.05 }), metric });
  const others = [other("stars", 0.01), other("sentiment", 0.0001), other("need_easy", 0.6), other("need_promise", 0.00001), other("need_right", 0.02), other("need_expect", 0.7)];
  const told = describeChanges({ summaries: [summaryWith({})], others, isWeighted: false, groups: [] });
  expect(told.map(({ key }) => key)).toEqual(["nps", "need_promise", "sentiment", "stars"]);
});

test.each([
  ["a change within its margin of error", summaryWith({ isSignificant: false })],
  ["a first period", summaryWith(null)],
])("%s is not news", (_, summary) => {
  expect(describeChanges({ summaries: [summary], isWeighted: false, groups: [] })).toEqual([]);
});

test.each([
  ["that nothing changed", summaryWith({ isSignificant: false }), "none", "nothingChanged"],
  ["that nothing else did, where an alert lasts", summaryWith({ isSignificant: false }), "lasting", "nothingElseChanged"],
  ["that nothing did over the whole of it, where an alert came and went", summaryWith({ isSignificant: false }), "over", "nothingLasting"],
  ["that the periods are too long to compare by days", summaryWith({ isSignificant: false }), "none", "nothingByDays"],
  ["that there is nothing to compare with, whatever lasts", summaryWith(null), "lasting", "nothingBefore"],
] as const)("where nothing is told it is said %s", (_, summary, alerts, word) => {
  expect(wordOfNothing([summary], word === "nothingByDays", alerts)).toBe(word);
});

test("of many groups that stand out the strongest six are told", () => {
  const interval = { score: 10, low: 5, high: 15, evidence: "normal" as const };
  const groups = [1, -9, 3, 7, -5, 2, -0.5].map((z) => ({ value: `z${z}`, label: null, count: 100, ...interval, versusRest: { difference: z, z, p: 0.01, isDifferent: true }, weighted: null }));
  const breakdown = { metric: "nps" as const, title: "", unit: "points" as const, hiddenGroups: 0, overlaps: false, asOf: "answer" as const, by: "touchpoint" as const, period: { from: "", to: "" }, scale: { min: 0, max: 10 }, otherScales: [], total: { count: 500, ...interval, weighted: null }, groups, groupsLeftOut: 0 };
  const told = describeChanges({ summaries: [], isWeighted: false, groups: [{ by: "touchpoint", breakdown }] });
  expect(told.map(({ link }) => link.value)).toEqual(["z-9", "z7", "z-5", "z3", "z2", "z1"]);
});

test("where weighted figures are shown, groups are told by their weighted test", () => {
  const interval = { low: 5, high: 15, evidence: "normal" as const, count: 100, label: null };
  const groups = ["app", "email", "web"].map((value, place) => ({
    ...interval, value, score: 20, versusRest: { difference: 1, z: 0.1, p: 0.9, isDifferent: false },
    weighted: { score: -3, low: -9, high: 3, versusRest: { difference: -25, z: -5, p: 0.001, isDifferent: place === 0 } },
  }));
  const breakdown = { metric: "nps" as const, title: "", unit: "points" as const, hiddenGroups: 0, overlaps: false, asOf: "answer" as const, by: "channel" as const, period: { from: "", to: "" }, scale: { min: 0, max: 10 }, otherScales: [], total: { score: 3, ...interval, weighted: null }, groups, groupsLeftOut: 0 };
  const tell = (isWeighted: boolean) => describeChanges({ summaries: [], isWeighted, groups: [{ by: "channel", breakdown }] });
  expect(tell(false)).toEqual([]);
  expect(tell(true)).toMatchObject([{ title: "App scores lower than the rest", detail: expect.stringContaining("−3") }]);
});

test("of two groups one sentence is enough", () => {
  const interval = { low: 5, high: 15, evidence: "normal" as const, count: 100, weighted: null, label: null };
  const groups = [
    { ...interval, value: "app", score: -1, versusRest: { difference: -14, z: -3, p: 0.001, isDifferent: true } },
    { ...interval, value: "email", score: 13, versusRest: { difference: 14, z: 3, p: 0.001, isDifferent: true } },
  ];
  const breakdown = { metric: "nps" as const, title: "", unit: "points" as const, hiddenGroups: 0, overlaps: false, asOf: "answer" as const, by: "channel" as const, period: { from: "", to: "" }, scale: { min: 0, max: 10 }, otherScales: [], total: { score: 3, ...interval }, groups, groupsLeftOut: 0 };
  expect(describeChanges({ summaries: [], isWeighted: false, groups: [{ by: "channel", breakdown }] }).map(({ title }) => title)).toEqual(["App scores lower than the rest"]);
});

test("the same answers seen by touchpoint and by channel are told once", () => {
  const interval = { low: 5, high: 15, evidence: "normal" as const, count: 100, weighted: null, label: null };
  const groupsOf = (name: string) => [
    { ...interval, value: name, score: -3, versusRest: { difference: -25, z: -5, p: 0.001, isDifferent: true } },
    ...["a", "b"].map((value) => ({ ...interval, value: `${name} ${value}`, score: 20, versusRest: { difference: 5, z: 1, p: 0.3, isDifferent: false } })),
  ];
  const breakdown = (by: "touchpoint" | "channel", name: string) => ({
    metric: "nps" as const, title: "", unit: "points" as const, hiddenGroups: 0, overlaps: false, asOf: "answer" as const, by, period: { from: "", to: "" }, scale: { min: 0, max: 10 }, otherScales: [], total: { score: 3, ...interval }, groups: groupsOf(name), groupsLeftOut: 0,
  });
  const told = describeChanges({
    summaries: [],
    isWeighted: false,
    groups: [
      { by: "touchpoint", breakdown: breakdown("touchpoint", "App start") },
      { by: "channel", breakdown: breakdown("channel", "app") },
    ],
  });
  expect(told.map(({ title }) => title)).toEqual(["App start scores lower than the rest"]);
});
