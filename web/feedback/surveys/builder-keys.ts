import { useWindowKeys } from "../../ui/window-keys.ts";

type BuilderKeys = { undo: () => void; redo: () => void; add: () => void; next: (step: -1 | 1) => void; edit: () => void; leave: () => void; publish: () => void; help: () => void };

/** Keys that work anywhere in the builder; letters only while nobody types. */
export const useBuilderKeys = (verbs: BuilderKeys): void => useWindowKeys((event) => actionOf(event, verbs));

const actionOf = (event: KeyboardEvent, verbs: BuilderKeys): (() => void) | null => {
  const { target, key, ctrlKey, metaKey, shiftKey, altKey } = event;
  const isInDialog = target instanceof HTMLElement && target.closest("[role=dialog], [role=menu], [role=listbox]") !== null;
  if ((ctrlKey || metaKey) && !altKey) {
    // Also while typing: the fields show the draft, so the browser's own undo would be one letter beside it.
    if (key.toLowerCase() === "z") return shiftKey ? verbs.redo : verbs.undo;
    if (key.toLowerCase() === "y") return verbs.redo;
    return key === "Enter" && !isInDialog ? verbs.publish : null;
  }
  if (altKey || ctrlKey || metaKey || isInDialog) return null;
  const isTyping = target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
  if (isTyping) return key === "Escape" ? verbs.leave : null;
  const letters: Readonly<Record<string, () => void>> = { a: verbs.add, j: () => verbs.next(1), k: () => verbs.next(-1), e: verbs.edit, "?": verbs.help };
  return Object.hasOwn(letters, key) ? (letters[key] ?? null) : null;
};
