import { useEffect, useMemo, useState } from "preact/hooks";
import type { Answers } from "@firsthand/server/feedback/surveys/definition.contract";
import type { PageData } from "./page-data.ts";
import { uploadTo } from "./browser.ts";
import { openSession, type SaveState, type Surroundings } from "./session.ts";
import { SurveyView } from "./SurveyView.tsx";
import type { SurveyTools } from "./tools.ts";

/** A survey that is really answered: every step is kept on the device and sent. */
export function LiveSurvey({ data, around, tools }: { data: PageData; around: Surroundings; tools: SurveyTools | null }) {
  const [state, setState] = useState<SaveState>("idle");
  const [session] = useState(() => openSession(data, around, (next) => setState(next)));
  const [progress, setProgress] = useState(session.progress());
  const definition = useMemo(() => tools?.arrangeFor(data.definition, progress.id) ?? data.definition, [tools, data.definition, progress.id]);

  useEffect(() => {
    const retry = (): void => void session.retry();
    const leave = (): void => {
      if (document.visibilityState === "hidden") session.leave();
    };
    retry();
    addEventListener("online", retry);
    addEventListener("pagehide", session.leave);
    document.addEventListener("visibilitychange", leave);
    return () => {
      removeEventListener("online", retry);
      removeEventListener("pagehide", session.leave);
      document.removeEventListener("visibilitychange", leave);
    };
  }, [session]);

  const change = (answers: Answers): void => {
    session.note({ answers });
    setProgress(session.progress());
  };
  const move = (questionId: string | null): void => {
    session.note({ questionId });
    // The reply of the last save says which ending it is: quotas are counted on the server.
    void session.save(questionId === null).then(() => setProgress(session.progress()));
    setProgress(session.progress());
  };
  if (state === "closed") return <Message title={data.texts.closedTitle} text={data.texts.closedText} />;
  if (state === "refused") return <Message title="" text={data.texts.refused} />;
  return (
    <SurveyView definition={definition} context={data.context} tools={tools} language={data.language} texts={data.texts} answers={progress.answers} questionId={progress.questionId}
      isComplete={progress.isComplete} endingId={progress.endingId} upload={uploadTo(data.slug, progress.id)} onAnswers={change} onMove={move} notice={state === "waiting" ? data.texts.offline : ""} takesFocus />
  );
}

function Message({ title, text }: { title: string; text: string }) {
  return <div class="message" role="alert">{title !== "" && <h1>{title}</h1>}<p>{text}</p></div>;
}
