import { type SyntheticEvent, useCallback, useRef } from "react";
import { useTexts } from "../../ui/texts.ts";
import { CallFacts } from "./CallFacts.tsx";
import { CallOutcomeForm } from "./CallOutcomeForm.tsx";
import classes from "./Interview.module.css";
import type { Call, CallList } from "./interviews.data.ts";
import { interviewsTexts } from "./interviews.texts.ts";

/** One call: whom, what to say, the survey, and what came of it. */
export const CallDesk = ({ list, call, onNext }: { list: CallList; call: Call; onNext: () => Promise<void> }) => {
  const t = useTexts(interviewsTexts);
  const outcome = useRef<HTMLDivElement>(null);
  const leave = useCallback((): void => outcome.current?.focus(), []);
  // The survey keeps all keys for its answers; one leads out of it.
  const listen = ({ currentTarget }: SyntheticEvent<HTMLIFrameElement>): void => {
    currentTarget.contentWindow?.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") leave();
    });
  };
  return (
    <div className={classes.desk}>
      <CallFacts list={list} call={call} />
      <section className={classes.survey} aria-label={t("surveyFrame", { name: call.name })}>
        <iframe src={pathOf(call.surveyUrl)} title={t("surveyFrame", { name: call.name })} className={classes.frame} onLoad={listen} />
        <p className="quiet">{t("surveyHint")}</p>
      </section>
      <div ref={outcome} tabIndex={-1} className={classes.side}>
        <CallOutcomeForm list={list} call={call} onNext={onNext} />
      </div>
    </div>
  );
};

// The address by which this page was reached may differ from the one customers know; a frame of another origin would be refused.
const pathOf = (url: string): string => {
  const { pathname, search } = new URL(url, location.origin);
  return `${pathname}${search}`;
};
