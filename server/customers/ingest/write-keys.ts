// Which workspace a write key belongs to, remembered for a moment: every event carries one.
import { findWriteKey } from "#people";
import type { Services } from "#platform/services";
import type { IdentityLimits } from "../identity/identifiers.rules.ts";
import { limitsOf } from "../identity/limits.ts";
import { ingestErrors } from "./ingest.errors.ts";

/** How long a revoked key may still be taken on other servers; the one that hears of it forgets at once. */
const REMEMBER_MS = 10_000;
const KEYS_MAX = 10_000;
const ASKING_MAX = 50;

/** Whose events a key brings, and which values name nobody in that workspace. */
export type Sender = { workspaceId: string; identity: IdentityLimits };
type Known = { sender: Sender | null; until: number };

/** Remembers the answers of `findWriteKey`, also that a key is unknown, so that a wrong key costs one query in ten seconds. */
export class WriteKeys {
  readonly #services: Services;
  readonly #known = new Map<string, Known>();
  readonly #asking = new Map<string, Promise<Sender | null>>();

  constructor(services: Services) {
    this.#services = services;
  }

  /** The sender at once when it is remembered; undefined: ask `find`. */
  remembered(key: string, now: number): Sender | null | undefined {
    const known = this.#known.get(key);
    return known !== undefined && known.until > now ? known.sender : undefined;
  }

  /** The sender a key belongs to; null when the key is unknown or revoked. Requests that come meanwhile share one query.
   *  @throws ingest_busy when strangers ask for many keys at once */
  async find(key: string, now: number): Promise<Sender | null> {
    if (!WRITE_KEY.test(key)) return null;
    const waiting = this.#asking.get(key);
    if (waiting !== undefined) return waiting;
    if (this.#asking.size >= ASKING_MAX) throw ingestErrors.refuse("ingest_busy", "Too many unknown write keys are being looked up. Try again in 1 s.");
    const asked = this.#ask(key, now);
    this.#asking.set(key, asked);
    try {
      return await asked;
    } finally {
      this.#asking.delete(key);
    }
  }

  forget(): void {
    this.#known.clear();
  }

  async #ask(key: string, now: number): Promise<Sender | null> {
    const workspaceId = (await findWriteKey(this.#services, key))?.workspaceId;
    const sender = workspaceId === undefined ? null : { workspaceId, identity: await limitsOf(this.#services.db, workspaceId) };
    if (this.#known.size >= KEYS_MAX) this.#known.clear();
    this.#known.set(key, { sender, until: now + REMEMBER_MS });
    return sender;
  }
}

const opened = new WeakMap<Services, WriteKeys>();

/** The one memory of write keys of this server, shared by the routes and the listener that empties it. */
export const writeKeysOf = (services: Services): WriteKeys => {
  const existing = opened.get(services);
  if (existing !== undefined) return existing;
  const keys = new WriteKeys(services);
  opened.set(services, keys);
  return keys;
};

const WRITE_KEY = /^fhw_[\w-]{20,100}$/;
