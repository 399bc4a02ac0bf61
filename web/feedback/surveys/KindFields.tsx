import type { Question } from "@firsthand/server/feedback/surveys/definition.contract";
import { CONSENT_PURPOSES } from "@firsthand/server/feedback/surveys/consents.rules";
import { Autocomplete, Select, Switch } from "@mantine/core";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { ChoiceFields } from "./ChoiceFields.tsx";
import { ContactFields } from "./ContactFields.tsx";
import { useDraft } from "./draft-context.ts";
import { orNothing } from "./draft.rules.ts";
import { FileFields } from "./FileFields.tsx";
import { MatrixFields } from "./MatrixFields.tsx";
import { DayField, NumberField } from "./NumberField.tsx";
import { RatingFields, ScaleEnds } from "./ScaleFields.tsx";
import { WordsField } from "./WordsField.tsx";

const FORMATS = ["any", "url", "digits", "letters"] as const;

/** What can be set for one kind of question only. */
export const KindFields = ({ question }: { question: Question }) => {
  const t = useTexts(builderTexts);
  const { put } = useDraft();
  switch (question.type) {
    case "nps":
    case "ces":
      return <ScaleEnds question={question} />;
    case "csat":
    case "rating":
      return <RatingFields question={question} />;
    case "slider":
      return (
        <>
          <div className={classes.thirds}>
            <NumberField label={t("least")} value={question.min} isRequired onChange={(min) => put({ ...question, min })} />
            <NumberField label={t("most")} value={question.max} isRequired onChange={(max) => put({ ...question, max })} />
            <NumberField label={t("step")} value={question.step} min={0.001} isRequired onChange={(step) => put({ ...question, step })} />
          </div>
          <WordsField label={t("unit")} placeholder={t("unitExample")} text={question.unit} onChange={(unit) => put({ ...question, unit: orNothing(unit) })} />
          <ScaleEnds question={question} />
        </>
      );
    case "single":
    case "multi":
    case "dropdown":
    case "ranking":
    case "picture":
    case "constant_sum":
      return <ChoiceFields question={question} />;
    case "matrix":
      return <MatrixFields question={question} />;
    case "text":
      return (
        <>
          <Switch label={t("isLong")} checked={question.isLong ?? true} onChange={(event) => put({ ...question, isLong: event.currentTarget.checked })} />
          <div className={classes.pair}>
            <NumberField label={t("minLength")} value={question.minLength} min={0} max={4_000} isWhole onChange={(minLength) => put({ ...question, minLength })} />
            <NumberField label={t("maxLength")} value={question.maxLength} min={1} max={4_000} isWhole onChange={(maxLength) => put({ ...question, maxLength })} />
          </div>
          <Select label={t("format")} value={question.format ?? "any"} allowDeselect={false} data={FORMATS.map((value) => ({ value, label: t(`format_${value}`) }))}
            onChange={(value) => put({ ...question, format: FORMATS.find((one) => one === value && one !== "any") })} />
        </>
      );
    case "number":
      return (
        <>
          <div className={classes.thirds}>
            <NumberField label={t("least")} value={question.min} onChange={(min) => put({ ...question, min })} />
            <NumberField label={t("most")} value={question.max} onChange={(max) => put({ ...question, max })} />
            <NumberField label={t("decimals")} value={question.decimals} min={0} max={6} isWhole onChange={(decimals) => put({ ...question, decimals })} />
          </div>
          <WordsField label={t("unit")} placeholder={t("unitExample")} text={question.unit} onChange={(unit) => put({ ...question, unit: orNothing(unit) })} />
        </>
      );
    case "date":
      return (
        <div className={classes.pair}>
          <DayField label={t("earliest")} value={question.earliest} onChange={(earliest) => put({ ...question, earliest })} />
          <DayField label={t("latest")} value={question.latest} onChange={(latest) => put({ ...question, latest })} />
        </div>
      );
    case "contact":
      return <ContactFields question={question} />;
    case "consent":
      return (
        <>
          <WordsField label={t("consentStatement")} text={question.statement} onChange={(statement) => put({ ...question, statement })} />
          <Autocomplete label={t("purpose")} description={t("purposeHelp")} placeholder="reply" maxLength={80} data={[...CONSENT_PURPOSES]} value={question.purpose ?? ""}
            onChange={(purpose) => put({ ...question, purpose: purpose === "" ? undefined : purpose })} />
        </>
      );
    case "file":
      return <FileFields question={question} />;
    case "email":
    case "phone":
    case "statement":
      return null;
  }
};
