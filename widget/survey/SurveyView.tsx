import { useEffect, useRef, useState } from "preact/hooks";
import type { Answer, Answers, SurveyContext, SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import type { PageTexts } from "@firsthand/server/feedback/survey-page/page-texts.rules";
import { checkCommonAnswer, isCommon } from "@firsthand/server/feedback/surveys/common-answers.rules";
import { answerTo, type Problem } from "@firsthand/server/feedback/surveys/given-answer.rules";
import { textIn } from "@firsthand/server/feedback/surveys/local-text.rules";
import { endingOfWalk, walk } from "@firsthand/server/feedback/surveys/walk.rules";
import type { Upload } from "./fields.ts";
import { QuestionField } from "./QuestionField.tsx";
import { useQuestionKeys } from "./keys.ts";
import { useRareFields } from "./rare-fields.ts";
import type { SurveyTools } from "./tools.ts";

type Props = {
  /** With what is random already in this person's order. */
  definition: SurveyDefinition;
  context: SurveyContext;
  /** From `toolsFor` this definition; null when it needs none. */
  tools: SurveyTools | null;
  language: string;
  texts: PageTexts;
  answers: Answers;
  /** Question on show; null or a hidden one: the first. */
  questionId: string | null;
  isComplete: boolean;
  /** Ending the server decided on; undefined while only the answers can tell. */
  endingId?: string | null | undefined;
  upload: Upload | null;
  /** Origin of the server where that is not the page's own; "" where it is. */
  base?: string;
  onAnswers: (answers: Answers) => void;
  /** The person goes on to a question; null: is done. */
  onMove: (questionId: string | null) => void;
  notice: string;
  takesFocus: boolean;
  /** Where keys are listened to: all of a page that is nothing but the survey, else the survey's own part of it. */
  keysIn?: EventTarget;
};

/** One question at a time. Knows no network: what happens to the answers is the caller's business. */
export function SurveyView(props: Props) {
  const { definition, context, tools, language, texts, answers, takesFocus, base = "" } = props;
  const [problem, setProblem] = useState<Problem>(null);
  const heading = useRef<HTMLElement>(null);
  const hasMoved = useRef(false);
  const rare = useRareFields(definition);
  const given = { definition, answers, context, calculatorOf: tools?.calculatorOf ?? null };
  const { shown } = walk(given);
  const index = Math.max(0, shown.findIndex((question) => question.id === props.questionId));
  const question = shown[index];
  const words = (text: Parameters<typeof textIn>[0]): string => {
    const plain = textIn(text, language, definition.languages);
    return tools === null ? plain : tools.fillText(plain, { definition, answers, context, language });
  };

  // A new question is announced by moving the focus to it, but the first one leaves the focus where the page put it.
  useEffect(() => {
    if (hasMoved.current && takesFocus) heading.current?.focus();
  }, [question?.id, props.isComplete, takesFocus]);

  const answer = (given: Answer): void => {
    if (question === undefined) return;
    setProblem(null);
    props.onAnswers({ ...answers, [question.id]: given });
  };
  const move = (questionId: string | null): void => {
    hasMoved.current = true;
    setProblem(null);
    props.onMove(questionId);
  };
  const next = (): void => {
    if (question === undefined) return;
    const given = answerTo(answers, question.id);
    // A field that is not there yet cannot have been answered.
    if (!isCommon(question) && rare.loaded === null) return;
    const found = isCommon(question) ? checkCommonAnswer(question, given) : (rare.loaded?.checkRareAnswer(question, given) ?? null);
    setProblem(found);
    if (found === null) move(shown[index + 1]?.id ?? null);
  };
  useQuestionKeys(props.isComplete ? undefined : question, answerTo(answers, question?.id ?? ""), { answer, next, place: props.keysIn ?? window });

  if (props.isComplete || question === undefined) {
    const endings = definition.endings ?? [];
    const decided = props.endingId === undefined ? endingOfWalk(given) : endings.find(({ id }) => id === props.endingId);
    const ending = decided ?? definition.thanks;
    return (
      <div class="message">
        <h1 tabIndex={-1} ref={(element) => void (heading.current = element)}>{words(ending.title) || texts.thanks}</h1>
        <p>{words(ending.text)}</p>
        {ending.redirectUrl !== undefined && <p class="actions"><a class="primary" rel="noreferrer" href={ending.redirectUrl}>{texts.continueTo}</a></p>}
        <p class="notice" role="status">{props.notice}</p>
      </div>
    );
  }
  const isLast = index === shown.length - 1;
  const hint = words(question.hint);
  const field = { answer: answerTo(answers, question.id), words, language, languages: definition.languages, texts, base, upload: props.upload, onAnswer: answer };
  return (
    <>
      <h1>{words(definition.title)}</h1>
      {index === 0 && definition.intro !== undefined && <p class="intro">{words(definition.intro)}</p>}
      <form novalidate onSubmit={(event) => { event.preventDefault(); next(); }}>
        <fieldset class="question" key={question.id} aria-describedby={problem === null ? undefined : "problem"}>
          <legend tabIndex={-1} ref={(element) => void (heading.current = element)}>
            {words(question.title)}
            {!question.isRequired && question.type !== "statement" && <span class="optional"> ({texts.optional})</span>}
          </legend>
          {hint !== "" && <p class="hint">{hint}</p>}
          {isCommon(question) ? <QuestionField {...field} question={question} />
            : rare.loaded !== null ? <rare.loaded.RareField {...field} question={question} />
              : <Waiting hasFailed={rare.hasFailed} retry={rare.retry} text={texts.offline} />}
          {problem !== null && <p class="error" id="problem" role="alert">{texts[problem]}</p>}
        </fieldset>
        <p class="actions">
          {index > 0 && <button type="button" class="plain" onClick={() => move(shown[index - 1]?.id ?? null)}>{texts.back}</button>}
          <button class="primary">{isLast ? texts.send : texts.next}</button>
        </p>
      </form>
      <p class="progress">{texts.progress.replace("{n}", String(index + 1)).replace("{total}", String(shown.length))}</p>
      <p class="notice" role="status">{props.notice}</p>
    </>
  );
}

function Waiting({ hasFailed, retry, text }: { hasFailed: boolean; retry: () => void; text: string }) {
  if (!hasFailed) return <p class="hint" aria-busy="true">…</p>;
  return <p class="error" role="alert">{text} <button type="button" class="plain" onClick={retry}>↻</button></p>;
}
