import { ActionIcon, TextInput } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { notifyDone, notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import type { Theme, ThemeWork } from "./themes.data.ts";
import { themesTexts } from "./themes.texts.ts";

/** The name of a theme, changed where it stands: Enter keeps it, Escape does not. */
export const ThemeName = ({ theme, work, canEdit }: { theme: Theme; work: ThemeWork; canEdit: boolean }) => {
  const t = useTexts(themesTexts);
  const [draft, setDraft] = useState<string | null>(null);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const name = draft?.trim() ?? "";
    setDraft(null);
    if (name === "" || name === theme.name) return;
    work.change.mutate({ id: theme.id, name }, { onSuccess: () => notifyDone(t("renamed", { name })), onError: notifyFailed });
  };
  if (draft !== null) {
    return (
      <form className="theme-rename" onSubmit={save}>
        <TextInput
          size="xs" autoFocus maxLength={80} aria-label={t("nameOf", { name: theme.name })} value={draft} onBlur={save}
          onChange={(event) => setDraft(event.currentTarget.value)} onKeyDown={(event) => event.key === "Escape" && setDraft(null)}
        />
      </form>
    );
  }
  return (
    <span className="theme-name">
      <h3>{theme.name}</h3>
      {canEdit && (
        <ActionIcon variant="subtle" size="sm" aria-label={t("renameOf", { name: theme.name })} onClick={() => setDraft(theme.name)}>
          <IconPencil size={14} aria-hidden />
        </ActionIcon>
      )}
    </span>
  );
};
