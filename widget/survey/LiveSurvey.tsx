import { useEffect, useMemo, useState } from "preact/hooks";
import type { Answers } from "@firsthand/server/feedback/surveys/definition.contract";
import type { Upload } from "./fields.ts";
import { moveOn } from "./onward.ts";
import type { PageData } from "./page-data.ts";
import { openSession, type SaveState, type Surroundings } from "./session.ts";
import { SurveyView } from "./SurveyView.tsx";
import type { SurveyTools } from "./tools.ts";

type Props = {
  data: PageData;
  around: Surroundings;
  tools: SurveyTools | null;
  /** Origin of the server where that is not the page's own. */
  base?: string;
  /** Whether the page itself goes where an ending leads; a widget leaves its host page alone and shows the link only. */
  leavesPage?: boolean;
  /** Told when the person has answered something, and when everything is answered. */
  onProgress?: (step: "started" | "completed") => void;
  /** See `SurveyView`. */
  keysIn?: EventTarget;
};

/** A survey that is really answered: every step is kept on the device and sent. */
export function LiveSurvey({ data, around, tools, base = "", leavesPage = false, onProgress, keysIn = window }: Props) {
  const [state, setState] = useState<SaveState>("idle");
  const [session] = useState(() => openSession(data, around, (next) => setState(next)));
  const [progress, setProgress] = useState(session.progress());
  const definition = useMemo(() => tools?.arrangeFor(data.definition, progress.id) ?? data.definition, [tools, data.definition, progress.id]);
  const upload = useMemo((): Upload => async (questionId, file) => (await import("./upload.ts")).uploadTo(base, data.slug, progress.id)(questionId, file), [base, data.slug, progress.id]);

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
  // Who comes back to a survey answered before is not sent away again.
  const [wasComplete] = useState(progress.isComplete);
  // Only once everything is saved: going away earlier would take unsent answers along.
  useEffect(() => {
    if (leavesPage && !wasComplete && progress.isComplete && state === "saved") return moveOn(data.definition, progress.endingId);
    return undefined;
  }, [leavesPage, wasComplete, progress.isComplete, progress.endingId, state, data.definition]);

  const change = (answers: Answers): void => {
    if (Object.keys(progress.answers).length === 0) onProgress?.("started");
    session.note({ answers });
    setProgress(session.progress());
  };
  const move = (questionId: string | null): void => {
    session.note({ questionId });
    // The reply of the last save says which ending it is: quotas are counted on the server.
    void session.save(questionId === null).then(() => setProgress(session.progress()));
    setProgress(session.progress());
    if (questionId === null) onProgress?.("completed");
  };
  if (state === "closed") return <Message title={data.texts.closedTitle} text={data.texts.closedText} />;
  if (state === "refused") return <Message title="" text={data.texts.refused} />;
  return (
    <SurveyView definition={definition} context={data.context} tools={tools} language={data.language} texts={data.texts} answers={progress.answers} questionId={progress.questionId}
      isComplete={progress.isComplete} endingId={progress.endingId} upload={upload} base={base} onAnswers={change} onMove={move}
      notice={state === "waiting" ? data.texts.offline : ""} takesFocus keysIn={keysIn} />
  );
}

function Message({ title, text }: { title: string; text: string }) {
  return <div class="message" role="alert">{title !== "" && <h1>{title}</h1>}<p>{text}</p></div>;
}
