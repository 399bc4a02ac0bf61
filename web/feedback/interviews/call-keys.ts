import { useEffect } from "react";

/** Calls `press` for a plain key while nobody is typing; says whether the key was meant. */
export const useCallKeys = (press: (key: string) => boolean): void => {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (press(event.key)) event.preventDefault();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [press]);
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest("input:not([type=radio]), textarea, select, [role=dialog], [role=menu], [role=listbox]") !== null);
