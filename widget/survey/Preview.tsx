import { useEffect, useState } from "preact/hooks";
import type { Answers } from "@firsthand/server/feedback/surveys/definition.contract";
import type { PreviewData } from "./page-data.ts";
import { surveyTools } from "./survey-tools.ts";
import { SurveyView } from "./SurveyView.tsx";

const NOTHING_KNOWN = { traits: {}, facts: {} };

/** The survey in the builder: it can be clicked through, and nothing is kept. */
export function Preview({ data, turn }: { data: PreviewData; turn: number }) {
  const [answers, setAnswers] = useState<Answers>({});
  const [questionId, setQuestionId] = useState<string | null>(null);
  const [isComplete, setIsComplete] = useState(false);

  // The builder moves to the question being edited; clicking in the preview moves on from there.
  useEffect(() => {
    if (data.questionId === null) return;
    setQuestionId(data.questionId);
    setIsComplete(false);
  }, [data.questionId, turn]);

  const move = (next: string | null): void => {
    if (next === null) setIsComplete(true);
    else setQuestionId(next);
  };
  // The question being edited shows even where earlier answers would hide it.
  const questions = data.definition.questions.map((question) => (question.id === questionId ? { ...question, showIf: undefined } : question));
  return (
    <SurveyView definition={{ ...data.definition, questions }} context={NOTHING_KNOWN} tools={surveyTools} language={data.language} texts={data.texts} answers={answers} questionId={questionId}
      isComplete={isComplete} upload={null} onAnswers={setAnswers} onMove={move} notice="" takesFocus={false} />
  );
}
