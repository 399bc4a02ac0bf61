import { useCallback, useEffect, useRef, useState } from "react";
import { useTexts } from "../../ui/texts.ts";
import type { SavingState } from "./map-store.ts";
import { mapTexts } from "./map.texts.ts";

/** The one thing that is said aloud at a time. The count makes the same words again something new. */
export type Spoken = { words: string; count: number };

/** What a map tells those who listen: what was moved or taken back, and when its line to the server is lost and found, but not every saving. */
export const useSpoken = (saving: SavingState, waiting: number): [Spoken, (words: string) => void] => {
  const t = useTexts(mapTexts);
  const [spoken, setSpoken] = useState<Spoken>({ words: "", count: 0 });
  const say = useCallback((words: string) => setSpoken(({ count }) => ({ words, count: count + 1 })), []);
  const was = useRef(saving);
  const isTroubled = useRef(false);
  useEffect(() => {
    if (was.current === saving) return;
    was.current = saving;
    if (saving === "offline" && !isTroubled.current) say(t("keptHere", { count: waiting }));
    if (saving === "saved" && isTroubled.current) say(t("savedAgain"));
    if (saving !== "saving") isTroubled.current = saving !== "saved";
  }, [saving, waiting, say, t]);
  return [spoken, say];
};
