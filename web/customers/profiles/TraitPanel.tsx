import { TextInput } from "@mantine/core";
import { useAbility } from "../../shell/session.data.ts";
import { Form } from "../../ui/Form.tsx";
import { formatMoment } from "../../ui/dates.ts";
import { useFields } from "../../ui/fields.ts";
import { notifyDone } from "../../ui/notices.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useTraitCorrection, type CustomerTrait } from "./profiles.data.ts";
import { profilesTexts } from "./profiles.texts.ts";
import { saySource } from "./sources.ts";
import { shownValue, typedValue } from "./trait-values.ts";
import classes from "./TraitsCard.module.css";

type TraitPanelProps = { customerId: string; trait: CustomerTrait | null; isOpen: boolean; onClose: () => void };

/** Everything ever said about one trait, and a member's own word on it. */
export const TraitPanel = ({ customerId, trait, isOpen, onClose }: TraitPanelProps) => {
  const t = useTexts(profilesTexts);
  const canWrite = useAbility("customers.write");
  return (
    <SidePanel isOpen={isOpen} onClose={onClose} title={trait === null ? t("newTrait") : t("history", { name: trait.name })}>
      {trait !== null && (
        <ol className={classes.history}>
          {trait.history.map((entry, index) => (
            <li key={index}>
              <p dir="auto">{entry.value === null ? <span className="quiet">{t("cleared")}</span> : shownValue(entry.value)}</p>
              <small>
                {t("said", {
                  at: formatMoment(new Date(entry.at)), recorded: formatMoment(new Date(entry.recordedAt)),
                  source: saySource(entry.source), identifier: entry.identifier,
                })}
              </small>
            </li>
          ))}
        </ol>
      )}
      {canWrite && <CorrectionForm customerId={customerId} trait={trait} onDone={onClose} />}
    </SidePanel>
  );
};

const CorrectionForm = ({ customerId, trait, onDone }: { customerId: string; trait: CustomerTrait | null; onDone: () => void }) => {
  const t = useTexts(profilesTexts);
  const correct = useTraitCorrection(customerId);
  const fields = useFields({ name: trait?.name ?? "", value: trait === null ? "" : shownValue(trait.value) }, {
    name: (value) => (value.trim() === "" ? t("required") : null),
  });
  const save = async (): Promise<void> => {
    await correct.mutateAsync({ name: fields.values.name.trim(), value: typedValue(fields.values.value, trait?.value) });
    notifyDone(t("corrected"));
    onDone();
  };
  return (
    <Form submitLabel={trait === null ? t("save") : t("correct")} onSubmit={save} check={fields.check}>
      {trait === null && <TextInput {...fields.text("name")} label={t("traitName")} maxLength={100} data-autofocus />}
      <TextInput {...fields.text("value")} label={t("value")} description={t("correctHint")} maxLength={4000} />
    </Form>
  );
};
