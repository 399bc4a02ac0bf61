import type { DefinitionProblem } from "@firsthand/server/feedback/surveys/definition-problems.rules";
import type { Question } from "@firsthand/server/feedback/surveys/definition.contract";
import { IconArrowsShuffle, IconCalculator, IconFlag, IconGitBranch, IconLanguage, IconPalette, IconPlus, IconTarget, IconTextCaption } from "@tabler/icons-react";
import type { KeyboardEvent, ReactNode } from "react";
import { SortableList } from "../../ui/SortableList.tsx";
import { useTexts } from "../../ui/texts.ts";
import { AddQuestionMenu } from "./AddQuestionMenu.tsx";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { idIn, useDraft } from "./draft-context.ts";
import { withMovedTo } from "./draft.rules.ts";
import { addableOf } from "./new-question.rules.ts";
import { QUESTION_ICONS } from "./question-icons.ts";
import type { QuestionVerbs } from "./question-verbs.ts";

type OutlineProps = { problems: readonly DefinitionProblem[]; verbs: QuestionVerbs; isAdding: boolean; onAdding: (isAdding: boolean) => void };

/** The whole survey at a glance: what people read first, the questions in order, the ways to end, and the rest. */
export const Outline = ({ problems, verbs, isAdding, onAdding }: OutlineProps) => {
  const t = useTexts(builderTexts);
  const { definition, change, mayWrite, say, titleOf } = useDraft();
  const { questions, endings = [], calculations = [], quotas = [], shuffle = [], languages } = definition;
  return (
    <nav aria-label={t("outline")} className={classes.outline}>
      <OutlineLine place="survey" icon={<IconTextCaption size={15} aria-hidden />} words={t("surveyPlace")} note={say(definition.title)} />
      <p className={classes.groupName}>{t("questions")}</p>
      <SortableList items={questions} nameOf={titleOf} isLocked={!mayWrite} className={classes.questions} onMove={(id, to) => change(withMovedTo(definition, id, to))}
        render={(question, index, handle) => (
          <QuestionLine question={question} index={index} handle={handle} verbs={verbs} problems={problems.filter(({ questionId }) => questionId === question.id)} />
        )} />
      {questions.length === 0 && <p className={`quiet ${classes.nothing}`}>{t("noQuestions")}</p>}
      {mayWrite && <AddQuestionMenu isOpen={isAdding} onOpen={onAdding} onAdd={verbs.add} isFull={questions.length >= 200} />}
      <p className={classes.groupName}>{t("waysToEnd")}</p>
      <OutlineLine place="thanks" icon={<IconFlag size={15} aria-hidden />} words={t("thanks")} note={say(definition.thanks.title)} />
      {endings.map((ending) => <OutlineLine key={ending.id} place={`ending ${ending.id}`} icon={<IconFlag size={15} aria-hidden />} words={say(ending.title) || t("untitledEnding")} />)}
      {mayWrite && endings.length < 20 && (
        <button type="button" className={classes.line} onClick={verbs.addEnding}><IconPlus size={15} aria-hidden /><span>{t("addEnding")}</span></button>
      )}
      <p className={classes.groupName}>{t("more")}</p>
      <OutlineLine place="look" icon={<IconPalette size={15} aria-hidden />} words={t("look")} />
      <OutlineLine place="languages" icon={<IconLanguage size={15} aria-hidden />} words={t("languages")} count={languages.length} />
      <OutlineLine place="calculations" icon={<IconCalculator size={15} aria-hidden />} words={t("calculations")} count={calculations.length} />
      <OutlineLine place="quotas" icon={<IconTarget size={15} aria-hidden />} words={t("quotas")} count={quotas.length} />
      <OutlineLine place="order" icon={<IconArrowsShuffle size={15} aria-hidden />} words={t("randomOrder")} count={shuffle.length} />
    </nav>
  );
};

const OutlineLine = ({ place, icon, words, note, count = 0 }: { place: string; icon: ReactNode; words: string; note?: string; count?: number }) => {
  const draft = useDraft();
  return (
    <button type="button" className={classes.line} aria-current={draft.place === place ? "true" : undefined} onClick={() => draft.open(place)}>
      {icon}
      <span className={classes.lineWords}>{words}{note !== undefined && note !== "" && <span className="quiet"><bdi>{note}</bdi></span>}</span>
      {count > 0 && <span className="count-badge numeric">{count}</span>}
    </button>
  );
};

type QuestionLineProps = { question: Question; index: number; handle: ReactNode; verbs: QuestionVerbs; problems: readonly DefinitionProblem[] };

const QuestionLine = ({ question, index, handle, verbs, problems }: QuestionLineProps) => {
  const t = useTexts(builderTexts);
  const { place, open, say } = useDraft();
  const kind = addableOf(question);
  const Picture = QUESTION_ICONS[kind];
  const hasLogic = (question.showIf ?? []).length > 0 || (question.branches ?? []).length > 0;
  const worst = problems.some(({ severity }) => severity === "error") ? "error" : problems.length > 0 ? "warning" : null;
  const press = (event: KeyboardEvent): void => verbs.press(event, question.id);
  return (
    <div className={classes.questionLine} data-selected={idIn(place, "question") === question.id}>
      {handle}
      <button type="button" className={classes.questionButton} data-question={question.id} aria-current={idIn(place, "question") === question.id ? "true" : undefined}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Control+D Delete" onClick={() => open(`question ${question.id}`)} onKeyDown={press}>
        <span className={`numeric ${classes.number}`}>{index + 1}</span>
        <Picture size={15} aria-label={t(kind)} role="img" />
        <span className={classes.title}><bdi>{say(question.title) || t("untitled")}</bdi></span>
        {hasLogic && <IconGitBranch size={13} role="img" aria-label={t("hasLogic")} />}
        {worst !== null && <span className={worst === "error" ? classes.error : classes.warning} role="img" aria-label={t(worst === "error" ? "hasError" : "hasWarning")} />}
      </button>
    </div>
  );
};
