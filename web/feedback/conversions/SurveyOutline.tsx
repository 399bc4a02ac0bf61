import { Select } from "@mantine/core";
import { useState } from "react";
import { Card } from "../../ui/Card.tsx";
import { useTexts } from "../../ui/texts.ts";
import styles from "./Conversions.module.css";
import type { Question, SurveyDefinition } from "./conversions.data.ts";
import { conversionsTexts } from "./conversions.texts.ts";

type Words = Readonly<Record<string, string>>;
const OPTIONS_SHOWN = 8;

/** The new survey as a list of its questions, in a language of it. */
export const SurveyOutline = ({ definition }: { definition: SurveyDefinition }) => {
  const t = useTexts(conversionsTexts);
  const [main = "en"] = definition.languages;
  const [language, setLanguage] = useState(main);
  const names = new Intl.DisplayNames(["en"], { type: "language" });
  const nameOf = (tag: string): string => names.of(tag) ?? tag;
  const say = (words: Words | undefined): string => words?.[language] ?? words?.[main] ?? "";
  return (
    <Card
      title={t("preview")}
      subtitle={t("previewOf", { questions: definition.questions.length, languages: definition.languages.map(nameOf).join(", ") })}
      aside={definition.languages.length > 1 && (
        <Select size="xs" w={150} aria-label={t("element_language")} allowDeselect={false} data={definition.languages.map((tag) => ({ value: tag, label: nameOf(tag) }))} value={language} onChange={(tag) => setLanguage(tag ?? main)} />
      )}
    >
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={t("preview")}>
        <ol className={styles.outline} lang={language}>
          {definition.questions.map((question) => <Asked key={question.id} question={question} say={say} />)}
        </ol>
      </div>
    </Card>
  );
};

const Asked = ({ question, say }: { question: Question; say: (words: Words | undefined) => string }) => {
  const t = useTexts(conversionsTexts);
  const marks = [
    t(`kind_${question.type}`), ...(question.isRequired ? [t("required")] : []),
    ...((question.showIf?.length ?? 0) > 0 ? [t("conditional")] : []), ...((question.branches?.length ?? 0) > 0 ? [t("branches")] : []),
  ];
  const options = "options" in question ? question.options : question.type === "matrix" ? question.rows : [];
  return (
    <li>
      <p dir="auto">{say(question.title)}</p>
      <p className={styles.kind}>{marks.join(" · ")}</p>
      {options.length > 0 && (
        <ul className={styles.options}>
          {options.slice(0, OPTIONS_SHOWN).map((option) => <li key={option.id} dir="auto">{say(option.label)}</li>)}
          {options.length > OPTIONS_SHOWN && <li>… {options.length - OPTIONS_SHOWN}</li>}
        </ul>
      )}
    </li>
  );
};
