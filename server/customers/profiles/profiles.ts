import type { Queryable } from "#platform/db";
import { strength } from "../identity/identifiers.rules.ts";
import { deleteProfiles, listHeldIdentifiers, upsertActivity, upsertProfiles, type HeldIdentifier, type ProfileWrite } from "./profiles.queries.ts";
import { listTraits, type TraitRow } from "./traits.queries.ts";
import { currentTraits, displayName, nameTraits } from "./traits.rules.ts";

/** Makes the profile and the activity of these customers anew from their identifiers, traits, facts and feelings.
 *  Customers that hold no identifier any more lose both.
 *  @param isFresh true when all are new, so that nothing older is to be looked up */
export const refreshProfiles = async (tx: Queryable, customerIds: readonly string[], isFresh = false): Promise<void> => {
  const ids = [...new Set(customerIds)];
  if (ids.length === 0) return;
  const held = Map.groupBy(await listHeldIdentifiers(tx, ids), (identifier) => identifier.customerId);
  const traits = Map.groupBy(await listTraits(tx, ids, nameTraits), (trait) => trait.customerId);
  const profiles = [...held].map(([customerId, identifiers]) => profileOf(customerId, identifiers, traits.get(customerId) ?? []));
  await upsertProfiles(tx, profiles);
  await upsertActivity(tx, profiles, !isFresh);
  await deleteProfiles(tx, ids.filter((id) => !held.has(id)));
};

/** The profile of somebody known by one identifier alone. */
export const strangerProfile = (identifier: HeldIdentifier): ProfileWrite => profileOf(identifier.customerId, [identifier], []);

const profileOf = (customerId: string, identifiers: readonly HeldIdentifier[], traits: readonly TraitRow[]): ProfileWrite => {
  const ranked = identifiers.toSorted((a, b) => strength(b.kind) - strength(a.kind));
  const strongest = ranked[0];
  const isAnonymous = strongest === undefined || strongest.kind === "anonymous";
  const said = new Map(
    currentTraits(traits.map((trait) => ({ ...trait, at: trait.at.getTime(), recordedAt: trait.recordedAt.getTime() }))).map((trait) => [trait.name, trait.value]),
  );
  const saidEmail = said.get("email");
  const email = ranked.find((identifier) => identifier.kind === "email")?.value ?? (typeof saidEmail === "string" ? saidEmail.slice(0, 254) : null);
  const name = displayName(said, email, strongest === undefined ? "" : fallbackName(strongest));
  // A visitor's random ids are found by their exact value; trigrams over them would only blow up the index.
  const words = [name, email ?? "", ...ranked.filter((identifier) => identifier.kind !== "anonymous").slice(0, 20).map((identifier) => identifier.value)];
  return { customerId, workspaceId: strongest?.workspaceId ?? "", isAnonymous, name, email, searchText: [...new Set(words)].join(" ").toLowerCase().slice(0, 1000) };
};

const fallbackName = (identifier: HeldIdentifier): string =>
  identifier.kind === "anonymous" ? `Visitor ${identifier.value.slice(0, 8)}` : identifier.value;
