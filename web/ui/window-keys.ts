import { useEffect } from "react";

/** Keys that work anywhere on a screen. They come before those of the whole product, which know less.
 *  @param actionOf what a key does; null where it is none of these */
export const useWindowKeys = (actionOf: (event: KeyboardEvent) => (() => void) | null): void => {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const act = actionOf(event);
      if (act === null) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      act();
    };
    window.addEventListener("keydown", press, { capture: true });
    return () => window.removeEventListener("keydown", press, { capture: true });
  }, [actionOf]);
};
