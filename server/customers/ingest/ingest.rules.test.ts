import { describe, expect, test } from "vitest";
import { clean, correctTime, isTooDeep, isTooLarge, needsCleaning, readIdentifier, readTime } from "./ingest.rules.ts";

const at = (text: string): number => Date.parse(text);

describe("the time of an event", () => {
  const received = at("2026-05-04T10:00:05Z");
  const cases: [string, number | null, number | null, number][] = [
    ["a slow clock is corrected by the span between event and sending", at("2026-05-04T08:59:50Z"), at("2026-05-04T09:00:00Z"), at("2026-05-04T09:59:55Z")],
    ["a fast clock is corrected too", at("2026-05-04T11:59:50Z"), at("2026-05-04T12:00:00Z"), at("2026-05-04T09:59:55Z")],
    ["without a time of sending the event's time stands", at("2026-05-04T08:59:50Z"), null, at("2026-05-04T08:59:50Z")],
    ["a clock less than a second off counts as right", at("2026-05-04T09:30:00Z"), received + 999, at("2026-05-04T09:30:00Z")],
    ["a clock a second off does not", at("2026-05-04T09:30:00Z"), received + 1000, at("2026-05-04T09:29:59Z")],
    ["the future is clamped to the arrival", at("2026-05-04T12:00:00Z"), null, received],
    ["an event after its own sending is clamped to the arrival", at("2026-05-04T09:00:10Z"), at("2026-05-04T09:00:00Z"), received],
    ["an old date keeps its date", at("1998-02-03T04:05:06Z"), null, at("1998-02-03T04:05:06Z")],
    ["an event without a time happened when it arrived", null, at("2026-05-04T09:00:00Z"), received],
  ];
  test.each(cases)("%s", (_title, original, sent, expected) => {
    expect(new Date(correctTime(original, sent, received)).toISOString()).toBe(new Date(expected).toISOString());
  });
});

describe("a written time", () => {
  const readable: [unknown, string][] = [
    ["2026-05-04T10:00:05.123Z", "2026-05-04T10:00:05.123Z"],
    ["2026-05-04T10:00:05Z", "2026-05-04T10:00:05.000Z"],
    ["2026-05-04T10:00:05.123456Z", "2026-05-04T10:00:05.123Z"],
    ["2026-05-04T10:00:05,5Z", "2026-05-04T10:00:05.500Z"],
    ["2026-05-04T12:00:05+02:00", "2026-05-04T10:00:05.000Z"],
    ["2026-05-04T12:00:05+0200", "2026-05-04T10:00:05.000Z"],
    ["2026-05-04T12:00:05+02", "2026-05-04T10:00:05.000Z"],
    ["2026-05-04T10:00:05", "2026-05-04T10:00:05.000Z"],
    ["2026-05-04 10:00", "2026-05-04T10:00:00.000Z"],
    ["2026-05-04", "2026-05-04T00:00:00.000Z"],
    ["Mon May 04 2026 12:00:05 GMT+0200 (CEST)", "2026-05-04T10:00:05.000Z"],
    [1777888805000, "2026-05-04T10:00:05.000Z"],
    [1777888805, "2026-05-04T10:00:05.000Z"],
    ["1777888805000", "2026-05-04T10:00:05.000Z"],
    [0, "1970-01-01T00:00:00.000Z"],
  ];
  test.each(readable)("%s is read", (value, expected) => {
    const time = readTime(value);
    expect(typeof time === "number" ? new Date(time).toISOString() : time).toBe(expected);
  });
  test.each([undefined, null, ""])("%s is no time", (value) => {
    expect(readTime(value)).toBeNull();
  });
  test.each(["yesterday", "foo 1", "2026-13-04", "0001-01-01T00:00:00Z", "2026-05-04T10:00:00 or 1=1", true, {}, [], Number.NaN, 1e300])("%s is refused", (value) => {
    expect(readTime(value)).toBeUndefined();
  });
});

describe("an identifier", () => {
  const cases: [unknown, string | null | undefined][] = [
    ["42", "42"],
    [" 42 ", "42"],
    [42, "42"],
    [0, "0"],
    ["null", "null"],
    ["", null],
    ["  ", null],
    [null, null],
    [undefined, null],
    [{}, undefined],
    [["42"], undefined],
    ["x".repeat(512), "x".repeat(512)],
    ["x".repeat(513), undefined],
  ];
  test.each(cases)("%s reads as %s", (value, expected) => {
    expect(readIdentifier(value)).toBe(expected);
  });
});

describe("cleaning", () => {
  const cleaned = (json: string): unknown => {
    expect(needsCleaning(json)).toBe(true);
    return clean(JSON.parse(json));
  };
  test("replaces NUL characters and lone surrogates in values and names", () => {
    expect(cleaned(String.raw`{"a\u0000":"b\u0000c","d":["\ud83d","\ud83d\ude00"]}`)).toEqual({ "a\uFFFD": "b\uFFFDc", d: ["\uFFFD", "😀"] });
  });
  test("drops __proto__, also when it is written with escapes", () => {
    const copy = cleaned(String.raw`{"__proto__":{"isAdmin":true},"\u005f_proto__":{"isAdmin":true},"a":{"__proto__":1,"constructor":{"prototype":2}}}`);
    expect(JSON.stringify(copy)).toBe('{"a":{"constructor":{"prototype":2}}}');
    expect(Object.hasOwn({}, "isAdmin")).toBe(false);
  });
  test("is not needed for ordinary text", () => {
    expect(needsCleaning('{"name":"Zoë 😀 <script>"}')).toBe(false);
  });
});

describe("limits", () => {
  const nested = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`);
  test("an event may be 32 levels deep and no deeper", () => {
    expect(isTooDeep(nested(32))).toBe(false);
    expect(isTooDeep(nested(33))).toBe(true);
  });
  test("a hundred thousand levels do not exhaust the stack", () => {
    expect(isTooDeep(nested(100_000))).toBe(true);
    expect(JSON.stringify(clean(nested(100_000))).length).toBeLessThan(1000);
  });
  test("an event may have 32 KB, counted in bytes", () => {
    expect(isTooLarge("x".repeat(32 * 1024))).toBe(false);
    expect(isTooLarge("x".repeat(32 * 1024 + 1))).toBe(true);
    expect(isTooLarge("é".repeat(16 * 1024))).toBe(false);
    expect(isTooLarge("é".repeat(16 * 1024 + 1))).toBe(true);
  });
});
