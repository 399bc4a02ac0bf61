export { can, defineAbilities, nobody } from "./access.rules.ts";
export { ROLES } from "./access.contract.ts";
export type { AbilityDeclaration, Actor } from "./access.rules.ts";
export type { Role } from "./access.contract.ts";
