import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { changedFields } from "../../ui/fields.ts";
import { Form } from "../../ui/Form.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useUnsaved } from "../../ui/unsaved.ts";
import { tidyRules } from "./draft.rules.ts";
import { PreviewBox } from "./PreviewBox.tsx";
import { RuleFields } from "./RuleFields.tsx";
import classes from "./TouchpointEditor.module.css";
import { TouchpointFacts } from "./TouchpointFacts.tsx";
import { changeTouchpoint, createTouchpoint, type ListedTouchpoint, removeTouchpoint, type TouchpointDraft } from "./touchpoints.data.ts";
import { touchpointsTexts } from "./touchpoints.texts.ts";

const PREVIEW_AFTER_MS = 350;

const emptyDraft: TouchpointDraft = {
  name: "", kind: "other", stage: null, channel: null, ownerId: null, team: null, initiator: "customer", nature: undefined, environment: null,
  asks: "", steps: null, minutes: null, documents: [], rules: [],
};

const draftOf = (touchpoint: ListedTouchpoint): TouchpointDraft => {
  const { name, kind, stage, channel, ownerId, team, initiator, nature, environment, asks, steps, minutes, documents, rules } = touchpoint;
  return { name, kind, stage, channel, ownerId, team, initiator, nature, environment, asks, steps, minutes, documents, rules };
};

type TouchpointEditorProps = { touchpoint: ListedTouchpoint | null; onDone: () => void };

/** What a touchpoint is, who answers for it, and which interactions belong to it. */
export const TouchpointEditor = ({ touchpoint, onDone }: TouchpointEditorProps) => {
  const t = useTexts(touchpointsTexts);
  const [opened] = useState(touchpoint === null ? emptyDraft : draftOf(touchpoint));
  const [draft, setDraft] = useState(opened);
  const [nameError, setNameError] = useState<string | null>(null);
  const [isRemoving, setRemoving] = useState(false);
  const [previewed] = useDebouncedValue(draft.rules, PREVIEW_AFTER_MS);
  const set = (patch: Partial<TouchpointDraft>): void => {
    setDraft((before) => ({ ...before, ...patch }));
    if (patch.name !== undefined) setNameError(null);
  };
  useUnsaved(changedFields(opened, draft) !== null);
  const check = (): boolean => {
    const isMissing = draft.name.trim() === "";
    setNameError(isMissing ? t("nameMissing") : null);
    return !isMissing;
  };
  const save = async (): Promise<void> => {
    const given = { ...draft, rules: tidyRules(draft.rules) };
    const changed = changedFields(opened, given);
    if (touchpoint === null) await createTouchpoint(given);
    else if (changed !== null) await changeTouchpoint(touchpoint.id, changed);
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
        <TouchpointFacts draft={draft} nameError={nameError} formerNames={touchpoint?.formerNames ?? []} set={set} />
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
