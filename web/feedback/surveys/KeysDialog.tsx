import { Kbd, Modal } from "@mantine/core";
import { modifier } from "../../ui/modifier.ts";
import { useTexts } from "../../ui/texts.ts";
import { builderTexts } from "./builder.texts.ts";

/** Every key of the builder. */
export const KeysDialog = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const t = useTexts(builderTexts);
  const lines = [
    { keys: [`${modifier}Z`], does: t("undo") }, { keys: [`${modifier}Shift Z`], does: t("redo") }, { keys: ["a"], does: t("addQuestion") },
    { keys: ["Alt ↑", "Alt ↓"], does: t("keyMove") }, { keys: [`${modifier}D`], does: t("copyQuestion") }, { keys: ["Delete"], does: t("removeQuestion") },
    { keys: ["j", "k"], does: t("keyNext") }, { keys: ["e"], does: t("keyEdit") }, { keys: ["Esc"], does: t("keyBack") }, { keys: ["Enter"], does: t("keyOption") },
    { keys: [`${modifier}Enter`], does: t("publish") }, { keys: ["?"], does: t("keys") },
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
