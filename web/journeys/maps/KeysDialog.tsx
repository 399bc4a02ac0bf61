import { Kbd, Modal } from "@mantine/core";
import { modifier } from "../../ui/modifier.ts";
import { useTexts } from "../../ui/texts.ts";
import { mapTexts } from "./map.texts.ts";

/** Every key of a map. */
export const KeysDialog = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const t = useTexts(mapTexts);
  const lines = [
    { keys: ["←", "→", "↑", "↓"], does: t("keyWalk") }, { keys: ["Home", "End"], does: t("keyEdge") }, { keys: ["Enter"], does: t("keyEnter") }, { keys: ["F2"], does: t("keyRename") }, { keys: ["Esc"], does: t("keyEscape") },
    { keys: ["Shift Enter"], does: t("keyLine") }, { keys: ["n"], does: t("keyAdd") }, { keys: ["a"], does: t("keyAlternative") }, { keys: ["Alt ← → ↑ ↓"], does: t("keyMove") }, { keys: ["Delete"], does: t("keyDelete") },
    { keys: [`${modifier}Z`], does: t("undo") }, { keys: [`${modifier}Shift Z`], does: t("redo") }, { keys: ["?"], does: t("keys") },
  ];
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("keys")} size="sm">
      <dl className="shortcut-list">
        {lines.map(({ keys, does }) => (
          <div key={does}><dt>{does}</dt><dd>{keys.map((key) => <Kbd key={key} size="xs" ml={4}>{key}</Kbd>)}</dd></div>
        ))}
      </dl>
    </Modal>
  );
};
