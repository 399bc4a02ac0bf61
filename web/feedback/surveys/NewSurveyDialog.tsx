import { Button, FileButton, Modal, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Form } from "../../ui/Form.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { useFields } from "../../ui/fields.ts";
import { useTexts } from "../../ui/texts.ts";
import { minutesToAnswer } from "@firsthand/server/feedback/surveys/wording.rules";
import { PreviewFrame } from "./PreviewFrame.tsx";
import { readSurveyFile, refusedPlaces } from "./survey-file.rules.ts";
import classes from "./Gallery.module.css";
import { createSurvey, type SurveyTemplate, useSurveyTemplates } from "./surveys.data.ts";
import { surveysTexts } from "./surveys.texts.ts";

type Start = { key: string; name: string; about: string; definition: SurveyTemplate["definition"] | null };
const BLANK = "";

/** Templates with a look at each, a blank survey, or one from a file. Opens the builder on the new survey. */
export const NewSurveyDialog = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => {
  const t = useTexts(surveysTexts);
  const navigate = useNavigate();
  const templates = useSurveyTemplates(isOpen);
  const [key, setKey] = useState("relationship");
  const fields = useFields({ name: "" }, { name: (name) => (name.trim() === "" ? t("nameMissing") : null) });
  const starts: Start[] = [
    ...(templates.data?.items ?? []).map(({ id, name, about, definition }) => ({ key: id, name, about, definition })),
    { key: BLANK, name: t("blank"), about: t("blankAbout"), definition: null },
  ];
  const chosen = starts.find((start) => start.key === key);
  const openNew = async (given: Parameters<typeof createSurvey>[0]): Promise<void> => {
    const survey = await createSurvey(given);
    onClose();
    // In place of the templates: "back" leads to where they were opened.
    await navigate({ to: "/surveys/$surveyId", params: { surveyId: survey.id }, replace: true });
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("create")} size="min(1080px, 96vw)">
      <div className={classes.gallery}>
        <div className={classes.choices} role="radiogroup" aria-label={t("startFrom")}>
          {templates.isPending && <Loading kind="rows" />}
          {templates.error !== null && <ErrorState error={templates.error} onRetry={() => void templates.refetch()} />}
          {templates.data !== undefined && starts.map((start) => (
            <label key={start.key} className={classes.choice}>
              <input type="radio" name="template" value={start.key} checked={start.key === key} onChange={() => setKey(start.key)} />
              <span>
                <strong>{start.name}</strong>
                <span>{start.about}</span>
                {start.definition !== null && (
                  <span className={classes.facts}>{t("templateFacts", { count: start.definition.questions.length, minutes: Math.max(1, Math.round(minutesToAnswer(start.definition))) })}</span>
                )}
              </span>
            </label>
          ))}
        </div>
        <div className={classes.name}>
          <Form submitLabel={t("createNow")} check={fields.check} onSubmit={() => openNew({ name: fields.values.name.trim(), ...(key === BLANK ? {} : { templateId: key }) })}>
            <TextInput label={t("name")} placeholder={t("namePlaceholder")} maxLength={120} data-autofocus {...fields.text("name")} />
          </Form>
          <FromFile onRead={(definition, name) => openNew({ name: fields.values.name.trim() || name, definition })} />
        </div>
        <div className={classes.look}>
          {chosen?.definition == null ? <p className={`quiet ${classes.noLook}`}>{t("blankAbout")}</p>
            : <PreviewFrame shape="phone" definition={chosen.definition} language={chosen.definition.languages[0] ?? "en"} questionId={chosen.definition.questions[0]?.id ?? null} />}
        </div>
      </div>
    </Modal>
  );
};

const FromFile = ({ onRead }: { onRead: (definition: unknown, name: string) => Promise<void> }) => {
  const t = useTexts(surveysTexts);
  const [faults, setFaults] = useState<readonly string[]>([]);
  const read = async (file: File | null): Promise<void> => {
    if (file === null) return;
    const found = readSurveyFile(await file.text());
    if (!found.ok) return setFaults([t("fileNoJson")]);
    try {
      setFaults([]);
      await onRead(found.definition, file.name.replace(/(\.survey)?\.json$/i, "").slice(0, 120) || t("create"));
    } catch (failure) {
      setFaults(refusedPlaces(failure));
    }
  };
  return (
    <div className={classes.file}>
      <FileButton accept=".json,application/json" onChange={(file) => void read(file)}>{(props) => <Button {...props} variant="default" size="sm">{t("fromFile")}</Button>}</FileButton>
      <p className="quiet">{t("fromFileHelp")}</p>
      {faults.length > 0 && <ul className="form-failure" role="alert">{faults.map((fault) => <li key={fault}>{fault}</li>)}</ul>}
    </div>
  );
};
