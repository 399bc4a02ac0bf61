import { useEffect } from "react";

type ListKeys = {
  /** Goes on or back in what is open; null while nothing is. */
  move: ((step: 1 | -1) => void) | null;
  /** Selects or unselects the row with this place. */
  select: (index: number) => void;
};

/** j and k walk through the list, or through what is open beside it; x selects the row in focus. */
export const useListKeys = ({ move, select }: ListKeys): void => {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === "j" || event.key === "k") {
        event.preventDefault();
        if (move === null) moveFocus(event.key === "j" ? "ArrowDown" : "ArrowUp");
        else move(event.key === "j" ? 1 : -1);
      }
      const index = Number(rowInFocus()?.dataset["index"] ?? Number.NaN);
      if (event.key === "x" && move === null && !Number.isNaN(index)) {
        event.preventDefault();
        select(index);
      }
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [move, select]);
};

// The table knows arrow keys, also beyond the rows that are drawn.
const moveFocus = (key: "ArrowDown" | "ArrowUp"): void => {
  const row = rowInFocus();
  if (row === null) document.querySelector<HTMLElement>("tr[data-index]")?.focus();
  else row.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
};

const rowInFocus = (): HTMLElement | null => (document.activeElement instanceof HTMLElement ? document.activeElement.closest<HTMLElement>("tr[data-index]") : null);

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest("input:not([type=checkbox]), textarea, select, [role=menu], [role=listbox]") !== null);
