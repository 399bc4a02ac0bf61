import { use, useEffect, useId } from "react";
import { DrawingContext } from "./map-drawing.ts";

/** Tells the open map of words that are written in a panel and not sent, so that they can still be read when the map is deleted meanwhile. */
export const useDraftWords = (words: string): void => {
  const drafts = use(DrawingContext)?.drafts;
  const id = useId();
  useEffect(() => {
    if (drafts === undefined || words.trim() === "") return undefined;
    drafts.set(id, words);
    return () => void drafts.delete(id);
  }, [drafts, id, words]);
};
