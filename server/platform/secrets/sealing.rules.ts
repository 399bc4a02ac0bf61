// How a secret becomes text that only the keys of this installation open, and only where it was put.
import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";

/** A key with the name that sealed texts carry, so that keys can change. */
export type SecretKey = { id: string; bytes: Buffer };
/** The first one seals, all open. */
export type SecretKeys = readonly [SecretKey, ...SecretKey[]];
export type Sealed = { sealed: string };
/** Plain text is a secret from before they were sealed, or one just typed in. */
export type StoredSecret = string | Sealed;
export type StoredSecrets = Readonly<Record<string, StoredSecret>>;
/** What a secret is for. Sealed for one place it opens in no other, whoever may copy it there. */
export type SecretPlace = { workspaceId: string; purpose: string };

export const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = "v1";

/** The key and its name, both from the text of the setting. The text has to be random, as nothing here makes guessing slow. */
export const keyFrom = (text: string): SecretKey => {
  const derive = (info: string, bytes: number): Buffer => Buffer.from(hkdfSync("sha256", text, "firsthand secrets", info, bytes));
  return { id: derive("id", 6).toString("base64url"), bytes: derive("key", 32) };
};

/** Seals with AES-256-GCM: `v1.<key>.<nonce, text and tag>`.
 *  @param nonce random, never used twice with a key; 96 random bits allow 2^32 of them (NIST SP 800-38D, 8.3) */
export const sealText = (key: SecretKey, given: { place: SecretPlace; name: string; text: string; nonce: Buffer }): Sealed => {
  const cipher = createCipheriv("aes-256-gcm", key.bytes, given.nonce);
  cipher.setAAD(placeText(given.place, given.name));
  const pieces = [given.nonce, cipher.update(given.text, "utf8"), cipher.final(), cipher.getAuthTag()];
  return { sealed: [VERSION, key.id, Buffer.concat(pieces).toString("base64url")].join(".") };
};

/** @returns null when none of the keys sealed it, it was changed, or it was sealed for another place */
export const openText = (keys: readonly SecretKey[], given: { place: SecretPlace; name: string; sealed: Sealed }): string | null => {
  const [version, , body = ""] = given.sealed.sealed.split(".");
  const key = keys.find(({ id }) => id === keyIdOf(given.sealed));
  const bytes = Buffer.from(body, "base64url");
  if (version !== VERSION || key === undefined || bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const opener = createDecipheriv("aes-256-gcm", key.bytes, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  opener.setAAD(placeText(given.place, given.name));
  opener.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([opener.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), opener.final()]).toString("utf8");
  } catch {
    return null;
  }
};

/** The name of the key that sealed it. */
export const keyIdOf = ({ sealed }: Sealed): string => sealed.split(".")[1] ?? "";

const placeText = ({ workspaceId, purpose }: SecretPlace, name: string): Buffer => Buffer.from(JSON.stringify([workspaceId, purpose, name]));
