import { randomBytes } from "node:crypto";
import { NONCE_BYTES, keyIdOf, openText, sealText } from "./sealing.rules.ts";
import type { Sealed, SecretKeys, SecretPlace, StoredSecret, StoredSecrets } from "./sealing.rules.ts";

/** `message` may be shown to members: it names the secrets, never what they are. */
export type Opened = { ok: true; values: Readonly<Record<string, string>> } | { ok: false; message: string };

/** Seals the secrets that must be used again (others are hashed), and opens them where they are used. */
export type Secrets = {
  seal: (place: SecretPlace, values: Readonly<Record<string, string>>) => Record<string, Sealed>;
  /** All or none. Plain texts are given back as they are. */
  open: (place: SecretPlace, stored: StoredSecrets) => Opened;
  /** Whether the key of today sealed all of them. */
  isSealed: (stored: StoredSecrets) => boolean;
};

export const createSecrets = (keys: SecretKeys): Secrets => {
  const [key] = keys;
  const openOne = (place: SecretPlace, name: string, stored: StoredSecret): string | null =>
    (typeof stored === "string" ? stored : openText(keys, { place, name, sealed: stored }));
  return {
    seal: (place, values) => Object.fromEntries(Object.entries(values).map(([name, text]) => [name, sealText(key, { place, name, text, nonce: randomBytes(NONCE_BYTES) })])),
    open: (place, stored) => {
      const opened = Object.entries(stored).map(([name, secret]) => ({ name, text: openOne(place, name, secret) }));
      const lost = opened.flatMap(({ name, text }) => (text === null ? [name] : []));
      if (lost.length > 0) return { ok: false, message: lostText(lost) };
      return { ok: true, values: Object.fromEntries(opened.map(({ name, text }) => [name, text ?? ""])) };
    },
    isSealed: (stored) => Object.values(stored).every((secret) => typeof secret !== "string" && keyIdOf(secret) === key.id),
  };
};

const lostText = (names: readonly string[]): string =>
  `What was kept for ${names.join(" and ")} cannot be opened: this installation no longer has the key that sealed it. Enter it again, or give the installation its earlier SECRET_KEY.`;
