import { ActionIcon, Button, Menu } from "@mantine/core";
import { textIn } from "@firsthand/server/feedback/surveys/local-text.rules";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useTexts } from "../../ui/texts.ts";
import { withMoved, withQuestion } from "./draft.rules.ts";
import { ADDABLE_GROUPS, type Addable, newQuestion } from "./new-question.rules.ts";
import { withoutQuestion } from "./references.rules.ts";
import { QuestionEditor } from "./QuestionEditor.tsx";
import classes from "./SurveyBuilderScreen.module.css";
import type { Question, SurveyDefinition } from "./surveys.data.ts";
import { surveysTexts } from "./surveys.texts.ts";

type QuestionListProps = {
  definition: SurveyDefinition;
  language: string;
  openId: string | null;
  onOpen: (id: string | null) => void;
  onChange: (definition: SurveyDefinition) => void;
};

/** The questions in order, one of them open. */
export const QuestionList = ({ definition, language, openId, onOpen, onChange }: QuestionListProps) => {
  const t = useTexts(surveysTexts);
  const add = (type: Addable): void => {
    const question = newQuestion(definition, type);
    onChange({ ...definition, questions: [...definition.questions, question] });
    onOpen(question.id);
  };
  return (
    <div className={classes.fields}>
      <ol className={classes.questions}>
        {definition.questions.map((question, index) => (
          <li key={question.id} className={`${classes.question} ${question.id === openId ? classes.questionOpen : ""}`}>
            <QuestionHead {...{ definition, question, index, language, onChange }} isOpen={question.id === openId}
              onToggle={() => onOpen(question.id === openId ? null : question.id)} />
            {question.id === openId && (
              <div className={classes.body} id={`question-${question.id}`}>
                <QuestionEditor question={question} earlier={definition.questions.slice(0, index)} language={language} languages={definition.languages}
                  onChange={(next) => onChange(withQuestion(definition, question.id, next))} />
              </div>
            )}
          </li>
        ))}
      </ol>
      <Menu position="bottom-start" width={260}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} disabled={definition.questions.length >= 100}>{t("addQuestion")}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {ADDABLE_GROUPS.flatMap(({ addables }) => [...addables]).map((type) => <Menu.Item key={type} onClick={() => add(type)}>{t(type)}</Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
};

type QuestionHeadProps = {
  definition: SurveyDefinition;
  question: Question;
  index: number;
  language: string;
  isOpen: boolean;
  onToggle: () => void;
  onChange: (definition: SurveyDefinition) => void;
};

const QuestionHead = ({ definition, question, index, language, isOpen, onToggle, onChange }: QuestionHeadProps) => {
  const t = useTexts(surveysTexts);
  const title = textIn(question.title, language, definition.languages) || t("untitled");
  const tools = [
    { label: t("moveUp"), icon: IconArrowUp, isOff: index === 0, next: () => withMoved(definition, question.id, -1) },
    { label: t("moveDown"), icon: IconArrowDown, isOff: index === definition.questions.length - 1, next: () => withMoved(definition, question.id, 1) },
    { label: t("removeQuestion"), icon: IconTrash, isOff: false, next: () => withoutQuestion(definition, question.id).definition },
  ];
  return (
    <div className={classes.head}>
      <button type="button" className={classes.toggle} aria-expanded={isOpen} aria-controls={isOpen ? `question-${question.id}` : undefined} onClick={onToggle}>
        <span className="numeric quiet">{index + 1}</span>
        <strong>{title}</strong>
        <span className={classes.kind}>{t(question.type)}</span>
      </button>
      {tools.map(({ label, icon: Picture, isOff, next }) => (
        <ActionIcon key={label} variant="subtle" color="gray" size={28} aria-label={`${label}: ${title}`} disabled={isOff} onClick={() => onChange(next())}>
          <Picture size={15} aria-hidden />
        </ActionIcon>
      ))}
    </div>
  );
};
