import type { Role } from "../../platform/access/access.contract.ts";
import type { BoardAccess } from "./board-access.contract.ts";

/** Whom a board is of. */
export type Owned = BoardAccess & { ownerId: string | null };

/** Who looks: a member with the teams they are in today; a key, and whoever has left, is nobody. */
export type Seer = { memberId: string | null; role: Role | null; teamIds: readonly string[] };

/** Whether somebody sees a board, given that they may see boards at all. */
export const maySee = ({ seenBy, teams, roles, ownerId }: Owned, seer: Seer): boolean => {
  if (seenBy === "everybody") return true;
  if (seer.memberId === null) return false;
  if (seer.memberId === ownerId) return true;
  // A board of somebody who has left would else be lost.
  if (seenBy === "oneself") return ownerId === null && leads(seer);
  return leads(seer) || teams.some((team) => seer.teamIds.includes(team)) || roles.some((one) => one === seer.role);
};

/** Whether somebody changes it, or gives it outside, given that they may change boards at all. */
export const mayChange = (board: Owned, seer: Seer): boolean =>
  maySee(board, seer) && (board.changeableBy === "seers" || (seer.memberId !== null && seer.memberId === board.ownerId) || leads(seer));

/** Whether somebody says who sees it: whose it is, and owners and admins; of a board of nobody whoever may change it. */
export const maySetAccess = (board: Owned, seer: Seer): boolean =>
  mayChange(board, seer) && seer.memberId !== null && (board.ownerId === null || seer.memberId === board.ownerId || leads(seer));

const leads = ({ role }: Seer): boolean => role === "owner" || role === "admin";
