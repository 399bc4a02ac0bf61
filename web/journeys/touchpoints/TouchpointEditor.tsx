import { usualStages } from "@firsthand/server/journeys/touchpoints/guess.rules";
import { Autocomplete, Button, Select, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Form } from "../../ui/Form.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { kinds, tidyRules } from "./draft.rules.ts";
import { PreviewBox } from "./PreviewBox.tsx";
import { RuleFields } from "./RuleFields.tsx";
import classes from "./TouchpointEditor.module.css";
import { changeTouchpoint, createTouchpoint, type ListedTouchpoint, removeTouchpoint, type TouchpointDraft, useOwners } from "./touchpoints.data.ts";
import { touchpointsTexts } from "./touchpoints.texts.ts";

const channels = ["web", "app", "store", "email", "phone", "chat", "courier"];
const initiators = ["customer", "organisation", "partner"] as const;
const PREVIEW_AFTER_MS = 350;

const emptyDraft: TouchpointDraft = { name: "", kind: "other", stage: null, channel: null, ownerId: null, initiator: "customer", asks: "", rules: [] };

const draftOf = ({ name, kind, stage, channel, ownerId, initiator, asks, rules }: ListedTouchpoint): TouchpointDraft => ({ name, kind, stage, channel, ownerId, initiator, asks, rules });

type TouchpointEditorProps = { touchpoint: ListedTouchpoint | null; onDone: () => void };

/** What a touchpoint is, who answers for it, and which interactions belong to it. */
export const TouchpointEditor = ({ touchpoint, onDone }: TouchpointEditorProps) => {
  const t = useTexts(touchpointsTexts);
  const [draft, setDraft] = useState(touchpoint === null ? emptyDraft : draftOf(touchpoint));
  const [nameError, setNameError] = useState<string | null>(null);
  const [isRemoving, setRemoving] = useState(false);
  const [previewed] = useDebouncedValue(draft.rules, PREVIEW_AFTER_MS);
  const set = (patch: Partial<TouchpointDraft>): void => {
    setDraft((before) => ({ ...before, ...patch }));
    if (patch.name !== undefined) setNameError(null);
  };
  const check = (): boolean => {
    const isMissing = draft.name.trim() === "";
    setNameError(isMissing ? t("nameMissing") : null);
    return !isMissing;
  };
  const save = async (): Promise<void> => {
    const given = { ...draft, rules: tidyRules(draft.rules) };
    await (touchpoint === null ? createTouchpoint(given) : changeTouchpoint(touchpoint.id, given));
    notifyDone(t("saved"));
    onDone();
  };
  const remove = async (): Promise<void> => {
    if (touchpoint === null) return;
    await removeTouchpoint(touchpoint.id);
    notifyDone(t("removed"));
    onDone();
  };
  const secondary = touchpoint === null ? null : <Button variant="subtle" color="var(--danger)" size="sm" onClick={() => setRemoving(true)}>{t("remove")}</Button>;
  return (
    <>
      <Form submitLabel={t("save")} onSubmit={save} check={check} secondary={secondary}>
        <Facts draft={draft} nameError={nameError} formerNames={touchpoint?.formerNames ?? []} set={set} />
        <section className={classes.rules}>
          <h3>{t("rules")}</h3>
          <p className="quiet">{t("rulesBody")}</p>
          {draft.rules.map((rule, index) => (
            <RuleFields key={index} rule={rule} number={index + 1}
              onChange={(next) => set({ rules: draft.rules.toSpliced(index, 1, next) })} onRemove={() => set({ rules: draft.rules.toSpliced(index, 1) })} />
          ))}
          <div>
            <Button variant="default" size="compact-sm" disabled={draft.rules.length >= 20} onClick={() => set({ rules: [...draft.rules, {}] })}>{t("addRule")}</Button>
          </div>
        </section>
        <PreviewBox rules={tidyRules(previewed)} />
      </Form>
      <ConfirmDialog isOpen={isRemoving} onClose={() => setRemoving(false)} title={t("removeTitle")} body={t("removeBody")} confirmLabel={t("remove")} isDangerous onConfirm={remove} />
    </>
  );
};

type FactsProps = { draft: TouchpointDraft; nameError: string | null; formerNames: readonly string[]; set: (patch: Partial<TouchpointDraft>) => void };

const Facts = ({ draft, nameError, formerNames, set }: FactsProps) => {
  const t = useTexts(touchpointsTexts);
  const owners = useOwners().data?.items ?? [];
  const chooseKind = (name: string | null): void => {
    const kind = kinds.find((one) => one === name);
    if (kind !== undefined) set({ kind });
  };
  const chooseInitiator = (name: string | null): void => {
    const initiator = initiators.find((one) => one === name);
    if (initiator !== undefined) set({ initiator });
  };
  return (
    <>
      <TextInput label={t("name")} value={draft.name} error={nameError} maxLength={120} data-autofocus onChange={(event) => set({ name: event.currentTarget.value })}
        description={formerNames.length === 0 ? undefined : t("formerNames", { names: formerNames.join(", ") })} />
      <div className={classes.pair}>
        <Select label={t("kind")} value={draft.kind} allowDeselect={false} data={kinds.map((kind) => ({ value: kind, label: t(kind) }))} onChange={chooseKind} />
        <Autocomplete label={t("stage")} data={[...usualStages]} value={draft.stage ?? ""} maxLength={80} onChange={(stage) => set({ stage: stage.trim() === "" ? null : stage })} />
        <Autocomplete label={t("channel")} description={t("channelHelp")} inputWrapperOrder={["label", "input", "description", "error"]} data={channels} value={draft.channel ?? ""} maxLength={80}
          onChange={(channel) => set({ channel: channel.trim() === "" ? null : channel })} />
        <Select label={t("initiator")} value={draft.initiator} allowDeselect={false} data={initiators.map((one) => ({ value: one, label: t(one) }))} onChange={chooseInitiator} />
        <Select label={t("owner")} placeholder={t("nobody")} value={draft.ownerId} clearable searchable data={owners.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(ownerId) => set({ ownerId })} />
      </div>
      <Textarea label={t("asks")} placeholder={t("asksPlaceholder")} value={draft.asks} maxLength={500} autosize minRows={2} onChange={(event) => set({ asks: event.currentTarget.value })} />
    </>
  );
};
