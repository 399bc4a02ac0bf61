import { describe, expect, test } from "vitest";
import type { DemoOptions, DemoRecord } from "./demo-model.rules.ts";
import { junkIdentifiers, kioskIdentifiers } from "./demo-noise.rules.ts";
import { streamDemo } from "./demo-stream.rules.ts";
import { addToTruth, startTruth, type DemoTruth, type NpsCount } from "./demo-truth.rules.ts";

const now = Date.UTC(2026, 10, 21, 12);
const options: DemoOptions = { seed: 7, scale: 1, now };

const tell = (told: DemoOptions): { records: DemoRecord[]; truth: DemoTruth } => {
  const truth = startTruth(told);
  const seen = new Set<string>();
  const records: DemoRecord[] = [];
  for (const batch of streamDemo(told)) {
    addToTruth(truth, batch, seen, true);
    records.push(...batch.records);
  }
  return { records, truth };
};

const { records, truth } = tell(options);
const points = (count: NpsCount): number => (100 * (count.promoters - count.detractors)) / count.n;
const standardError = (count: NpsCount): number =>
  100 * Math.sqrt(((count.promoters + count.detractors) / count.n - (points(count) / 100) ** 2) / count.n);
const messages = records.flatMap(({ content }) => (content.record === "message" ? [content.message] : []));
const comments = records.flatMap(({ content }) => (content.record === "perception" && content.perception.text !== null ? [content.perception.text] : []));

describe("the stream of the demo company", () => {
  test("has the promised size", () => {
    expect(truth.counts.persons).toBe(2_500);
    expect(truth.counts.interactions).toBeGreaterThan(55_000);
    expect(truth.counts.interactions).toBeLessThan(70_000);
    const perceptions = Object.values(truth.counts.perceptions).reduce((sum, count) => sum + count, 0);
    expect(perceptions).toBeGreaterThan(5_500);
  });

  test("is the same for the same seed and another for another", () => {
    const small = { ...options, scale: 0.02 };
    expect(tell(small).records).toEqual(tell(small).records);
    expect(tell({ ...small, seed: 8 }).records).not.toEqual(tell(small).records);
  });

  test("lies within the year, in order of arrival", () => {
    expect(records.every((record) => record.at >= truth.period.from - 3_600_000 && record.at < now)).toBe(true);
    expect(records.every((record) => record.receivedAt >= record.at && record.receivedAt < now)).toBe(true);
    expect(records.every((record, index) => index === 0 || record.receivedAt >= (records[index - 1]?.receivedAt ?? 0))).toBe(true);
  });

  test("repeats some message ids and delays some messages", () => {
    const ids = new Set(messages.map((message) => message.messageId));
    const written = records.filter(({ content }) => content.record === "entry").length;
    expect(messages.length - ids.size).toBe(truth.counts.duplicates);
    expect(truth.counts.interactions).toBe(ids.size + written);
    expect(truth.counts.duplicates).toBeGreaterThan(200);
    expect(truth.counts.lateByAnHour).toBeGreaterThan(100);
  });

  test("keeps every message within the limits of the ingest", () => {
    expect(messages.every((message) => message.userId !== undefined || message.anonymousId !== undefined)).toBe(true);
    expect(messages.every((message) => message.type !== "track" || message.event !== undefined)).toBe(true);
    expect(messages.every((message) => message.messageId.length < 100 && JSON.stringify(message).length < 4_000)).toBe(true);
  });

  test("holds junk identifiers and kiosks that many people touch", () => {
    const used = new Set(messages.flatMap((message) => [`anonymous:${message.anonymousId}`, `user:${message.userId}`, `email:${message.traits?.["email"]}`]));
    for (const identifier of [...junkIdentifiers, ...kioskIdentifiers]) expect(used).toContain(identifier);
    expect(messages.filter((message) => message.anonymousId?.startsWith("kiosk-")).length).toBeGreaterThan(2_000);
  });
});

describe("the comments of the demo company", () => {
  test("hardly ever repeat", () => {
    expect(comments.length).toBeGreaterThan(1_500);
    expect(new Set(comments).size / comments.length).toBeGreaterThan(0.97);
  });

  test("come in five languages, a few per cent not English", () => {
    const { en = 0, ...others } = truth.counts.languages;
    const foreign = Object.values(others).reduce((sum, count) => sum + count, 0);
    expect(Object.keys(others).toSorted()).toEqual(["de", "es", "fr", "no"]);
    expect(foreign / (foreign + en)).toBeGreaterThan(0.02);
    expect(foreign / (foreign + en)).toBeLessThan(0.12);
  });

  test("leave no bracket, slot or double space behind", () => {
    expect(comments.filter((text) => /[[\]{}|]| {2}/.test(text))).toEqual([]);
  });

  test("speak of all six needs, well and badly", () => {
    for (const count of Object.values(truth.needs)) expect(Math.min(count.pos, count.neg)).toBeGreaterThan(5);
  });
});

const perceptions = records.flatMap(({ content }) => (content.record === "perception" ? [content.perception] : []));

