import { expect, test } from "vitest";
import { firstWord, prove } from "./proof.ts";

/** The first 32 bits of the hash, by the browser's own function. */
const firstWordOf = async (text: string): Promise<number> => new DataView(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).getUint32(0);

test.each(["", "abc", "a".repeat(55), "a".repeat(56), "a".repeat(64), "x".repeat(300)])("the first word of the hash of %j is that of SHA-256", async (text) => {
  expect(firstWord(text)).toBe(await firstWordOf(text));
});

test("a challenge is solved with the zero bits it asks for, anew for each response", async () => {
  const challenge = { text: "irrelevant", bits: 10 };

  const [one, other] = await Promise.all([prove(challenge, "1"), prove(challenge, "2")]);

  expect((await firstWordOf(`irrelevant:1:${one.counter}`)) >>> 22).toBe(0);
  expect((await firstWordOf(`irrelevant:2:${other.counter}`)) >>> 22).toBe(0);
  expect(one.counter).not.toBe(other.counter);
});
