// Work that costs a visitor a moment and a sender of thousands of made-up answers his machine. No third party, no puzzle for people.
import { createHash, randomBytes } from "node:crypto";
import { signText, verifySignature } from "#platform/auth";
import { z } from "zod";

/** What the page solves: find a counter so that SHA-256 of `<text>:<response id>:<counter>` begins with `bits` zero bits. */
export type Challenge = { text: string; bits: number };

// About 8,000 hashes: a twentieth of a second on a desk, a fraction of one on a phone. The id of the response is hashed as well, so one challenge serves one page and each response costs anew.
const BITS = 13;
// A page may lie open over a weekend.
const VALID_MS = 3 * 86_400_000;
const Payload = z.tuple([z.uuid(), z.int(), z.int(), z.string()]);

/** A challenge for one page of a survey. Nothing is stored: the signature says that it is ours and until when it holds. */
export const makeChallenge = (given: { secret: string; surveyId: string; now: Date }): Challenge => {
  const payload = Buffer.from(JSON.stringify([given.surveyId, given.now.getTime() + VALID_MS, BITS, randomBytes(6).toString("base64url")])).toString("base64url");
  return { text: `${payload}.${signText(given.secret, signedText(payload))}`, bits: BITS };
};

/** Whether somebody worked for this response. */
export const isProven = (
  proof: { challenge: string; counter: number } | undefined,
  given: { secret: string; surveyId: string; responseId: string; now: Date },
): boolean => {
  const [payload = "", signature = ""] = (proof?.challenge ?? "").split(".");
  if (proof === undefined || payload === "" || !verifySignature(given.secret, signedText(payload), signature)) return false;
  const [surveyId, expiresAtMs, bits] = Payload.parse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  if (surveyId !== given.surveyId || expiresAtMs < given.now.getTime()) return false;
  const hash = createHash("sha256").update(`${proof.challenge}:${given.responseId}:${proof.counter}`).digest();
  return hash.readUInt32BE(0) >>> (32 - bits) === 0;
};

const signedText = (payload: string): string => `survey-challenge:${payload}`;
