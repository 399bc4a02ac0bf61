import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { useLeaving } from "./leaving.ts";
import { afterTyping, shownText, unsavedText, type Written } from "./written.rules.ts";

const PAUSE_MS = 900;

/** A field of the drawing that saves itself: after a pause, when it is left, and when it goes away with its panel or the page, of which a removed field hears nothing. */
export const useWritten = (value: string, onSave: (now: string, was: string) => void) => {
  const [written, setWritten] = useState<Written>(null);
  const newest = useRef<Written>(null);
  const set = (next: Written): void => {
    newest.current = next;
    setWritten(next);
  };
  const save = (): void => {
    const unsaved = unsavedText(newest.current, value);
    if (unsaved !== null) onSave(unsaved.now, unsaved.was);
    set(null);
  };
  const latest = useRef(save);
  useEffect(() => void (latest.current = save));
  useLeaving(save);
  const saveLater = useDebouncedCallback(() => latest.current(), { delay: PAUSE_MS, flushOnUnmount: false });
  return {
    value: shownText(written, value),
    type: (now: string): void => {
      set(afterTyping(newest.current, value, now));
      saveLater();
    },
    save,
  };
};
