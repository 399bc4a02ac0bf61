import { expect, test } from "vitest";
import { firstWord, prove } from "./proof.ts";

test.each(["", "abc", "a".repeat(55), "a".repeat(56), "a".repeat(64), "x".repeat(300)])("the first word of the hash of %j is that of SHA-256", async (text) => {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  expect(firstWord(text)).toBe(new DataView(hash).getUint32(0));
});

test("a challenge is solved with the zero bits it asks for, anew for each response", async () => {
  const challenge = { text: "irrelevant", bits: 10 };

  const [one, other] = await Promise.all([prove(challenge, "1"), prove(challenge, "2")]);

  expect(createHash("sha256").update(`irrelevant:1:${one.counter}`).digest().readUInt16BE(0) >>> 6).toBe(0);
  expect(createHash("sha256").update(`irrelevant:2:${other.counter}`).digest().readUInt16BE(0) >>> 6).toBe(0);
  expect(one.counter).not.toBe(other.counter);
});
