import type { DefinitionProblem } from "@firsthand/server/feedback/surveys/definition-problems.rules";
import { useTexts } from "../../ui/texts.ts";
import classes from "./Builder.module.css";
import { builderTexts } from "./builder.texts.ts";
import { placeOf } from "./problem-places.rules.ts";

/** What stands between the draft and publishing, errors first; a click opens the place it is about. */
export const ProblemList = ({ problems, onOpen }: { problems: readonly DefinitionProblem[]; onOpen: (place: string) => void }) => {
  const t = useTexts(builderTexts);
  const sorted = problems.toSorted((one, other) => Number(other.severity === "error") - Number(one.severity === "error"));
  return (
    <ul className={classes.problems}>
      {problems.length === 0 && <li className={classes.ready}>{t("noProblems")}</li>}
      {sorted.map((problem) => (
        <li key={`${problem.code} ${problem.message}`} className={problem.severity === "error" ? classes.error : classes.warning}>
          <button type="button" onClick={() => onOpen(placeOf(problem))}>{problem.message}</button>
        </li>
      ))}
    </ul>
  );
};
