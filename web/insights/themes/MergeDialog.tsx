import { Button, Group, Modal, Select } from "@mantine/core";
import { useState } from "react";
import { notifyFailed, notifyUndo } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import type { Theme, ThemeWork } from "./themes.data.ts";
import { themesTexts } from "./themes.texts.ts";

type MergeDialogProps = { theme: Theme | null; themes: readonly Theme[]; work: ThemeWork; onClose: () => void };

/** Asks into which theme one is merged. */
export const MergeDialog = ({ theme, themes, work, onClose }: MergeDialogProps) => {
  const t = useTexts(themesTexts);
  const [into, setInto] = useState<string | null>(null);
  const close = (): void => {
    setInto(null);
    onClose();
  };
  const merge = (): void => {
    const target = themes.find(({ id }) => id === into);
    if (theme === null || target === undefined) return;
    mergeThemes(work, t, theme, target).catch(notifyFailed);
    close();
  };
  return (
    <Modal opened={theme !== null} onClose={close} title={t("mergeTitle", { name: theme?.name ?? "" })} size="sm">
      <p className="dialog-body">{t("mergeHelp")}</p>
      <Select
        label={t("mergeInto")} value={into} onChange={setInto} searchable data-autofocus comboboxProps={{ withinPortal: false }} mb="md"
        data={themes.filter(({ id }) => id !== theme?.id).map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" size="sm" onClick={close}>{t("cancel")}</Button>
        <Button size="sm" disabled={into === null} onClick={merge}>{t("mergeDo")}</Button>
      </Group>
    </Modal>
  );
};

/** Merges one theme into another; for eight seconds it can be taken back at once, later from the other theme.
 *  @returns when it is done; throws what is refused */
export const mergeThemes = async (work: ThemeWork, t: typeof themesTexts.say, theme: Theme, into: Theme): Promise<void> => {
  await work.merge.mutateAsync({ id: theme.id, into: into.id });
  notifyUndo(t("merged", { name: theme.name, into: into.name }), () => work.unmerge.mutateAsync(theme.id));
};
