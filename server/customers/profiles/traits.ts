import type { Queryable } from "#platform/db";
import { listCustomersHolding } from "../identity/holders.queries.ts";
import type { Identifier } from "../identity/identifiers.rules.ts";
import { fieldsOf } from "../identity/messages.rules.ts";
import { insertTraits, type NewTrait } from "./traits.queries.ts";
import { keptTraits, nameTraits } from "./traits.rules.ts";

type SaidTraits = {
  row: { id: string; type: string; at: Date; source: string; message: unknown };
  identity: { identifiers: readonly Identifier[] };
};

const shown: ReadonlySet<string> = new Set(nameTraits);

/** Keeps the traits of identify messages under the strongest identifier each came with.
 *  @returns customers whose name or address may show differently now */
export const noteTraits = async (
  tx: Queryable,
  said: readonly SaidTraits[],
  known: (identifier: Identifier) => { id: number; isBlocked: boolean } | undefined,
): Promise<string[]> => {
  const entries = new Map<string, Omit<NewTrait, "prior">[]>();
  for (const { row, identity } of said) {
    const [strongest] = identity.identifiers;
    const identifier = row.type === "group" || strongest === undefined ? undefined : known(strongest);
    if (identifier === undefined || identifier.isBlocked) continue;
    for (const [name, value] of keptTraits(fieldsOf(row.message, "traits"))) {
      const key = `${identifier.id} ${name}`;
      const entry = { identifierId: identifier.id, name, value, at: row.at, source: row.source, interactionId: row.id };
      entries.set(key, [...(entries.get(key) ?? []), entry]);
    }
  }
  const traits = [...entries.values()].flatMap(withPrior);
  const added = await insertTraits(tx, traits);
  if (added === 0) return [];
  const renamed = traits.filter((trait) => shown.has(trait.name)).map((trait) => trait.identifierId);
  return renamed.length === 0 ? [] : listCustomersHolding(tx, [...new Set(renamed)]);
};

const withPrior = (entries: readonly Omit<NewTrait, "prior">[]): NewTrait[] => {
  const sorted = entries.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return sorted.flatMap((entry, index) => {
    const prior = sorted[index - 1];
    return prior?.value === entry.value ? [] : [{ ...entry, prior: prior === undefined ? null : { value: prior.value, at: prior.at } }];
  });
};
