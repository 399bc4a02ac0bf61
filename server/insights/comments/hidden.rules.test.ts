import { expect, test } from "vitest";
import { hidePersonal } from "./hidden.rules.ts";

const customer = { id: "00000000-0000-4000-8000-000000000001", name: "Olga" };

test("personal data is told by its kind, what is marked moves with its words, and what touches it is marked no more", () => {
  const text = "Rude. Call 0123456 or write a@b.example about the tent";
  const span = (words: string) => ({ from: text.indexOf(words), to: text.indexOf(words) + words.length });
  const shown = hidePersonal({
    text,
    customer,
    personalData: [{ kind: "phone", ...span("0123456") }, { kind: "email", ...span("a@b.example") }],
    highlights: [{ about: "RIGHT", weight: 1, ...span("Rude") }, { about: "RIGHT", weight: 1, ...span("write a") }, { about: "RIGHT", weight: 1, ...span("or") }],
    mentions: [{ kind: "product", ...span("tent") }, { kind: "place", ...span("example") }],
    marks: [{ about: "mentions", kind: "product", ...span("tent") }],
  });

  const words = ({ from, to }: { from: number; to: number }): string => shown.text.slice(from, to);
  expect(shown.text).toBe("Rude. Call [phone] or write [email] about the tent");
  expect([shown.personalData.map(words), shown.highlights.map(words), shown.mentions.map(words), shown.marks, shown.customer]).toEqual([["[phone]", "[email]"], ["Rude", "or"], ["tent"], [], null]);
});

test("a comment without personal data stays as it is, but for whose it is", () => {
  const comment = { text: "Late again", customer, personalData: [], highlights: [{ about: "PROMISE" as const, weight: 1, from: 0, to: 4 }], mentions: [], marks: [] };
  expect(hidePersonal(comment)).toEqual({ ...comment, customer: null });
});
