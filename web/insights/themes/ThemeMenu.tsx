import { ActionIcon, Menu } from "@mantine/core";
import { IconArrowMerge, IconDots, IconEye, IconEyeOff, IconPin, IconTrash } from "@tabler/icons-react";
import { notifyFailed, notifyUndo } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import type { Theme, ThemeWork } from "./themes.data.ts";
import { themesTexts } from "./themes.texts.ts";

type ThemeMenuProps = { theme: Theme; work: ThemeWork; onMerge: () => void; onRemove: () => void };

/** Merge, hide, keep, remove. */
export const ThemeMenu = ({ theme, work, onMerge, onRemove }: ThemeMenuProps) => {
  const t = useTexts(themesTexts);
  const { id, name, state } = theme;
  const set = (next: Theme["state"], done: string): void =>
    work.change.mutate({ id, state: next }, { onSuccess: () => notifyUndo(done, () => work.change.mutateAsync({ id, state })), onError: notifyFailed });
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" size="md" aria-label={t("more", { name })}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowMerge size={14} aria-hidden />} onClick={onMerge}>{t("merge")}</Menu.Item>
        {state === "hidden" ? (
          <Menu.Item leftSection={<IconEye size={14} aria-hidden />} onClick={() => set("kept", t("shownDone", { name }))}>{t("show")}</Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconEyeOff size={14} aria-hidden />} onClick={() => set("hidden", t("hiddenDone", { name }))}>{t("hide")}</Menu.Item>
        )}
        {state === "proposed" && <Menu.Item leftSection={<IconPin size={14} aria-hidden />} onClick={() => set("kept", t("keptDone", { name }))}>{t("keep")}</Menu.Item>}
        {theme.madeBy === "person" && <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} onClick={onRemove}>{t("remove")}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
};
