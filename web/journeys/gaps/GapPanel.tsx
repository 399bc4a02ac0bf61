import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useMemberChoices } from "../../people/people.parts.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { changedFields, useFields } from "../../ui/fields.ts";
import { Form } from "../../ui/Form.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { Unsaved } from "../../ui/Unsaved.tsx";
import { Time } from "../../ui/Time.tsx";
import { sayChange, sayGap, statuses } from "./gap-words.ts";
import { assignGap, changeGap, type Gap, type GapAssignment, type GapStatus, releaseGap, useHistory } from "./gaps.data.ts";
import { gapsTexts } from "./gaps.texts.ts";

export type Opened = { gap: Gap | undefined; assignment: GapAssignment | undefined };

/** Takes a gap on, hands it on, says what became of it. */
export const GapPanel = ({ opened: { gap, assignment }, onClose }: { opened: Opened; onClose: () => void }) => {
  const t = useTexts(gapsTexts);
  const { choices: owners, failure } = useMemberChoices(assignment?.ownerId, assignment?.ownerName);
  const [isReleasing, setReleasing] = useState(false);
  const [opened] = useState<Record<"title" | "ownerId" | "dueOn" | "status" | "note", string>>({
    title: assignment?.title ?? (gap === undefined ? "" : sayGap(gap).slice(0, 300)), ownerId: assignment?.ownerId ?? "", dueOn: assignment?.dueOn ?? "", status: assignment?.status ?? "open", note: assignment?.note ?? "",
  });
  const fields = useFields(opened, { title: (text) => (text.trim() === "" ? t("titleNeeded") : null) });
  const submit = async (): Promise<void> => {
    const { title, ownerId, dueOn, note } = fields.values;
    const status: GapStatus = statuses.find((one) => one === fields.values.status) ?? "open";
    const given = { title, note, ownerId: ownerId === "" ? null : ownerId, dueOn: dueOn === "" ? null : dueOn, status };
    if (assignment !== undefined) {
      const changed = changedFields({ title: assignment.title, note: assignment.note, ownerId: assignment.ownerId, dueOn: assignment.dueOn, status: assignment.status }, given);
      if (changed !== null) await changeGap(assignment.id, changed);
    } else if (gap !== undefined) await assignGap({ ...given, key: gap.key, kind: gap.kind, isOfOneMember: gap.isOfOneMember, touchpoint: gap.touchpoint, figures: figuresOf(gap) });
    notifyDone(t("saved"));
    onClose();
  };
  return (
    <SidePanel isOpen onClose={onClose} title={t(assignment === undefined ? "panelNew" : "panelChange")}>
      <Unsaved isUnsaved={changedFields(opened, fields.values) !== null} />
      <Form submitLabel={t("save")} check={fields.check} onSubmit={submit}
        secondary={assignment !== undefined && <Button variant="subtle" color="var(--danger)" size="sm" onClick={() => setReleasing(true)}>{t("release")}</Button>}>
        <Textarea label={t("titleField")} autosize maxLength={300} {...fields.text("title")} data-autofocus />
        <NativeSelect label={t("owner")} value={fields.values.ownerId} error={failure} onChange={(event) => fields.set({ ownerId: event.currentTarget.value })}
          data={[{ value: "", label: t("ownerNone") }, ...owners]} />
        <TextInput type="date" label={t("due")} {...fields.text("dueOn")} />
        <NativeSelect label={t("status")} value={fields.values.status} onChange={(event) => fields.set({ status: event.currentTarget.value })} data={statuses.map((value) => ({ value, label: t(value) }))} />
        <Textarea label={t("note")} autosize minRows={3} maxLength={2_000} {...fields.text("note")} />
      </Form>
      {assignment !== undefined && <History id={assignment.id} nameOf={(id) => owners.find(({ value }) => value === id)?.label ?? t("someMember")} />}
      {assignment !== undefined && (
        <ConfirmDialog isOpen={isReleasing} onClose={() => setReleasing(false)} title={t("releaseTitle", { title: assignment.title })} body={t("releaseBody")} confirmLabel={t("release")} isDangerous
          onConfirm={async () => {
            await releaseGap(assignment.id);
            onClose();
          }} />
      )}
    </SidePanel>
  );
};

const figuresOf = ({ people, distance, leaving, size, seen, of, expected, delivered, where, map }: Gap) => ({ people, distance, leaving, size, seen, of, expected, delivered, where, map: map?.name ?? null, step: map?.stepName ?? null });

const History = ({ id, nameOf }: { id: string; nameOf: (id: string) => string }) => {
  const t = useTexts(gapsTexts);
  const history = useHistory(id);
  if (history.isPending) return <Loading kind="rows" rows={2} />;
  if (history.isError) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  return (
    <section className="gap-history" aria-label={t("history")}>
      <h3>{t("history")}</h3>
      <ul>
        {history.data.items.map(({ id: change, at, memberName, changes }) => (
          <li key={change}>{t("historyLine", { who: memberName ?? t("program"), what: sayChange(changes, nameOf) })} <span className="gap-note"><Time at={at} /></span></li>
        ))}
      </ul>
    </section>
  );
};
