import type { Calculation } from "@firsthand/server/feedback/surveys/definition.contract";
import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconCalculator, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { useDraft } from "./draft-context.ts";
import { freeId, takenIds } from "./draft.rules.ts";
import { checkFormula, tryFormula } from "./formula-try.rules.ts";
import { NumberField } from "./NumberField.tsx";
import { SettingsHead } from "./SettingsHead.tsx";

/** Numbers worked out from answers, for branches, endings, texts and reports. */
export const CalculationSettings = ({ onRemove }: { onRemove: (id: string) => void }) => {
  const t = useTexts(builderTexts);
  const { definition, patch } = useDraft();
  const calculations = definition.calculations ?? [];
  const add = (): void => {
    const first = definition.questions.find(({ type }) => ["nps", "csat", "ces", "rating", "number", "slider"].includes(type))?.id;
    patch({ calculations: [...calculations, { id: freeId(takenIds(definition), "result"), name: t("calculationNumber", { number: calculations.length + 1 }), formula: first ?? "0" }] });
  };
  return (
    <>
      <SettingsHead title={t("calculations")} icon={IconCalculator} help={t("calculationsHelp")} />
      {calculations.map((calculation) => <CalculationBox key={calculation.id} calculation={calculation} onRemove={() => onRemove(calculation.id)} />)}
      <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} disabled={calculations.length >= 50} onClick={add}>{t("addCalculation")}</Button>
    </>
  );
};

const CalculationBox = ({ calculation, onRemove }: { calculation: Calculation; onRemove: () => void }) => {
  const t = useTexts(builderTexts);
  const { definition, patch, say } = useDraft();
  const [values, setValues] = useState<Readonly<Record<string, number>>>({});
  const [typed, setTyped] = useState(calculation.formula);
  const put = (part: Partial<Calculation>): void =>
    patch({ calculations: (definition.calculations ?? []).map((one) => (one.id === calculation.id ? { ...one, ...part } : one)) });
  // Undo changes the formula from outside; what is typed follows unless it is just being emptied.
  const shown = typed.trim() === "" ? typed : calculation.formula;
  const checked = checkFormula(definition, calculation);
  const result = tryFormula(definition, calculation, values);
  return (
    <div className={classes.box}>
      <div className={classes.boxHead}>
        <TextInput aria-label={t("calculationName")} maxLength={80} value={calculation.name} onChange={(event) => event.currentTarget.value.trim() !== "" && put({ name: event.currentTarget.value })} />
        <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("removeCalculation", { name: calculation.name })} onClick={onRemove}><IconTrash size={15} aria-hidden /></ActionIcon>
      </div>
      <TextInput label={t("formula")} description={t("formulaHelp")} maxLength={500} value={shown} error={checked.ok ? null : checked.message} spellCheck={false} classNames={{ input: classes.code ?? "" }}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          if (event.currentTarget.value.trim() !== "") put({ formula: event.currentTarget.value });
        }} />
      <p className="quiet">{t("nameInFormulas")} <code>{calculation.id}</code></p>
      {checked.ok && checked.names.length > 0 && (
        <div className={classes.tryOut} role="group" aria-label={t("tryOut")}>
          <span className={classes.label}>{t("tryOut")}</span>
          {checked.names.map((name) => (
            <div key={name} className={classes.tryLine}>
              <span><code>{name}</code> <span className="quiet">{say(definition.questions.find(({ id }) => id === name.split(".")[0])?.title)}</span></span>
              <div className={classes.score}>
                <NumberField label={t("valueOf", { name })} isLabelHidden value={values[name]} onChange={(value) => {
                  const { [name]: _, ...others } = values;
                  setValues(value === undefined ? others : { ...others, [name]: value });
                }} />
              </div>
            </div>
          ))}
          <p role="status">{result === null ? t("resultUnknown") : t("result", { value: String(Math.round(result * 1000) / 1000) })}</p>
        </div>
      )}
    </div>
  );
};
