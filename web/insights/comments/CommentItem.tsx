import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Time } from "../../ui/Time.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useSession } from "../../shell/session.data.ts";
import { placeOf } from "../metrics/group-words.ts";
import { type Comment, type NeedName, needNames, type Polarity } from "./comments.data.ts";
import { commentsTexts } from "./comments.texts.ts";
import { HighlightedText } from "./HighlightedText.tsx";
import { writingAidTexts } from "../writing-aid/writing-aid.texts.ts";

type CommentItemProps = { comment: Comment; shownNeed: NeedName | undefined; hidesPersonal: boolean; onCorrect: () => void; onDraft: (() => void) | undefined };

const signs: Record<Polarity, string> = { pos: "+", neg: "−", mix: "±" };
const words = { pos: "metNeed", neg: "unmetNeed", mix: "mixedNeed" } as const satisfies Record<Polarity, string>;

/** One comment with what was read in it: the words that carried it are marked, and what is wrong can be set right. */
export const CommentItem = ({ comment, shownNeed, hidesPersonal, onCorrect, onDraft }: CommentItemProps) => {
  const t = useTexts(commentsTexts);
  const { abilities } = useSession();
  const { customer, needs } = comment;
  const place = placeOf(comment);
  return (
    <li className={`comment comment-${comment.sentiment}`}>
      {comment.question !== null && <p className="comment-question" dir="auto">{comment.question}</p>}
      <HighlightedText comment={comment} only={shownNeed} hidesPersonal={hidesPersonal} />
      <ul className="reading" aria-label={t("reading")}>
        <li className={`reading-sentiment reading-${comment.sentiment}`}>{t(comment.sentiment)}</li>
        {comment.emotion !== null && <li>{t(comment.emotion)}</li>}
        {needNames.map((need) => {
          const polarity = needs[need];
          return polarity === undefined ? null : (
            <li key={need} className={`reading-need reading-${polarity}`} title={t(words[polarity], { need: t(need) })}>
              <span aria-hidden>{signs[polarity]} {t(need)}</span>
              <span className="sr-only">{t(words[polarity], { need: t(need) })}</span>
            </li>
          );
        })}
        {comment.isUrgent && <li className="reading-urgent">{t("urgentBadge")}</li>}
        {comment.isUnsure && <li className="reading-unsure">{t("unsureBadge")}</li>}
        {comment.themes.map(({ id, name }) => <li key={id} className="reading-theme" dir="auto" title={t("theme")}>{name}</li>)}
        {isSetByPerson(comment) && <li className="reading-unsure">{t("correctedBadge")}</li>}
      </ul>
      <small className="comment-foot">
        {customer === null ? t("anonymous") : <Link to="/customers/$customerId" params={{ customerId: customer.id }}>{customer.name ?? t("anonymous")}</Link>}
        {place.map((part) => ` · ${part}`)} · <Time at={comment.at} />
        {abilities.includes("comments.correct") && (
          <Button variant="subtle" size="compact-xs" onClick={onCorrect} aria-label={t("correctOf")}>
            {t("correct")}
          </Button>
        )}
        {onDraft !== undefined && (
          <Button variant="subtle" size="compact-xs" onClick={onDraft} aria-label={writingAidTexts.say("draftOf")}>
            {writingAidTexts.say("draft")}
          </Button>
        )}
      </small>
    </li>
  );
};

const isSetByPerson = ({ corrected, marks, themes }: Comment): boolean => corrected.length > 0 || marks.length > 0 || themes.some(({ isSet }) => isSet);
