import { Button } from "@mantine/core";
import { IconFile } from "@tabler/icons-react";
import { useState } from "react";
import { download } from "../../shell/downloads.ts";
import { useAbility } from "../../shell/session.data.ts";
import { npsTone, ScoreBadge, toneOf } from "../../ui/ScoreBadge.tsx";
import { useTexts } from "../../ui/texts.ts";
import { mainScore } from "./answers.rules.ts";
import { CorrectionForm } from "./CorrectionForm.tsx";
import classes from "./ResponseScreen.module.css";
import { fileAddress, type ShownAnswer, type SurveyResponse } from "./responses.data.ts";
import { responsesTexts } from "./responses.texts.ts";

/** Every answer under its question, in the order of the survey; who may can correct one. */
export const AnswerList = ({ response }: { response: SurveyResponse }) => {
  const t = useTexts(responsesTexts);
  const mayCorrect = useAbility("responses.correct") && response.state === "complete";
  const [corrected, setCorrected] = useState<string | null>(null);
  if (response.answers.length === 0) return <p className="quiet">{t("noAnswer")}</p>;
  return (
    <ol className={classes.answers}>
      {response.answers.map((answer) => (
        <li key={answer.questionId}>
          <h3>{answer.question}</h3>
          <AnswerValue answer={answer} responseId={response.id} />
          {!answer.isCounted && <p className="quiet">{t("notCounted")}</p>}
          {mayCorrect && corrected !== answer.questionId && (
            <Button size="compact-xs" variant="subtle" aria-label={`${t("correct")}: ${answer.question}`} onClick={() => setCorrected(answer.questionId)}>{t("correct")}</Button>
          )}
          {corrected === answer.questionId && <CorrectionForm responseId={response.id} answer={answer} onDone={() => setCorrected(null)} />}
        </li>
      ))}
    </ol>
  );
};

const AnswerValue = ({ answer, responseId }: { answer: ShownAnswer; responseId: string }) => {
  const score = mainScore([{ ...answer, isCounted: true }]);
  if (score !== null) return <ScoreBadge score={score.text} tone={score.type === "nps" ? npsTone(score.score) : toneOf(score.normalised)} />;
  if (answer.files.length > 0)
    return (
      <ul className={classes.chosen}>
        {answer.files.map((file) => (
          <li key={file.id}>
            <a href={fileAddress(responseId, file.id)} download onClick={download}><IconFile size={13} aria-hidden /> {file.name}</a>
          </li>
        ))}
      </ul>
    );
  if (answer.choices.length > 0)
    return (
      <>
        <ul className={classes.chosen}>
          {answer.choices.map((choice) => <li key={choice.id}>{choice.label}</li>)}
        </ul>
        {answer.text !== null && answer.text !== "" && <p>{answer.text}</p>}
      </>
    );
  return <p>{answer.words}</p>;
};
