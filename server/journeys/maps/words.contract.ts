import { z } from "zod";

export const wordsQuery = z.object({ customer: z.uuid() });

/** Where on a map words name a customer. In the history they stand although the map shows them no more. */
export const wordsPlace = z.enum(["map", "stage", "step", "lane", "card", "comment", "history"]);

export const wordsOnMap = z.object({
  mapId: z.uuid(),
  mapName: z.string(),
  place: wordsPlace,
  stepId: z.string().nullable().describe("the step the words stand at"),
  text: z.string().describe("empty for the history"),
});
export type WordsOnMap = z.infer<typeof wordsOnMap>;
