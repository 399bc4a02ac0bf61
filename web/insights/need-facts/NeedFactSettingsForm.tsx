import { Badge, Button, MultiSelect, NumberInput } from "@mantine/core";
import { useState } from "react";
import { Form } from "../../ui/Form.tsx";
import { notifyFailed, notifyUndo } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { chosenOf, type FactPart, factParts, findMistake, limitMax, limitNames, limitUnits, type Part, shownPart } from "./need-fact-choice.ts";
import { type NeedFactSettingsBody, type NeedFactSettingsReply, saveNeedFactSettings } from "./need-facts.data.ts";
import { needFactsTexts } from "./need-facts.texts.ts";
import { PromiseLines } from "./PromiseLines.tsx";

type NeedFactSettingsFormProps = { known: NeedFactSettingsReply; mayChange: boolean };

/** A part that was not touched stays guessed; what was chosen can be given back to the guess, part by part or all at once. */
export const NeedFactSettingsForm = ({ known, mayChange }: NeedFactSettingsFormProps) => {
  const t = useTexts(needFactsTexts);
  const before = chosenOf(known);
  const [draft, setDraft] = useState<NeedFactSettingsBody>(before);
  const [hasTried, setTried] = useState(false);
  const mistake = findMistake(draft);
  const choose = (patch: NeedFactSettingsBody): void => setDraft({ ...draft, ...patch });
  const guess = (part: Part): void => setDraft(Object.fromEntries(Object.entries(draft).filter(([name]) => name !== part)));
  const save = async (body: NeedFactSettingsBody, said: string): Promise<void> => {
    await saveNeedFactSettings(body);
    notifyUndo(said, () => saveNeedFactSettings(before));
  };
  const check = (): boolean => {
    setTried(true);
    return mistake === null;
  };
  const names = [...new Set([...known.events, ...factParts.flatMap((part) => draft[part] ?? [])])];
  const heading = (part: Part) => <PartHeading part={part} isChosen={draft[part] !== undefined} onGuess={mayChange && draft[part] !== undefined ? () => guess(part) : null} />;
  const fields = (
    <div className="facts-settings" role="group" aria-label={t("settingsTitle")}>
      {factParts.map((part) => (
        <div key={part}>
          {heading(part)}
          <FactsField part={part} shown={shownPart(draft, known, part)} names={names} mayChange={mayChange} onChange={(chosen) => choose({ [part]: chosen })} />
        </div>
      ))}
      <div>
        {heading("promises")}
        <PromiseLines lines={shownPart(draft, known, "promises")} properties={known.properties} names={names} mayChange={mayChange} onChange={(lines) => choose({ promises: lines })} />
      </div>
      <div>
        {heading("limits")}
        <LimitFields limits={shownPart(draft, known, "limits") ?? {}} hasTried={hasTried} mayChange={mayChange} onChange={(limits) => choose({ limits })} />
      </div>
      {hasTried && mistake !== null && <p className="form-failure" role="alert">{t(mistake)}</p>}
    </div>
  );
  if (!mayChange) return fields;
  const reset = <Button variant="subtle" onClick={() => void save({}, t("resetDone")).catch(notifyFailed)}>{t("resetAll")}</Button>;
  return <Form submitLabel={t("save")} check={check} onSubmit={() => save(draft, t("saved"))} secondary={known.chosen.length > 0 && reset}>{fields}</Form>;
};

type FactsFieldProps = { part: FactPart; shown: readonly string[] | null; names: readonly string[]; mayChange: boolean; onChange: (chosen: string[]) => void };

const FactsField = ({ part, shown, names, mayChange, onChange }: FactsFieldProps) => {
  const t = useTexts(needFactsTexts);
  const placeholder = shown === null ? t("willGuess") : shown.length === 0 ? t("nothingChosen") : "";
  return (
    <MultiSelect
      aria-label={t(`part_${part}`)} description={t(`part_${part}_hint`)} placeholder={placeholder} data={names} value={[...(shown ?? [])]} onChange={onChange}
      maxValues={50} limit={100} searchable disabled={!mayChange}
    />
  );
};

type Limits = NonNullable<NeedFactSettingsBody["limits"]>;

const LimitFields = ({ limits, hasTried, mayChange, onChange }: { limits: Limits; hasTried: boolean; mayChange: boolean; onChange: (limits: Limits) => void }) => {
  const t = useTexts(needFactsTexts);
  return (
    <>
      <p className="quiet facts-help">{t("part_limits_hint")}</p>
      <div className="facts-limits">
        {limitNames.map((measure) => {
          const { [measure]: value, ...others } = limits;
          return (
            <NumberInput
              key={measure} label={t(`limit_${measure}`)} suffix={` ${t(`unit_${limitUnits[measure]}`)}`} placeholder={value === undefined ? t("willGuess") : undefined}
              value={value === undefined || Number.isNaN(value) ? "" : value} min={0} max={limitMax} clampBehavior="none" disabled={!mayChange}
              onChange={(given) => onChange({ ...others, [measure]: given === "" ? Number.NaN : Number(given) })}
              error={hasTried && value !== undefined && findMistake({ limits: { [measure]: value } }) !== null ? t("limitWrong") : undefined}
            />
          );
        })}
      </div>
    </>
  );
};

const PartHeading = ({ part, isChosen, onGuess }: { part: Part; isChosen: boolean; onGuess: (() => void) | null }) => {
  const t = useTexts(needFactsTexts);
  return (
    <div className="facts-part">
      <b>{t(`part_${part}`)}</b>
      <Badge size="xs" variant="light" color={isChosen ? undefined : "gray"}>{t(isChosen ? "chosen" : "guessed")}</Badge>
      {onGuess !== null && <Button variant="subtle" size="compact-xs" aria-label={t("guessAgainPart", { part: t(`part_${part}`) })} onClick={onGuess}>{t("guessAgain")}</Button>}
    </div>
  );
};
