import { type Shortcut, ShortcutDialog } from "../ui/ShortcutDialog.tsx";
import { useTexts } from "../ui/texts.ts";
import { navigationFor } from "./composition.ts";
import { useSession } from "./session.data.ts";
import { shellTexts } from "./shell.texts.ts";
import { modifier } from "../ui/modifier.ts";

export const ShortcutList = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const t = useTexts(shellTexts);
  const { abilities } = useSession();
  const places = navigationFor(abilities).flatMap(({ entries }) => entries.filter(({ key }) => key !== undefined));
  const shortcuts: Shortcut[] = [
    { keys: [`${modifier}K`], does: t("shortcutPalette") },
    { keys: ["/"], does: t("shortcutSearch") },
    { keys: ["t"], does: t("shortcutTheme") },
    { keys: ["?"], does: t("shortcutList") },
    { keys: ["Esc"], does: t("shortcutClose") },
    ...places.map(({ key, label }) => ({ keys: ["g", key ?? ""], does: label })),
  ];
  return <ShortcutDialog title={t("shortcuts")} shortcuts={shortcuts} then={t("then")} isOpen={isOpen} onClose={onClose} />;
};
