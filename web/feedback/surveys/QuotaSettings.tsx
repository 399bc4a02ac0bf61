import type { Quota } from "@firsthand/server/feedback/surveys/definition.contract";
import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { IconPlus, IconTarget, IconTrash } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { subjectsFor } from "./condition-choices.rules.ts";
import { useDraft } from "./draft-context.ts";
import { freeId, takenIds } from "./draft.rules.ts";
import { NumberField } from "./NumberField.tsx";
import { RuleEditor } from "./RuleEditor.tsx";
import { SettingsHead } from "./SettingsHead.tsx";

/** How many complete responses are wanted, of everybody or of some. */
export const QuotaSettings = () => {
  const t = useTexts(builderTexts);
  const { definition, patch, say } = useDraft();
  const quotas = definition.quotas ?? [];
  const add = (): void => patch({ quotas: [...quotas, { id: freeId(takenIds(definition), "quota"), name: t("quotaNumber", { number: quotas.length + 1 }), limit: 100, conditions: [] }] });
  const put = (id: string, part: Partial<Quota>): void => patch({ quotas: quotas.map((quota) => (quota.id === id ? { ...quota, ...part } : quota)) });
  const endings = [{ value: "end", label: t("quotaFull") }, ...(definition.endings ?? []).map(({ id, title }) => ({ value: id, label: say(title) || t("untitledEnding") }))];
  return (
    <>
      <SettingsHead title={t("quotas")} icon={IconTarget} help={t("quotasHelp")} />
      {quotas.map((quota) => (
        <div key={quota.id} className={classes.box}>
          <div className={classes.boxHead}>
            <TextInput aria-label={t("quotaName")} maxLength={80} value={quota.name} onChange={(event) => event.currentTarget.value.trim() !== "" && put(quota.id, { name: event.currentTarget.value })} />
            <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("removeQuota", { name: quota.name })} onClick={() => patch({ quotas: quotas.filter(({ id }) => id !== quota.id) })}>
              <IconTrash size={15} aria-hidden />
            </ActionIcon>
          </div>
          <div className={classes.pair}>
            <NumberField label={t("quotaLimit")} value={quota.limit} min={1} max={10_000_000} isWhole isRequired onChange={(limit) => put(quota.id, { limit })} />
            <Select label={t("quotaEnding")} value={quota.endingId ?? "end"} allowDeselect={false} data={endings} onChange={(endingId) => put(quota.id, { endingId: endingId === null || endingId === "end" ? undefined : endingId })} />
          </div>
          <RuleEditor label={t("quotaWhen")} whenNone={t("quotaAll")} subjects={subjectsFor(definition, definition.questions)} rule={quota} onChange={(rule) => put(quota.id, rule)} />
        </div>
      ))}
      <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} disabled={quotas.length >= 50} onClick={add}>{t("addQuota")}</Button>
    </>
  );
};
