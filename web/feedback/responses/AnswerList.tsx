import { npsTone, ScoreBadge, toneOf } from "../../ui/ScoreBadge.tsx";
import { useTexts } from "../../ui/texts.ts";
import { mainScore } from "./answers.rules.ts";
import classes from "./ResponseScreen.module.css";
import type { ShownAnswer } from "./responses.data.ts";
import { responsesTexts } from "./responses.texts.ts";

/** Every answer under its question, in the order of the survey. */
export const AnswerList = ({ answers }: { answers: readonly ShownAnswer[] }) => {
  const t = useTexts(responsesTexts);
  if (answers.length === 0) return <p className="quiet">{t("noAnswer")}</p>;
  return (
    <ol className={classes.answers}>
      {answers.map((answer) => (
        <li key={answer.questionId}>
          <h3>{answer.question}</h3>
          <AnswerValue answer={answer} />
          {!answer.isCounted && <p className="quiet">{t("notCounted")}</p>}
        </li>
      ))}
    </ol>
  );
};

const AnswerValue = ({ answer }: { answer: ShownAnswer }) => {
  const score = mainScore([{ ...answer, isCounted: true }]);
  return (
    <>
      {score !== null && <ScoreBadge score={score.score} tone={score.type === "nps" ? npsTone(score.score) : toneOf(score.normalised)} />}
      {answer.choices.length > 0 && (
        <ul className={classes.chosen}>
          {answer.choices.map((choice) => <li key={choice.id}>{choice.label}</li>)}
        </ul>
      )}
      {answer.text !== null && answer.text !== "" && <p>{answer.text}</p>}
    </>
  );
};
