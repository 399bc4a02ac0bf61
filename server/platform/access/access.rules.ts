import type { Role } from "./access.contract.ts";

/** Who is asking, in which workspace, and what they may do there. */
export type Actor = {
  kind: "member" | "key" | "nobody";
  workspaceId: string;
  memberId: string | null;
  keyId: string | null;
  role: Role | null;
  abilities: ReadonlySet<string>;
};

export type AbilityDeclaration = { ability: string; feature: string; meaning: string; roles: readonly Role[] };

/** What a feature lets people do, and which roles may do it.
 *  @param declarations by ability name, `noun.verb`; the meaning is what an admin reads when choosing a key's scope */
export const defineAbilities = (
  feature: string,
  declarations: Record<string, { meaning: string; roles: readonly Role[] }>,
): AbilityDeclaration[] => Object.entries(declarations).map(([ability, { meaning, roles }]) => ({ ability, feature, meaning, roles }));

export const can = (actor: Actor, ability: string): boolean => actor.abilities.has(ability);

/** The actor of a request that carries no sign-in: may use public routes only. */
export const nobody: Actor = {
  kind: "nobody",
  workspaceId: "00000000-0000-0000-0000-000000000000",
  memberId: null,
  keyId: null,
  role: null,
  abilities: new Set(),
};
