import { UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { formatDay } from "../../ui/dates.ts";
import { useTexts } from "../../ui/texts.ts";
import { faceOf } from "./faces.ts";
import classes from "./Map.module.css";
import { mapTexts } from "./map.texts.ts";
import type { OverlayStep } from "./maps.data.ts";

/** Whether whoever looks gets what customers wrote: their words are told to those who may see both. */
export const useMayQuote = (): boolean => {
  const [mayName, mayRead] = [useAbility("customers.read"), useAbility("comments.read")];
  return mayName && mayRead;
};

/** What customers said about a step, in their own words; one at first, the others on asking. */
export const Words = ({ words }: { words: OverlayStep["words"] }) => {
  const t = useTexts(mapTexts);
  const [isOpen, setOpen] = useState(false);
  const mayQuote = useMayQuote();
  if (words.length === 0) return <span className="quiet">{mayQuote ? "–" : t("wordsNotShown")}</span>;
  return (
    <div className={classes.words}>
      {words.slice(0, isOpen ? words.length : 1).map((word) => {
        const face = word.feeling === null ? null : faceOf(word.feeling * 2);
        const Face = face?.icon;
        return (
          <figure key={word.perceptionId}>
            <blockquote dir="auto" className={isOpen ? undefined : classes.clamped}>“{word.text}”</blockquote>
            <figcaption>
              {Face !== undefined && face !== null && <span className={`${classes.face} ${classes[face.tone]}`} title={word.isInferred ? t("inferred") : t("measured")}><Face size={14} aria-hidden /><span className="sr-only">{t(face.word)}</span></span>}
              <Link to="/comments" search={{ comment: word.perceptionId, period: "all" }}><span className="sr-only">{t("openComment")} </span>{word.customerId !== null && `${word.customerName ?? t("someCustomer")}, `}{formatDay(new Date(word.at))}</Link>
            </figcaption>
          </figure>
        );
      })}
      {words.length > 1 && <UnstyledButton className={classes.moreWords} onClick={() => setOpen(!isOpen)}>{isOpen ? t("fewerWords") : t("moreWords", { count: words.length - 1 })}</UnstyledButton>}
    </div>
  );
};
