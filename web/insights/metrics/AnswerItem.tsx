import { IconMessage2 } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { ScoreBadge } from "../../ui/ScoreBadge.tsx";
import { Time } from "../../ui/Time.tsx";
import { useTexts } from "../../ui/texts.ts";
import type { Answer } from "./metrics.data.ts";
import { metricsTexts } from "./metrics.texts.ts";
import { placeOf } from "./group-words.ts";
import { scoreOfAnswer, toneOfAnswer } from "./scores.ts";
import { ShortWords } from "./ShortWords.tsx";

/** One answer in a list: what they gave, what they wrote, who and where. `isShort`: a long text is cut until it is opened. */
export const AnswerItem = ({ answer, isShort = false }: { answer: Answer; isShort?: boolean }) => {
  const t = useTexts(metricsTexts);
  const { customer } = answer;
  const place = placeOf(answer);
  const given = answer.comment ?? (answer.choices.length > 0 ? answer.choices.join(", ") : null);
  const words = answer.kind === "asked" ? t(answer.value === 1 ? "answered" : "unanswered") : given;
  return (
    <li className="answer">
      <ScoreBadge score={answer.value === null ? <IconMessage2 size={15} aria-label={t("comment")} /> : scoreOfAnswer(answer)} tone={toneOfAnswer(answer)} />
      <div>
        {answer.question !== null && <p className="answer-question" dir="auto">{answer.question}</p>}
        {isShort && words !== null ? (
          <ShortWords words={words} />
        ) : (
          <p className={words === null ? "quiet" : undefined} dir="auto">
            {words ?? t("noComment")}
          </p>
        )}
        <small>
          {customer === null ? (
            t("anonymous")
          ) : (
            <Link to="/customers/$customerId" params={{ customerId: customer.id }}>
              {customer.name ?? t("anonymous")}
            </Link>
          )}
          {place.map((part) => ` · ${part}`)}
        </small>
      </div>
      <small className="answer-at">
        <Time at={answer.at} />
      </small>
    </li>
  );
};
