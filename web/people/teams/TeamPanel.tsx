import { Autocomplete, Button, Select, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { ApiError } from "../../shell/api.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Form } from "../../ui/Form.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useUnsaved } from "../../ui/unsaved.ts";
import { useMembers } from "../members/members.data.ts";
import { StretchFields } from "./StretchFields.tsx";
import { TeamConflict } from "./TeamConflict.tsx";
import { isRight, type TeamForm, toBody, toForm } from "./team-form.ts";
import { removeTeam, saveTeam, type Team } from "./teams.data.ts";
import { teamsTexts } from "./teams.texts.ts";
import "./teams.css";

type TeamPanelProps = {
  /** Null: closed; "new": a team that is not there yet. */
  team: Team | "new" | null;
  /** The same team as the list says it now: somebody else may have saved it since. */
  current: Team | undefined;
  departments: readonly string[];
  mayChange: boolean;
  onClose: () => void;
};

/** A team, its departments and its members, with their days. */
export const TeamPanel = ({ team, current, departments, mayChange, onClose }: TeamPanelProps) => {
  const t = useTexts(teamsTexts);
  const title = team === null || team === "new" ? t("makeTitle") : t("changeTitle", { name: team.name });
  return (
    <SidePanel isOpen={team !== null} onClose={onClose} title={title} width={640}>
      {team !== null && <Fields key={team === "new" ? "new" : team.id} team={team === "new" ? null : team} current={current} departments={departments} mayChange={mayChange} onDone={onClose} />}
    </SidePanel>
  );
};

type FieldsProps = { team: Team | null; current: Team | undefined; departments: readonly string[]; mayChange: boolean; onDone: () => void };

const Fields = ({ team, current, departments, mayChange, onDone }: FieldsProps) => {
  const t = useTexts(teamsTexts);
  const [form, setForm] = useState<TeamForm>(() => toForm(team));
  const [begun, setBegun] = useState(form);
  // As this member last saw it: what somebody else saved since is not written over unasked.
  const [known, setKnown] = useState(team);
  const [isRefused, setRefused] = useState(false);
  const nameField = useRef<HTMLInputElement>(null);
  useUnsaved(mayChange && JSON.stringify(toBody(form)) !== JSON.stringify(toBody(begun)));
  const [isChecked, setChecked] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const people = usePeople([...(team?.members ?? []), ...(current?.members ?? [])]);
  const set = (patch: Partial<TeamForm>): void => setForm((before) => ({ ...before, ...patch }));
  const save = async (): Promise<void> => {
    try {
      await saveTeam(known, toBody(form));
    } catch (refusal) {
      if (!(refusal instanceof ApiError && refusal.code === "team_changed")) throw refusal;
      setRefused(true);
      throw new Error(t("conflictUnsaved", { name: known?.name ?? "" }));
    }
    notifyDone(t("saved", { name: form.name.trim() }));
    onDone();
  };
  const settle = (now: Team, held: TeamForm): void => {
    setKnown(now);
    setForm(held);
    setBegun(toForm(now));
    setRefused(false);
    // The button that was pressed is gone with the question.
    nameField.current?.focus();
  };
  const check = (): boolean => {
    setChecked(true);
    return isRight(form);
  };
  const shared = { isReadOnly: !mayChange, isChecked };
  const fields = (
    <>
      {isRefused && known !== null && current !== undefined && current.changedAt !== known.changedAt && (
        <TeamConflict before={known} now={current} onKeep={() => settle(current, form)} onTake={() => settle(current, toForm(current))} />
      )}
      <TextInput ref={nameField} label={t("name")} maxLength={120} value={form.name} readOnly={!mayChange} data-autofocus error={isChecked && form.name.trim() === "" ? t("nameMissing") : undefined} onChange={(event) => set({ name: event.currentTarget.value })} />
      <StretchFields {...shared} legend={t("members")} help={t("membersHelp")} addLabel={t("addMember")} rows={form.members} nameOf={({ what }) => people.find(({ value }) => value === what)?.label ?? ""} onChange={(members) => set({ members })}
        field={({ what }, onChange, error) => <Select size="xs" aria-label={t("member")} placeholder={t("member")} searchable data={people} value={what === "" ? null : what} error={error} readOnly={!mayChange} onChange={(value) => onChange(value ?? "")} />} />
      <StretchFields {...shared} legend={t("departments")} help={t("departmentsHelp")} addLabel={t("addDepartment")} rows={form.departments} nameOf={({ what }) => what} onChange={(rows) => set({ departments: rows })}
        field={({ what }, onChange, error) => <Autocomplete size="xs" aria-label={t("department")} placeholder={t("department")} maxLength={120} data={[...departments]} value={what} error={error} readOnly={!mayChange} onChange={onChange} />} />
      <p className="quiet">{t("daysHelp")}</p>
    </>
  );
  if (!mayChange) return <div className="form">{fields}<p className="quiet">{t("readOnly")}</p></div>;
  return (
    <>
      <Form submitLabel={t("save")} check={check} onSubmit={save} secondary={team !== null && <Button variant="default" size="sm" onClick={() => setLeaving(true)}>{t("remove")}</Button>}>
        {fields}
      </Form>
      {team !== null && (
        <ConfirmDialog isOpen={isLeaving} onClose={() => setLeaving(false)} title={t("removeTitle", { name: team.name })} body={t("removeBody")} confirmLabel={t("remove")} isDangerous
          onConfirm={async () => {
            await removeTeam(team.id);
            notifyDone(t("removed", { name: team.name }));
            onDone();
          }} />
      )}
    </>
  );
};

// Who left stays in the list of the team they were in, to be seen and corrected.
const usePeople = (inTeam: Team["members"]): { value: string; label: string }[] => {
  const t = useTexts(teamsTexts);
  const members = useMembers().data?.items ?? [];
  const former = new Map(inTeam.filter(({ hasLeft }) => hasLeft).map(({ memberId, name }) => [memberId, name]));
  return [...members.map(({ id, name }) => ({ value: id, label: name })), ...[...former].map(([value, name]) => ({ value, label: t("left", { name }) }))];
};
