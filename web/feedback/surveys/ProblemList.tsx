import type { checkDefinition } from "@firsthand/server/feedback/surveys/definition.rules";
import { Card } from "../../ui/Card.tsx";
import { useTexts } from "../../ui/texts.ts";
import classes from "./SurveyBuilderScreen.module.css";
import { surveysTexts } from "./surveys.texts.ts";

type Problem = ReturnType<typeof checkDefinition>[number];

/** What stands between the draft and publishing; a click opens the question it is about. */
export const ProblemList = ({ problems, onOpen }: { problems: readonly Problem[]; onOpen: (questionId: string) => void }) => {
  const t = useTexts(surveysTexts);
  return (
    <Card title={t("problems")}>
      <ul className={classes.problems} aria-live="polite">
        {problems.length === 0 && <li className={classes.ready}>{t("noProblems")}</li>}
        {problems.map(({ severity, code, questionId, message }) => (
          <li key={`${code} ${message}`} className={severity === "error" ? classes.error : classes.warning}>
            {questionId === null ? message : <button type="button" onClick={() => onOpen(questionId)}>{message}</button>}
          </li>
        ))}
      </ul>
    </Card>
  );
};
