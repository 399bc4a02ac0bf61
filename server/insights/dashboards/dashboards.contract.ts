import { z } from "zod";
import { presetName, split, tile, tileMetric, tilesMax } from "./tiles.contract.ts";

export const boardName = z.string().trim().min(1).max(80).regex(/^[^\p{Cc}\p{Cs}]*$/u, "a line of plain text");

const someone = z.object({ id: z.uuid(), name: z.string() }).nullable();

export const boardHead = z.object({
  id: z.uuid(),
  name: z.string(),
  tileCount: z.int(),
  version: z.int().describe("send it back with a change; who has an older one is refused"),
  createdAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
  changedBy: someone,
});
export type BoardHead = z.infer<typeof boardHead>;

export const board = boardHead.extend({ period: presetName, tiles: z.array(tile) }).meta({ id: "Board" });
export type Board = z.infer<typeof board>;

export const boardsReply = z.object({ items: z.array(boardHead).describe("in the order members gave them") });

export const createBoardBody = z.object({
  name: boardName.optional().describe("without it that of the template"),
  templateId: z.string().max(40).optional(),
  period: presetName.optional(),
  tiles: z.array(tile).max(tilesMax).optional().describe("instead of a template"),
});
export type CreateBoardBody = z.output<typeof createBoardBody>;

export const saveBoardBody = z.object({
  version: z.int().min(1).describe("of the board that was changed"),
  name: boardName.optional(),
  period: presetName.optional(),
  tiles: z.array(tile).max(tilesMax).optional(),
});
export type SaveBoardBody = z.output<typeof saveBoardBody>;

export const orderBody = z.object({ ids: z.array(z.uuid()).min(1).max(500).describe("in the order wanted; boards left out follow as they stood") });

export const template = z.object({ id: z.string(), name: z.string(), description: z.string(), tiles: z.array(tile) });
export type Template = z.infer<typeof template>;
const vocabulary = z.object({
  metrics: z.array(z.object({ key: tileMetric, name: z.string().nullable().describe("of a formula of the workspace's own") })).describe("what a tile can show"),
  splits: z.array(split).describe("what it can be split by, beside traits"),
});
export type Vocabulary = z.infer<typeof vocabulary>;

export const templatesReply = z.object({ items: z.array(template), ...vocabulary.shape });