describe("what the demo company asks besides scores", () => {
  const strike = truth.effects.find(({ key }) => key === "courier_strike");
  const inStrike = ({ at }: { at: string }): boolean => Date.parse(at) >= (strike?.from ?? 0) && Date.parse(at) < (strike?.to ?? 0) + 5 * 86_400_000;
  const share = (of: typeof perceptions, isIn: (choice: string | null) => boolean): number => of.filter(({ choice }) => isIn(choice)).length / of.length;

  test("tells of late parcels where couriers were on strike, and of being left in the dark", () => {
    const arrivals = perceptions.filter(({ question }) => question === "in_time");
    const marks = perceptions.filter(({ question }) => question === "informed");
    const isLate = (choice: string | null): boolean => choice === "late";
    const mean = (of: typeof perceptions): number => of.reduce((sum, { value }) => sum + (value ?? 0), 0) / of.length;
    expect(share(arrivals.filter(inStrike), isLate)).toBeGreaterThan(0.3);
    expect(share(arrivals.filter((one) => !inStrike(one)), isLate)).toBeLessThan(0.2);
    expect(new Set(arrivals.map(({ choice }) => choice))).toEqual(new Set(["earlier", "in_time", "late", "never"]));
    expect(mean(marks.filter(inStrike))).toBeLessThan(mean(marks.filter((one) => !inStrike(one))) - 0.5);
  });

  test("is answered beside the score of the same survey, each question once", () => {
    const scored = new Set(perceptions.filter(({ question, value }) => question === null && value !== null).map(({ answer }) => answer));
    const also = perceptions.filter(({ question }) => question !== null);
    expect(also.length).toBeGreaterThan(1_000);
    expect(also.filter(({ answer }) => !scored.has(answer))).toEqual([]);
    expect(new Set(perceptions.map(({ key }) => key)).size).toBe(perceptions.length);
  });
});

test("every review has the stars and words of its perceptions, and answers come after it", () => {
  const written = records.flatMap(({ content }) => (content.record === "entry" && content.entry.review !== undefined ? [{ ...content.entry.review, at: content.entry.timestamp }] : []));
  const said = Map.groupBy(perceptions.filter(({ source }) => source === "review"), ({ answer }) => answer);
  const found = written.map(({ key }) => said.get(key) ?? []);
  expect(written.map(({ stars, text }) => [stars, text])).toEqual(found.map((own) => [own.find(({ kind }) => kind === "stars")?.value, own.find(({ kind }) => kind === "comment")?.text ?? null]));
  expect(said.size).toBe(written.length);
  const answered = written.filter(({ answer }) => answer !== null);
  expect(answered.filter(({ answer, at }) => (answer?.at ?? "") <= at || Date.parse(answer?.at ?? "") >= now)).toEqual([]);
  expect(answered.filter(({ stars }) => stars <= 2).length / written.filter(({ stars }) => stars <= 2).length).toBeGreaterThan(0.4);
});

describe("the ground truth of the demo company", () => {
  test("the bad release lowers the score in the app by far more than chance", () => {
    const { before, during } = truth.badRelease;
    const fall = points(before.nps) - points(during.nps);
    expect(fall / Math.hypot(standardError(before.nps), standardError(during.nps))).toBeGreaterThan(2.6);
    expect(during.stars.sum / during.stars.n).toBeLessThan(before.stars.sum / before.stars.n - 1);
  });

  test("the price change keeps those who mind prices from buying, and only them", () => {
    const rate = (count: { bought: number; occasions: number }): number => count.bought / count.occasions;
    const { sensitiveBefore, sensitiveAfter, othersBefore, othersAfter } = truth.buying;
    expect(rate(sensitiveAfter)).toBeLessThan(rate(sensitiveBefore) * 0.85);
    expect(Math.abs(rate(othersAfter) / rate(othersBefore) - 1)).toBeLessThan(0.1);
  });

  test("promises are mostly kept, some late, some broken, the latest still open", () => {
    const { delivery, call_back: callBack } = truth.promises;
    expect(delivery.kept / delivery.made).toBeGreaterThan(0.75);
    for (const count of [delivery.late, delivery.broken, delivery.open, callBack.kept, callBack.broken]) expect(count).toBeGreaterThan(0);
    expect(delivery.kept + delivery.late + delivery.broken + delivery.open).toBe(delivery.made);
  });

  test("customers left for each of the reasons", () => {
    for (const count of Object.values(truth.left)) expect(count).toBeGreaterThan(8);
  });

  test("no identifier of one person is also another's", () => {
    const owners = new Map<string, string>();
    for (const person of truth.persons) {
      for (const identifier of person.identifiers) {
        expect([identifier, owners.get(identifier) ?? person.person]).toEqual([identifier, person.person]);
        owners.set(identifier, person.person);
      }
    }
    expect(owners.size).toBeGreaterThan(5_000);
  });

  test("most persons are tied together by the evidence, some devices never are", () => {
    const linked = truth.persons.reduce((sum, person) => sum + person.linkedIdentifiers.length, 0);
    const all = truth.persons.reduce((sum, person) => sum + person.identifiers.length, 0);
    expect(linked / all).toBeGreaterThan(0.6);
    expect(linked / all).toBeLessThan(1);
  });
});

test("a larger scale adds cohorts and leaves the first one as it was", () => {
  const persons = (scale: number): number => {
    const grown = startTruth({ ...options, scale });
    for (const batch of streamDemo({ ...options, scale })) grown.counts.persons += batch.persons.length;
    return grown.counts.persons;
  };
  const first = streamDemo({ ...options, scale: 2 }).find((batch) => batch.records.length > 0);
  expect(first?.records.slice(0, 50)).toEqual(records.slice(0, 50));
  expect(persons(2)).toBe(5_000);
});
