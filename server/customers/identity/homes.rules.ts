import { defaultLimits, strength } from "./identifiers.rules.ts";

/** `home`: the customer id this identifier brings with it, so that a part split off gets its old id back. */
export type HomeNode = { id: string; kind: string; home: string | null };
export type Settlement = { customerId: string; homes: readonly { identifierId: string; home: string | null }[] };

/** Which customer id a component goes by. The strongest, then oldest identifier that brings one decides; the strongest of all takes
 *  it over when it has none, so that a person keeps the id when a device is pulled off.
 *  @param newId called only when no member brings an id
 *  @param priority of kinds in this workspace
 *  @returns the id and the homes that change */
export const settleCustomer = (members: readonly HomeNode[], newId: () => string, priority: readonly string[] = defaultLimits.priority): Settlement => {
  const ranked = [...members].sort((a, b) => strength(b.kind, priority) - strength(a.kind, priority) || age(a.id) - age(b.id));
  const principal = ranked[0];
  const holder = ranked.find((member) => member.home !== null);
  if (principal === undefined) throw new Error("A component has at least one identifier.");
  if (holder === undefined || holder.home === null) {
    const customerId = newId();
    return { customerId, homes: [{ identifierId: principal.id, home: customerId }] };
  }
  if (holder === principal) return { customerId: holder.home, homes: [] };
  return {
    customerId: holder.home,
    homes: [{ identifierId: holder.id, home: null }, { identifierId: principal.id, home: holder.home }],
  };
};

// Identifier ids are counted up, so the smaller one is the older one.
const age = (id: string): number => Number(id);
