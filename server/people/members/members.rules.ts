import type { Role } from "../../platform/access/access.contract.ts";

const RANK: Record<Role, number> = { owner: 4, admin: 3, manager: 2, agent: 1, viewer: 0 };

/** Whether somebody may give a role, or change a member who has it: nobody reaches above themselves, and only owners make owners. */
export const mayGiveRole = (own: Role | null, given: Role): boolean => own !== null && RANK[own] >= RANK[given];
