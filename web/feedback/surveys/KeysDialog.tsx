import { modifier } from "../../ui/modifier.ts";
import { ShortcutDialog } from "../../ui/ShortcutDialog.tsx";
import { useTexts } from "../../ui/texts.ts";
import { builderTexts } from "./builder.texts.ts";

/** Every key of the builder. */
export const KeysDialog = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const t = useTexts(builderTexts);
  const shortcuts = [
    { keys: [`${modifier}Z`], does: t("undo") }, { keys: [`${modifier}Shift Z`], does: t("redo") }, { keys: ["a"], does: t("addQuestion") },
    { keys: ["Alt ↑", "Alt ↓"], does: t("keyMove") }, { keys: [`${modifier}D`], does: t("copyQuestion") }, { keys: ["Delete"], does: t("removeQuestion") },
    { keys: ["j", "k"], does: t("keyNext") }, { keys: ["e"], does: t("keyEdit") }, { keys: ["Esc"], does: t("keyBack") }, { keys: ["Enter"], does: t("keyOption") },
    { keys: [`${modifier}Enter`], does: t("publish") }, { keys: ["?"], does: t("keys") },
  ];
  return <ShortcutDialog title={t("keys")} shortcuts={shortcuts} isOpen={isOpen} onClose={onClose} />;
};
