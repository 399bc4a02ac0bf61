import { Button, Select, TagsInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { changedFields } from "../../ui/fields.ts";
import { Form } from "../../ui/Form.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useUnsaved } from "../../ui/unsaved.ts";
import { changeEntry, createEntries, type EntryDraft, type EntryKind, type ListedEntry, removeEntry } from "./places.data.ts";
import { placesTexts } from "./places.texts.ts";

const phases = ["before", "during", "after"] as const;

type EntryEditorProps = { kind: EntryKind; entry: ListedEntry | null; others: readonly ListedEntry[]; onDone: () => void };

/** One stage, environment, product or place: its names, and what it belongs to. */
export const EntryEditor = ({ kind, entry, others, onDone }: EntryEditorProps) => {
  const t = useTexts(placesTexts);
  const [opened] = useState<EntryDraft>(entry === null ? { kind, name: "", alsoCalled: [], field: null, parentId: null, phase: null } : draftOf(entry));
  const [draft, setDraft] = useState(opened);
  const [nameError, setNameError] = useState<string | null>(null);
  const [isRemoving, setRemoving] = useState(false);
  const set = (patch: Partial<EntryDraft>): void => setDraft((before) => ({ ...before, ...patch }));
  useUnsaved(changedFields(opened, draft) !== null);
  const check = (): boolean => {
    const isMissing = draft.name.trim() === "";
    setNameError(isMissing ? t("nameMissing") : null);
    return !isMissing;
  };
  const save = async (): Promise<void> => {
    const changed = changedFields(opened, draft);
    if (entry === null) await createEntries([draft]);
    else if (changed !== null) await changeEntry(entry.id, changed);
    notifyDone(t("saved"));
    onDone();
  };
  const remove = async (): Promise<void> => {
    if (entry === null) return;
    await removeEntry(entry.id);
    notifyDone(t("removed"));
    onDone();
  };
  const secondary = entry === null ? null : <Button variant="subtle" color="var(--danger)" size="sm" onClick={() => setRemoving(true)}>{t("remove")}</Button>;
  return (
    <>
      <Form submitLabel={t("save")} onSubmit={save} check={check} secondary={secondary}>
        <TextInput label={t("name")} value={draft.name} error={nameError} maxLength={120} data-autofocus onChange={(event) => { set({ name: event.currentTarget.value }); setNameError(null); }}
          description={entry === null || entry.formerNames.length === 0 ? undefined : t("formerNames", { names: entry.formerNames.join(", ") })} />
        {kind === "stage" ? (
          <Select label={t("phase")} placeholder={t("phaseNone")} value={draft.phase} clearable data={phases.map((phase) => ({ value: phase, label: t(phase) }))}
            onChange={(chosen) => set({ phase: phases.find((phase) => phase === chosen) ?? null })} />
        ) : kind !== "channel" && (
          <Select label={t("parent")} placeholder={t("parentNone")} value={draft.parentId} clearable searchable data={others.map(({ id, name }) => ({ value: id, label: name }))} onChange={(parentId) => set({ parentId })} />
        )}
        <TagsInput label={t("alsoCalled")} description={t("alsoCalledHelp")} value={draft.alsoCalled} maxTags={50} maxLength={120} onChange={(alsoCalled) => set({ alsoCalled })} acceptValueOnBlur />
        {(kind === "product" || kind === "place") && (
          <TextInput label={t("field")} description={t("fieldHelp")} placeholder="properties.gate" value={draft.field ?? ""} maxLength={200}
            onChange={(event) => set({ field: event.currentTarget.value.trim() === "" ? null : event.currentTarget.value })} />
        )}
      </Form>
      <ConfirmDialog isOpen={isRemoving} onClose={() => setRemoving(false)} title={t("removeTitle", { name: draft.name })} body={t("removeBody")} confirmLabel={t("remove")} isDangerous onConfirm={remove} />
    </>
  );
};

const draftOf = ({ kind, name, alsoCalled, field, parentId, phase }: ListedEntry): EntryDraft => ({ kind, name, alsoCalled, field, parentId, phase });
