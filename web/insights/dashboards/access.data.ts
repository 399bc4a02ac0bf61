import type { BoardAccess, OwnedBoard } from "@firsthand/server/insights/dashboards/board-access.contract";
import { api } from "../../shell/api.ts";
import { refreshBoards } from "./dashboards.data.ts";

export type Access = BoardAccess;

export const seers = ["everybody", "chosen", "oneself"] as const satisfies readonly Access["seenBy"][];
/** Owners and admins see boards of teams and roles anyway. */
export const roleNames = ["manager", "agent", "viewer"] as const satisfies readonly Access["roles"][number][];

export const setAccess = async (id: string, access: Access): Promise<void> => {
  await api.put<OwnedBoard>(`/api/dashboards/${id}/access`, access);
  await refreshBoards();
};
