import { z } from "zod";
import { role } from "../../platform/access/access.contract.ts";
import { board, boardHead } from "./dashboards.contract.ts";

export const boardAccess = z.object({
  seenBy: z.enum(["everybody", "chosen", "oneself"]).describe("everybody: all members, and keys, with dashboards.read; chosen: of these the teams and roles named; oneself: whoever it belongs to. Owners and admins of the workspace see those of teams and roles too"),
  teams: z.array(z.uuid()).max(100).default([]).describe("for `chosen`: whoever is in one of them today"),
  roles: z.array(role).max(10).default([]).describe("for `chosen`"),
  changeableBy: z.enum(["seers", "oneself"]).describe("seers: whoever sees it and has dashboards.edit; oneself: of these whoever it belongs to, and owners and admins. Who may not change it may not give it outside"),
});
export type BoardAccess = z.infer<typeof boardAccess>;

const owned = {
  access: boardAccess,
  owner: z.object({ id: z.uuid(), name: z.string() }).nullable().describe("whom it belongs to; null: nobody who is still here"),
  mayChange: z.boolean().describe("of whoever asks, beside the ability"),
  maySetAccess: z.boolean(),
};

export const ownedBoardHead = boardHead.extend(owned);
export type OwnedBoardHead = z.infer<typeof ownedBoardHead>;
export const ownedBoard = board.extend(owned);
export type OwnedBoard = z.infer<typeof ownedBoard>;
export const boardsReply = z.object({ items: z.array(ownedBoardHead).describe("those that may be seen, in the order members gave them") });
