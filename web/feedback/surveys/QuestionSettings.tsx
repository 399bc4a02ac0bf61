import type { Question } from "@firsthand/server/feedback/surveys/definition.contract";
import { SegmentedControl, Switch } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconCopy, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTexts } from "../../ui/texts.ts";
import { BranchList } from "./BranchList.tsx";
import { builderTexts } from "./builder.texts.ts";
import { subjectsFor } from "./condition-choices.rules.ts";
import { useDraft } from "./draft-context.ts";
import { orNothing } from "./draft.rules.ts";
import { KindFields } from "./KindFields.tsx";
import { addableOf } from "./new-question.rules.ts";
import { QUESTION_ICONS } from "./question-icons.ts";
import type { QuestionVerbs } from "./question-verbs.ts";
import { RuleEditor } from "./RuleEditor.tsx";
import { SettingsHead } from "./SettingsHead.tsx";
import { SpokenFields } from "./SpokenFields.tsx";
import { WordsField } from "./WordsField.tsx";

/** One question: its words and answers, when it is shown and where it leads, how it sounds. */
export const QuestionSettings = ({ question, verbs }: { question: Question; verbs: QuestionVerbs }) => {
  const t = useTexts(builderTexts);
  const { definition, put } = useDraft();
  const [part, setPart] = useState("words");
  const index = definition.questions.findIndex(({ id }) => id === question.id);
  const logicCount = (question.showIf ?? []).length + (question.branches ?? []).length;
  const actions = [
    { label: t("moveUp"), icon: IconArrowUp, isOff: index === 0, onClick: () => verbs.move(question.id, -1) },
    { label: t("moveDown"), icon: IconArrowDown, isOff: index === definition.questions.length - 1, onClick: () => verbs.move(question.id, 1) },
    { label: t("copyQuestion"), icon: IconCopy, onClick: () => verbs.copy(question.id) },
    { label: t("removeQuestion"), icon: IconTrash, onClick: () => verbs.remove(question.id) },
  ];
  const earlier = subjectsFor(definition, definition.questions.slice(0, index));
  return (
    <>
      <SettingsHead title={`${index + 1}. ${t(addableOf(question))}`} icon={QUESTION_ICONS[addableOf(question)]} actions={actions}>
        <SegmentedControl fullWidth size="xs" aria-label={t("settings")} value={part} onChange={setPart} data={[
          { value: "words", label: t("partQuestion") },
          { value: "logic", label: logicCount === 0 ? t("partLogic") : t("partLogicCount", { count: logicCount }) },
          { value: "voice", label: t("partVoice") },
        ]} />
      </SettingsHead>
      {part === "words" && (
        <>
          <WordsField label={t("questionText")} text={question.title} onChange={(title) => put({ ...question, title })} canInsert isFirst />
          <WordsField label={t("hint")} text={question.hint} onChange={(hint) => put({ ...question, hint: orNothing(hint) })} canInsert />
          <KindFields question={question} />
          {question.type !== "statement" && (
            <Switch label={question.type === "consent" ? t("requiredConsent") : t("required")} checked={question.isRequired} onChange={(event) => put({ ...question, isRequired: event.currentTarget.checked })} />
          )}
          <p className="quiet">{t("nameInData")} <code>{question.id}</code></p>
        </>
      )}
      {part === "logic" && (
        <>
          <RuleEditor label={t("showWhen")} whenNone={t("always")} subjects={earlier} rule={{ conditions: question.showIf ?? [], match: question.showIfMatch }}
            onChange={({ conditions, match }) => put({ ...question, showIf: conditions.length === 0 ? undefined : conditions, showIfMatch: match })} />
          <BranchList question={question} subjects={subjectsFor(definition, definition.questions.slice(0, index + 1))} />
        </>
      )}
      {part === "voice" && <SpokenFields question={question} />}
    </>
  );
};
