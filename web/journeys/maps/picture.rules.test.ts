import type { MapDocument } from "@firsthand/server/journeys/maps/document.contract";
import type { OverlayReply, OverlayStep } from "@firsthand/server/journeys/overlays/overlays.contract";
import { describe, expect, test } from "vitest";
import { columnsOf } from "./grid.rules.ts";
import { emptyCard, emptyStep } from "./parts.rules.ts";
import { drawPicture, type PictureGiven } from "./picture.rules.ts";
import { escaped, type Measure, wrap } from "./picture-text.rules.ts";
import { pictureWords, saidInLane, saidOfCustomer } from "./picture-words.ts";

const lane = { id: "lane1", kind: "pains", name: "Pain points" } as const;
const map: MapDocument = {
  stages: [{ id: "find", name: "Find" }],
  steps: [
    { ...emptyStep("look", "find", "Look"), matches: [{ touchpoint: "Home page", channel: null }], isMomentOfTruth: true, nextWithinHours: 2, designed: { before: null, during: 1, after: null } },
    { ...emptyStep("read", "find", "Read"), isOptional: true }, { ...emptyStep("cart", "find", "Cart"), matches: [{ touchpoint: "Cart", channel: null }] },
  ],
  lanes: [lane],
  cards: [{ ...emptyCard("card1", "look", lane), text: "a & b <script>", feeling: -1 }, { ...emptyCard("card2", "look", lane), fileId: "photo1" }, { ...emptyCard("card3", "cart", lane), fileId: "photo2", text: "Sign" }],
  measured: ["volume", "feeling", "time", "effort", "needs", "promises", "words"],
};
const estimate = { mean: 0.5, low: 0.2, high: 0.8, count: 40 };
// What no picture shows.
const unsure = { low: null, high: null, lowSeconds: null, highSeconds: null, count: 0 };
const heard = { voices: 0, customers: 0 };
const look: OverlayStep = {
  stepId: "look", isBound: true, sharesWith: [], interactions: 90, customers: 60, share: 0.75, evidence: "measured", designed: { before: null, during: 0.5, after: null },
  feeling: { measured: estimate, inferred: { ...estimate, mean: -0.5, modelVersions: [] }, assumed: null }, effort: { kind: "repeats", perCustomer: 1.5, ...unsure },
  needs: [{ need: "EASY", met: 1, unmet: 4, mixed: 0, ...heard }, { need: "INFORM", met: 3, unmet: 0, mixed: 0, ...heard }],
  words: ["Slow", "Quick", "Fine"].map((text, place) => ({ perceptionId: String(place), text, at: "2026-06-01T12:00:00Z", customerId: null, customerName: null, feeling: place - 1, isInferred: true })),
  next: { stepId: "cart", ways: [], customers: 30, medianSeconds: 7_200, share: 0.5, ...unsure }, withinPlanned: 0.9, promises: { kept: 3, broken: 1, ...heard }, failures: { interactions: 9, customers: 7, share: 0.1 },
};
const overlay: OverlayReply = {
  period: { from: "2026-05-01T00:00:00Z", to: "2026-06-01T00:00:00Z" }, segments: [], fromMs: 0, toMs: 1, customers: 80, sampledShare: 1, forks: [], viewpoint: "everyone", comparison: [], against: null,
  steps: [look, { ...look, stepId: "cart", customers: 30, next: null, effort: null, needs: [], words: [], promises: null, failures: null, feeling: { measured: null, inferred: null, assumed: null } }],
  customer: {
    id: "ann", name: "Ann Lee", isCut: false,
    entries: [{ id: "1", record: "interaction", at: "2026-06-01T12:00:00Z", stepIds: ["look"], failureOf: [], name: "Home", touchpoint: "Home page", channel: null, kind: null, feeling: null, isInferred: false, text: null }],
  },
};
const account = { id: "a", customerId: "ann", customerName: "Ann Lee", stepId: "look", phase: "before", feeling: -2, motivation: "In a hurry", evidence: "told", at: "2026-06-01T12:00:00Z", isOnTimeline: true, memberName: null, changedAt: "2026-06-01T12:00:00Z" } as const;
const paint = { ink: "#000", ink2: "#000", ink3: "#000", surface: "#fff", bg: "#fff", line: "#ccc", brand: "#00f", pro: "#080", det: "#800", warn: "#860", proSoft: "#efe", detSoft: "#fee" };
const measure: Measure = (text, { size, weight }) => text.length * size * (weight > 400 ? 0.55 : 0.5);
const given = (document = map): PictureGiven => ({
  name: "Map", subtitle: "Everybody", persona: null, document, columns: columnsOf(document), steps: new Map(overlay.steps.map((step) => [step.stepId, step])), second: new Map(), paint, measure,
  photos: new Map([["photo1", { href: "data:image/jpeg;base64,AQI=", widthPx: 300, heightPx: 150 }]]),
  saidIn: (measured, step) => saidInLane(measured, step, document, overlay), customer: { name: "Ann Lee", saidAt: (stepId) => saidOfCustomer(stepId, overlay, [account]) }, words: pictureWords(1),
});
const wordsOf = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = ""]) => text);

