import { Button, Group, NativeSelect, Radio, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type ReactNode, useState } from "react";
import { useSession } from "../../shell/session.data.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { CopyField } from "../../ui/CopyField.tsx";
import { type Fields, useFields } from "../../ui/fields.ts";
import { Form } from "../../ui/Form.tsx";
import { notifyDone } from "../../ui/notices.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { deleteRule, directions, mailPaces, type Rule, saveRule, sensitivities, watchedGroups, watchedNames, type WatchedName } from "./alerts.data.ts";
import { alertsTexts } from "./alerts.texts.ts";
import { RuleChat } from "./RuleChat.tsx";
import { RuleColleagues } from "./RuleColleagues.tsx";
import { RuleHook } from "./RuleHook.tsx";
import { RulePlace } from "./RulePlace.tsx";
import { filtersAfter, isOfTheme, readColleagues, readFilters, readRule, type RuleFilters, type RuleForm, toRule, toTrial, unitOf, usuals } from "./rule-form.ts";
import { TrialList } from "./TrialList.tsx";

const trialPauseMs = 400;

/** A rule in plain words, with what it would have told. */
export const RuleEditor = ({ rule, onClose }: { rule: Rule | null; onClose: () => void }) => {
  const t = useTexts(alertsTexts);
  const memberId = useSession().member.id;
  const [secret, setSecret] = useState<string | null>(null);
  const [isDeleting, setDeleting] = useState(false);
  const fields = useFields<RuleForm>(readRule(rule, memberId), {
    hookUrl: (text, { hook }) => {
      if (text.trim() === "") return hook === "" || rule?.hookHost != null ? null : t("hookNeeded");
      return isAddress(text) ? null : t("hookWrong");
    },
    chatUrl: (text, { chat }) => {
      if (text.trim() === "") return chat === "" || chat === rule?.chat?.service ? null : t("chatNeeded");
      return isAddress(text) ? null : t("hookWrong");
    },
    theme: (text, { what }) => (text === "" && isOfTheme(readWhat(what)) ? t("themeNeeded") : null),
    metric: (text, { what }) => (text === "" && what === "custom" ? t("formulaNeeded") : null),
  });
  const [filters, setFilters] = useState(() => readFilters(rule));
  const [colleagues, setColleagues] = useState(() => readColleagues(rule, memberId));
  const [settled] = useDebouncedValue(fields.values, trialPauseMs);
  const [settledFilters] = useDebouncedValue(filters, trialPauseMs);
  const submit = async (): Promise<void> => {
    const { hookSecret } = await saveRule(rule?.id ?? null, toRule(fields.values, filters, { rule, memberId, colleagues }));
    notifyDone(t("saved"));
    if (hookSecret === null) onClose();
    else setSecret(hookSecret);
  };
  return (
    <SidePanel isOpen onClose={onClose} width={520} title={secret !== null ? t("secretTitle") : t(rule === null ? "editorNew" : "editorChange")}>
      {secret !== null ? (
        <Stack gap="sm">
          <p className="dialog-body">{t("secretHint")}</p>
          <CopyField label={t("secret")} value={secret} />
        </Stack>
      ) : (
        <Form
          submitLabel={t(rule === null ? "make" : "save")}
          check={fields.check}
          onSubmit={submit}
          secondary={rule !== null && <Button variant="subtle" color="var(--danger)" size="sm" onClick={() => setDeleting(true)}>{t("delete")}</Button>}
        >
          <Watched fields={fields} filters={filters} onFilters={setFilters} />
          {isComplete(settled) && <TrialList asked={toTrial(settled, settledFilters)} />}
          <Told fields={fields} rule={rule}>
            <RuleColleagues memberId={memberId} colleagues={colleagues} onChange={setColleagues} />
          </Told>
        </Form>
      )}
      {rule !== null && (
        <ConfirmDialog
          isOpen={isDeleting}
          onClose={() => setDeleting(false)}
          title={t("deleteTitle", { name: rule.name })}
          body={t("deleteBody")}
          confirmLabel={t("delete")}
          isDangerous
          onConfirm={async () => {
            await deleteRule(rule.id);
            onClose();
          }}
        />
      )}
    </SidePanel>
  );
};

// What is watched by its theme or formula cannot be tried without one.
const isComplete = ({ what, theme, metric }: RuleForm): boolean => (isOfTheme(readWhat(what)) ? theme !== "" : what !== "custom" || metric !== "");

const readWhat = (text: string): WatchedName => watchedNames.find((known) => known === text) ?? "nps";

type WatchedProps = { fields: Fields<RuleForm>; filters: RuleFilters; onFilters: (filters: RuleFilters) => void };

const Watched = ({ fields, filters, onFilters }: WatchedProps) => {
  const t = useTexts(alertsTexts);
  const what = readWhat(fields.values.what);
  const unit = unitOf(what);
  const groups = (["scores", "needs", "met", "facts", "themes", "volumes"] as const).map((group) => ({ group: t(`group_${group}`), items: watchedGroups[group].map((name) => ({ value: name, label: t(name) })) }));
  const choose = (next: string): void => {
    const after = readWhat(next);
    fields.set({ what: next, ...usuals(after) });
    onFilters(filtersAfter(filters, what, after));
  };
  return (
    <>
      <Group grow gap="sm" align="flex-start">
        <NativeSelect label={t("what")} data={groups} value={what} onChange={(event) => choose(event.currentTarget.value)} data-autofocus />
        <NativeSelect label={t("direction")} data={directions.map((value) => ({ value, label: t(value) }))} value={fields.values.direction} onChange={(event) => fields.set({ direction: event.currentTarget.value })} />
        <TextInput type="number" min={0} max={100} step="any" label={t("smallest")} description={t(`smallest_${unit === "percent" ? "points" : unit}`)} inputWrapperOrder={["label", "input", "description"]} {...fields.text("smallest")} />
      </Group>
      <RulePlace fields={fields} what={what} filters={filters} onChange={onFilters} />
      <Radio.Group label={t("sensitivity")} description={t("sensitivityHint")} value={fields.values.sensitivity} onChange={(sensitivity) => fields.set({ sensitivity })}>
        <Stack gap={6} mt={8}>
          {sensitivities.map((value) => (
            <Radio key={value} size="sm" value={value} label={t(value)} />
          ))}
        </Stack>
      </Radio.Group>
    </>
  );
};

const isAddress = (text: string): boolean => /^https?:\/\/\S+$/u.test(text.trim());

const Told = ({ fields, rule, children }: { fields: Fields<RuleForm>; rule: Rule | null; children: ReactNode }) => {
  const t = useTexts(alertsTexts);
  const paces = mailPaces.map((value) => ({ value, label: t(value) }));
  return (
    <>
      <Group grow gap="sm">
        <NativeSelect label={t("me")} data={paces} value={fields.values.me} onChange={(event) => fields.set({ me: event.currentTarget.value })} />
        <NativeSelect label={t("owners")} data={paces} value={fields.values.owners} onChange={(event) => fields.set({ owners: event.currentTarget.value })} />
      </Group>
      {children}
      <Group grow gap="sm">
        <TextInput type="time" label={t("quietFrom")} {...fields.text("quietFrom")} />
        <TextInput type="time" label={t("quietTo")} {...fields.text("quietTo")} />
      </Group>
      <RuleChat fields={fields} known={rule?.chat ?? null} />
      <RuleHook fields={fields} host={rule?.hookHost ?? null} />
      <TextInput label={t("name")} description={t("nameHint")} inputWrapperOrder={["label", "input", "description"]} {...fields.text("name")} />
    </>
  );
};
