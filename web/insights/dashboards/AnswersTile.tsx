import { useTexts } from "../../ui/texts.ts";
import { AnswerItem } from "../metrics/AnswerItem.tsx";
import type { Measured, MeasuredTile } from "./dashboards.data.ts";
import { dashboardsTexts } from "./dashboards.texts.ts";
import { titleOf } from "./tile-words.ts";

/** The newest answers behind a score, in the words of those who gave them. */
export const AnswersTile = ({ tile, numbers }: { tile: MeasuredTile; numbers: Measured }) => {
  const t = useTexts(dashboardsTexts);
  const answers = numbers.answers ?? [];
  if (answers.length === 0) return <p className="quiet">{t("noAnswers")}</p>;
  return (
    <ul className="answers tile-scroll" tabIndex={0} aria-label={titleOf(tile)}>
      {answers.map((answer) => <AnswerItem key={answer.id} answer={answer} />)}
    </ul>
  );
};
