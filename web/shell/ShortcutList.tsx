import { Kbd, Modal } from "@mantine/core";
import { useTexts } from "../ui/texts.ts";
import { navigationFor } from "./composition.ts";
import { useSession } from "./session.data.ts";
import { shellTexts } from "./shell.texts.ts";
import { modifier } from "../ui/modifier.ts";

export const ShortcutList = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const t = useTexts(shellTexts);
  const { abilities } = useSession();
  const places = navigationFor(abilities).flatMap(({ entries }) => entries.filter(({ key }) => key !== undefined));
  const lines: { keys: string[]; does: string }[] = [
    { keys: [`${modifier}K`], does: t("shortcutPalette") },
    { keys: ["/"], does: t("shortcutSearch") },
    { keys: ["t"], does: t("shortcutTheme") },
    { keys: ["?"], does: t("shortcutList") },
    { keys: ["Esc"], does: t("shortcutClose") },
    ...places.map(({ key, label }) => ({ keys: ["g", key ?? ""], does: label })),
  ];
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("shortcuts")} size="sm">
      <dl className="shortcut-list">
        {lines.map(({ keys, does }) => (
          <div key={does + keys.join()}>
            <dt>{does}</dt>
            <dd>
              {keys.map((key, index) => (
                <span key={key}>
                  {index > 0 && <span className="quiet"> {t("then")} </span>}
                  <Kbd size="xs">{key}</Kbd>
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
};
