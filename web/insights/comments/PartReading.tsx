import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { type Comment, needNames, type ReadingPart } from "./comments.data.ts";
import { commentsTexts } from "./comments.texts.ts";

type PartReadingProps = { part: ReadingPart; comment: Comment; hidesPersonal: boolean; isBusy: boolean; /** What was read, in words, where the control says something else now; how sure and why is of that. */ wasRead: string | null; onTakeBack: () => void; children: ReactNode };

/** A part of a reading with how sure the model is of it and the words that carried it, or with that a person set it. */
export const PartReading = ({ part, comment, hidesPersonal, isBusy, wasRead, onTakeBack, children }: PartReadingProps) => {
  const t = useTexts(commentsTexts);
  const isSet = comment.corrected.includes(part);
  const [sure, words] = [surenessOf(comment, part), wordsOf(comment, part, hidesPersonal)];
  const told = [...(wasRead === null ? [] : [t("wasRead", { value: wasRead })]), ...(isSet ? [t("correctedBadge")] : sure === null ? [] : [t("sure", { share: formatShare(sure) })]), ...(words.length === 0 ? [] : [`${t("why")}: ${words.map((word) => `\u201c${word}\u201d`).join(", ")}`])];
  return (
    <div>
      {children}
      {(told.length > 0 || isSet) && (
        <small className="part-reading">
          {told.join(" \u00b7 ")}
          {isSet && (
            <Button variant="subtle" size="compact-xs" disabled={isBusy} onClick={onTakeBack} aria-label={t("takeBackOf", { part: nameOf(part) })}>
              {t("takeBack")}
            </Button>
          )}
        </small>
      )}
    </div>
  );
};

const nameOf = (part: ReadingPart): string => commentsTexts.say(part);

/** Null where nothing was read that one could be sure of. */
const surenessOf = ({ confidence, emotion, language, isUrgent }: Comment, part: ReadingPart): number | null => {
  switch (part) {
    case "sentiment":
      return confidence.sentiment;
    case "emotion":
      return emotion === null ? null : confidence.emotion;
    case "urgent":
      return isUrgent ? confidence.urgent : 1 - confidence.urgent;
    case "language":
      return language === null ? null : confidence.language;
    default:
      return confidence.needs[part] ?? null;
  }
};

const wordsOf = ({ text, highlights, personalData }: Comment, part: ReadingPart, hidesPersonal: boolean): string[] => {
  const about = needNames.find((need) => need === part) ?? part;
  return highlights
    .filter((one) => one.about === about && one.weight > 0 && !(hidesPersonal && personalData.some((hidden) => hidden.from < one.to && one.from < hidden.to)))
    .map(({ from, to }) => text.slice(from, to));
};
