import { expect, test } from "vitest";
import { hidePersonal } from "./hidden.rules.ts";
import { TextEngine } from "./text-engine.ts";

test("a text that brings its reader down is hidden whole, and the others keep their readings", async () => {
  const engine = new TextEngine(new URL("./dying-reader.make.ts", import.meta.url));
  const texts = ["The parcel never arrived.", "die, says olga@example.com", "Mail ada@example.com", ""];

  const { readings } = await engine.read(texts, { correction: null, names: null });

  const shown = readings.map(({ personalData }, place) => hidePersonal({ text: texts[place] ?? "", personalData, highlights: [], mentions: [], marks: [], customer: null }).text);
  expect(shown).toEqual(["The parcel never arrived.", "[unread]", "Mail [email]", ""]);
  expect(readings.map(({ isUnsure, personalData }) => [isUnsure, personalData.map(({ kind }) => kind)])[1]).toEqual([true, ["unread"]]);
  await engine.close();
});

test("where all of a portion brings its reader down, nothing of it is shown", async () => {
  const engine = new TextEngine(new URL("./dying-reader.make.ts", import.meta.url));
  const texts = Array.from({ length: 12 }, (_, place) => `die ${place}`);

  const { readings } = await engine.read(texts, { correction: null, names: null });

  expect(readings.map(({ personalData }) => personalData)).toEqual(texts.map((text) => [{ kind: "unread", from: 0, to: text.length }]));
  await engine.close();
});

test("texts that stall their reader are hidden whole, and the others keep their readings", async () => {
  const engine = new TextEngine(new URL("./dying-reader.make.ts", import.meta.url), 300);
  const texts = Array.from({ length: 60 }, (_, place) => (place % 40 === 1 ? `stall, says olga@example.com ${place}` : `The parcel never arrived. ${place}`));

  const { readings } = await engine.read(texts, { correction: null, names: null });

  expect(readings.map(({ isUnread }) => isUnread === true)).toEqual(texts.map((text) => text.startsWith("stall")));
  expect(readings.filter(({ personalData: [hidden] }, place) => hidden?.kind === "unread" && hidden.from === 0 && hidden.to === texts[place]?.length)).toHaveLength(2);
  expect(readings.filter(({ sentiment }) => sentiment === "neg")).toHaveLength(58);
  await engine.close();
}, 60_000);

test("a long text in which the search goes on is no text that stalls", async () => {
  const engine = new TextEngine(undefined, 10_000);
  const text = "Call 1234567890, Mrs A. B-C, my name is x@y.example, IBAN DE12 3456. ".repeat(14_000);

  const { readings } = await engine.read([text, "The parcel never arrived."], { correction: null, names: null });

  expect(readings.map(({ isUnread }) => isUnread === true)).toEqual([false, false]);
  await engine.close();
}, 60_000);