describe("the picture of a map", () => {
  const { svg, width, height } = drawPicture(given());
  const said = wordsOf(svg).join("|");

  test("holds every word, and none of it as markup", () => {
    expect(svg).toContain("a &amp; b &lt;script&gt;");
    expect(svg).not.toContain("<script>");
    expect(width).toBe(130 + 3 * 190 + 1 + 48);
    const long = wordsOf(drawPicture({ ...given(), name: "Buying a bicycle and everything that goes along with it before, during and after" }).svg);
    expect(long.slice(0, 3)).toEqual(["Buying a bicycle and everything that goes along with it before,", "during and after", "Everybody"]);
  });

  test.each([
    ["how many came and what failed", "Customers|60|75% of all|7 met a failure"],
    ["the time to the next step", "Time to next|2.0 h|to Cart, 50% go on|90% within 2.0 h"],
    ["effort", "Effort|1.5×|times per customer"],
    ["needs", "Needs|Easy: 4 unmet, 1 met|Informed: 0 unmet, 3 met"],
    ["promises", "Promises|75%|kept of 4"],
    ["words", "“Slow”|Very bad · Jun 1|“Quick”|Neither good nor bad · Jun 1|1 more"],
    ["the customer laid on it", "Ann Lee|Jun 1, 12:00 PM · Home page|before · Very bad · In a|hurry · Told by a customer"],
    ["what is only drawn, and optional", "Read|only drawn · optional"],
    ["how sure cards are", "&lt;script&gt;|Bad · Assumed"],
    ["what the marks mean", "Measured|Read in text|Assumed|As designed|Moment of truth"],
    ["what it leaves out", "on the map alone. 1 photo could not be drawn."],
  ])("shows %s", (_, expected) => {
    expect(said).toContain(expected);
  });

  test("says why there are no words for whoever may not read them", () => {
    const said = (mayQuote: boolean): string => wordsOf(drawPicture({ ...given(), saidIn: (lane, step) => saidInLane(lane, step, map, overlay, mayQuote) }).svg).join(" ");
    expect([said(true), said(false)].map((text) => [text.includes("“Slow”"), text.includes("does not show")])).toEqual([[true, false], [false, true]]);
  });

  test("names the persona it is drawn for with a picture, or its initials, and its story", () => {
    const persona = { initials: "AL", story: "Calls first.", photo: null };
    const drawn = drawPicture({ ...given(), persona });
    expect([drawn.svg.match(/<circle cx="22" cy="22"/g)?.length, wordsOf(drawn.svg).slice(0, 4)]).toEqual([1, ["AL", "Map", "Everybody", "Calls first."]]);
    const face = drawPicture({ ...given(), persona: { ...persona, photo: { href: "data:image/jpeg;base64,FACE", widthPx: 40, heightPx: 40 } } });
    expect([face.svg.includes('clip-path="url(#persona)" preserveAspectRatio="xMidYMid slice" href="data:image/jpeg;base64,FACE"'), wordsOf(face.svg).includes("AL")]).toEqual([true, false]);
  });

  test("marks moments of truth, draws photos, and names those that are missing", () => {
    expect(svg.match(/<polygon/g)).toHaveLength(2);
    expect(svg.match(/<image [^>]*href="data:image\/jpeg;base64,AQI="/g)).toHaveLength(1);
    expect(said).toContain("Sign [Photo]");
  });

  test("draws each feeling by how it is known, the interval, and what is compared", () => {
    // One disc and one diamond of the data, one of each in the legend; two squares there alone.
    expect([svg.match(/<circle/g)?.length, svg.match(/opacity="0.18"/g)?.length, svg.match(/stroke-dasharray="2 3"/g)]).toEqual([2, 1, null]);
    const compared = drawPicture({ ...given(), second: new Map(overlay.steps.map((step) => [step.stepId, step])) }).svg;
    expect(compared.match(/stroke-dasharray="2 3"/g)).toHaveLength(2);
    expect(wordsOf(compared)).toContain("Compared with");
  });

  test("says in every lane how it differs from what it is compared with, as the map does", () => {
    const sure = { difference: 0.125, low: 0.1, high: 0.15, isSignificant: true };
    const comparison = [{ stepId: "look", share: sure, feeling: null, effort: { ...sure, difference: 1 }, promises: { ...sure, isSignificant: false }, time: { ...sure, difference: -3_600 }, withinPlanned: sure, needs: [{ need: "EASY" as const, unmet: sure }] }];
    const [step] = map.steps;
    const saidOf = (lane: "volume" | "time" | "effort" | "needs" | "promises") =>
      (step === undefined ? [] : saidInLane(lane, step, map, { ...overlay, comparison })).filter(({ text }) => /points|[+−]\d/.test(text)).map(({ text, as }) => `${text} ${as}`);
    expect([saidOf("volume"), saidOf("time"), saidOf("effort"), saidOf("needs"), saidOf("promises")]).toEqual([
      ["+12.5 points quiet"], ["−60 min quiet", "+12.5 points good"], ["+1.0× bad"], ["+12.5 points bad"], ["≈ +12.5 points quiet"],
    ]);
  });

  test("grows with what it holds, and is as tall as its last line", () => {
    const bare = drawPicture({ ...given({ ...map, measured: [], lanes: [], cards: [] }), customer: null });
    expect(bare.height).toBeLessThan(height);
    const lowest = Math.max(...[...svg.matchAll(/<text x="[\d.]+" y="([\d.]+)"/g)].map(([, y]) => Number(y)));
    expect(height - lowest).toBeLessThan(60);
  });

  test("keeps long names of stages within their stage", () => {
    const stages = [{ id: "find", name: "Before anybody has ever heard of us at all" }, { id: "none", name: "Next" }];
    const names = wordsOf(drawPicture(given({ ...map, stages, steps: map.steps.slice(0, 1), measured: [], lanes: [], cards: [] })).svg);
    expect(names).toContain("Before anybody has ever");
    expect(names).toContain("heard of us at all");
  });
});

