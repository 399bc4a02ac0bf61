import { Button, Select, TextInput, Textarea } from "@mantine/core";
import { PAGE_LANGUAGES, languageName } from "@firsthand/server/feedback/survey-page/page-texts.rules";
import type { ReactNode } from "react";
import { Card } from "../../ui/Card.tsx";
import { useTexts } from "../../ui/texts.ts";
import type { EditedSurvey } from "./autosave.ts";
import { withOptionalWords, withWords } from "./draft.rules.ts";
import classes from "./SurveyBuilderScreen.module.css";
import type { SurveyDefinition } from "./surveys.data.ts";
import { surveysTexts } from "./surveys.texts.ts";

type SurveySettingsProps = {
  name: string;
  definition: SurveyDefinition;
  /** The language whose words are edited now. */
  language: string;
  onLanguage: (language: string) => void;
  onChange: (patch: Partial<EditedSurvey>) => void;
};

/** What belongs to the survey as a whole: names, languages, colour, thank-you. */
export const SurveySettings = ({ name, definition, language, onLanguage, onChange }: SurveySettingsProps) => {
  const t = useTexts(surveysTexts);
  const change = (patch: Partial<SurveyDefinition>): void => onChange({ draft: { ...definition, ...patch } });
  return (
    <Card title={t("general")}>
      <div className={classes.fields}>
        <div className={classes.pair}>
          <TextInput label={t("name")} value={name} maxLength={120} error={name.trim() === "" ? t("nameMissing") : null}
            onChange={(event) => onChange({ name: event.currentTarget.value })} />
          <TextInput label={t("surveyTitle")} value={definition.title[language] ?? ""} maxLength={2000}
            onChange={(event) => change({ title: withWords(definition.title, language, event.currentTarget.value) })} />
        </div>
        <Textarea label={t("intro")} autosize minRows={1} value={definition.intro?.[language] ?? ""} maxLength={2000}
          onChange={(event) => change({ intro: withOptionalWords(definition.intro, language, event.currentTarget.value) })} />
        <div className={classes.pair}>
          <TextInput label={t("thanksTitle")} value={definition.thanks.title[language] ?? ""} maxLength={2000}
            onChange={(event) => change({ thanks: { ...definition.thanks, title: withWords(definition.thanks.title, language, event.currentTarget.value) } })} />
          <TextInput label={t("thanksText")} value={definition.thanks.text?.[language] ?? ""} maxLength={2000}
            onChange={(event) => change({ thanks: { ...definition.thanks, text: withOptionalWords(definition.thanks.text, language, event.currentTarget.value) } })} />
        </div>
        <div className={classes.pair}>
          <LanguageFields definition={definition} language={language} onLanguage={onLanguage} onChange={change} />
          <Labelled label={t("accent")} help={t("accentHelp")} id="survey-accent">
            <input id="survey-accent" type="color" className={classes.swatch} value={definition.theme.accent} aria-describedby="survey-accent-help"
              onChange={(event) => change({ theme: { accent: event.currentTarget.value } })} />
          </Labelled>
        </div>
      </div>
    </Card>
  );
};

const Labelled = ({ label, help, id, children }: { label: string; help: string; id: string; children: ReactNode }) => (
  <div>
    <label className={classes.label} htmlFor={id}>{label}</label>
    <div>{children}</div>
    <p className="quiet" id={`${id}-help`}>{help}</p>
  </div>
);

type LanguageFieldsProps = { definition: SurveyDefinition; language: string; onLanguage: (language: string) => void; onChange: (patch: Partial<SurveyDefinition>) => void };

const LanguageFields = ({ definition, language, onLanguage, onChange }: LanguageFieldsProps) => {
  const t = useTexts(surveysTexts);
  const { languages } = definition;
  const left = Object.keys(PAGE_LANGUAGES).filter((tag) => !languages.includes(tag));
  const add = (tag: string | null): void => {
    if (tag === null) return;
    onChange({ languages: [...languages, tag] });
    onLanguage(tag);
  };
  return (
    <div>
      <div className={classes.halves}>
        <Select label={t("editing")} value={language} allowDeselect={false} onChange={(tag) => tag !== null && onLanguage(tag)}
          data={languages.map((tag) => ({ value: tag, label: languageName(tag) }))} />
        <Select label={t("addLanguage")} placeholder={t("choose")} value={null} onChange={add}
          data={left.map((tag) => ({ value: tag, label: languageName(tag) }))} />
      </div>
      <p className="quiet">{t("languagesHelp")}</p>
      {languages.length > 1 && language !== languages[0] && (
        <Button variant="subtle" size="compact-xs" onClick={() => onChange({ languages: languages.filter((tag) => tag !== language) })}>
          {t("removeLanguage", { language: languageName(language) })}
        </Button>
      )}
    </div>
  );
};
