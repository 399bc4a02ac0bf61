import { registerSegmentUses } from "#customers";
import { listMapsForSegment } from "./maps.queries.ts";

/** Keeps a segment from being deleted while a map is drawn for it: nobody would be left on it. */
export const tellSegmentUses = async (): Promise<{ stop: () => Promise<void> }> => {
  registerSegmentUses(listMapsForSegment);
  return { stop: async () => undefined };
};
