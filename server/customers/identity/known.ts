import type { StoredIdentifier } from "./identifiers.queries.ts";

export type Known = Pick<StoredIdentifier, "id" | "kind" | "isBlocked">;
/** Of a device: its last run with one kind of identifier. Of other claims: known from its first time on. Times in ms. */
export type KnownClaim = { other: number; from: number; to: number };

const ENTRIES_MAX = 200_000;

/** What the resolver remembers between batches, so that what is known costs no round trip. Bounded: the older half is dropped. */
export class Memory {
  readonly identifiers = new Map<string, Known>();
  readonly claims = new Map<string, KnownClaim>();
  /** Customers of identifiers that were never anybody else's, by identifier. */
  readonly owners = new Map<number, string>();
  private generation = "";
  private batch = -1;

  /** Call at the start of each batch: forgets everything when anybody else changed identities since the last one. */
  follow(generation: string, batch: number): void {
    if (generation !== this.generation || batch !== this.batch + 1) this.forget();
    this.generation = generation;
    this.batch = batch;
    halve(this.identifiers);
    halve(this.claims);
    halve(this.owners);
  }

  /** After anything that may undo what was remembered, such as an error within a batch. */
  forget(): void {
    this.identifiers.clear();
    this.claims.clear();
    this.owners.clear();
    this.batch = -1;
  }
}

const halve = <Key>(map: Map<Key, unknown>): void => {
  if (map.size <= ENTRIES_MAX) return;
  let surplus = Math.floor(map.size / 2);
  for (const key of map.keys()) {
    if (surplus === 0) return;
    map.delete(key);
    surplus -= 1;
  }
};
