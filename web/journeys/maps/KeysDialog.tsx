import { modifier } from "../../ui/modifier.ts";
import { ShortcutDialog } from "../../ui/ShortcutDialog.tsx";
import { useTexts } from "../../ui/texts.ts";
import { mapTexts } from "./map.texts.ts";

/** Every key of a map. */
export const KeysDialog = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const t = useTexts(mapTexts);
  const shortcuts = [
    { keys: ["←", "→", "↑", "↓"], does: t("keyWalk") }, { keys: ["Home", "End"], does: t("keyEdge") }, { keys: ["Enter"], does: t("keyEnter") }, { keys: ["F2"], does: t("keyRename") }, { keys: ["Esc"], does: t("keyEscape") },
    { keys: ["Shift Enter"], does: t("keyLine") }, { keys: ["n"], does: t("keyAdd") }, { keys: ["a"], does: t("keyAlternative") }, { keys: ["Alt ← → ↑ ↓"], does: t("keyMove") }, { keys: ["Delete"], does: t("keyDelete") },
    { keys: [`${modifier}Z`], does: t("undo") }, { keys: [`${modifier}Shift Z`], does: t("redo") }, { keys: ["?"], does: t("keys") },
  ];
  return <ShortcutDialog title={t("keys")} shortcuts={shortcuts} isOpen={isOpen} onClose={onClose} />;
};