describe("texts of a picture", () => {
  const tenWide = (text: string): string[] => wrap(text, 10, { size: 1, weight: 400 }, (part) => part.length);

  test.each<[string, string[]]>([
    ["", [""]],
    ["one two three four", ["one two", "three four"]],
    ["お客様がお店に来て商品を見る", ["お客様がお店に来て商", "品を見る"]],
    ["see https://shop.example/a now", ["see", "https://sh", "op.example", "/a now"]],
    ["👩‍👩‍👧‍👦👩‍👩‍👧‍👦", ["👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"]],
  ])("%j is parted where it has to be", (text, lines) => {
    expect(tenWide(text)).toEqual(lines);
  });

  test("of thousands of signs without a blank are parted at once", () => {
    const before = performance.now();
    expect(wrap("漢".repeat(20_000), 100, { size: 10, weight: 400 }, measure)).toHaveLength(1_000);
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  test("lose what no picture can hold: control characters and halves of signs", () => {
    expect(escaped("a\u0001b\ud83dc\ufffe \u{1f600}\t\u0085")).toBe("a\ufffdb\ufffdc\ufffd \u{1f600}\t\u0085");
    const { svg } = drawPicture(given({ ...map, stages: [{ id: "find", name: "Bell \u0007 and half \ud83d" }] }));
    expect(svg).not.toMatch(/\p{Cs}/u);
    expect(svg).not.toContain("\u0007");
  });
});
