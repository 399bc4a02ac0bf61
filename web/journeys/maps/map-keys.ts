import { useWindowKeys } from "../../ui/window-keys.ts";

type MapKeys = { undo: () => void; redo: () => void; help: () => void };

/** Keys that work anywhere on a map; letters only while nobody types. */
export const useMapKeys = (verbs: MapKeys, mayWrite: boolean): void => useWindowKeys((event) => actionOf(event, verbs, mayWrite));

const actionOf = ({ target, key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent, verbs: MapKeys, mayWrite: boolean): (() => void) | null => {
  // A field that is written in has an undo of its own.
  const isTyping = target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]") !== null;
  if (isTyping || altKey) return null;
  if (ctrlKey || metaKey) {
    if (!mayWrite) return null;
    if (key.toLowerCase() === "z") return shiftKey ? verbs.redo : verbs.undo;
    return key.toLowerCase() === "y" ? verbs.redo : null;
  }
  return key === "?" ? verbs.help : null;
};
