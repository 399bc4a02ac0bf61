import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { KioskConfig } from "@firsthand/server/feedback/kiosks/kiosks.contract";
import { languageName, pageTextsIn } from "@firsthand/server/feedback/survey-page/page-texts.rules";
import { themeProperties } from "@firsthand/server/feedback/survey-page/theme-css.rules";
import { isEmptyAnswer } from "@firsthand/server/feedback/surveys/answers.rules";
import type { Answers, SurveyContext } from "@firsthand/server/feedback/surveys/definition.contract";
import { isRightToLeft } from "@firsthand/server/feedback/surveys/local-text.rules";
import { surveyTools } from "../survey/survey-tools.ts";
import { SurveyView } from "../survey/SurveyView.tsx";
import { kioskTexts as texts } from "./kiosk-texts.ts";
import type { Waiting } from "./queue.ts";

type Props = { survey: NonNullable<KioskConfig["survey"]>; kiosk: KioskConfig["kiosk"]; onResponse: (waiting: Waiting) => Promise<void> };
type Turn = { id: string; openedAt: number; answers: Answers; questionId: string | null; isComplete: boolean };

const THANKS_MS = 6_000;
const STILL_THERE_MS = 10_000;

// A file needs a line, and choosing one leads out of the kiosk: questions for files are left out here. A survey that requires one never comes to a kiosk.
const tools: typeof surveyTools = { ...surveyTools, listShown: (given) => surveyTools.listShown(given).filter(({ type }) => type !== "file") };

const newTurn = (): Turn => ({ id: crypto.randomUUID(), openedAt: Date.now(), answers: {}, questionId: null, isComplete: false });

/** One person after another: each turn is a response of its own, kept on the device before the thank-you shows. */
export function Asking({ survey, kiosk, onResponse }: Props) {
  const { definition } = survey;
  const [language, setLanguage] = useState(definition.languages[0] ?? "en");
  const [turn, setTurn] = useState(newTurn);
  const arranged = useMemo(() => surveyTools.arrangeFor(definition, turn.id), [definition, turn.id]);
  const context: SurveyContext = { traits: {}, facts: { language, channel: "kiosk", ...(kiosk.touchpoint === null ? {} : { touchpoint: kiosk.touchpoint }) } };
  const hasAnswered = Object.values(turn.answers).some((answer) => !isEmptyAnswer(answer));

  const finish = (isComplete: boolean): Promise<void> =>
    onResponse({
      id: turn.id, openedAt: turn.openedAt, answeredAt: Date.now(),
      body: {
        id: turn.id, slug: survey.slug, version: survey.version, revision: 1, language, isComplete, answers: turn.answers, channel: "kiosk", source: kiosk.name,
        ...(kiosk.touchpoint === null ? {} : { touchpoint: kiosk.touchpoint }),
      },
    });
  const begin = (): void => {
    setTurn(newTurn());
    setLanguage(definition.languages[0] ?? "en");
  };
  const move = async (questionId: string | null): Promise<void> => {
    if (questionId !== null) {
      setTurn({ ...turn, questionId });
      return;
    }
    await finish(true);
    setTurn({ ...turn, isComplete: true });
  };
  const isAsleep = useIdle(kiosk.idleSeconds * 1000, turn, { isWorthAsking: hasAnswered && !turn.isComplete, onIdle: () => {
    // What somebody answered before walking away was answered.
    if (hasAnswered && !turn.isComplete) void finish(false).then(begin);
    else begin();
  } });
  // Another survey, the way out or a closed survey takes the screen away: what was answered until then was answered.
  const leaving = useRef(() => {});
  leaving.current = () => {
    if (hasAnswered && !turn.isComplete) void finish(false);
  };
  useEffect(() => () => leaving.current(), []);
  const beginning = useRef(begin);
  beginning.current = begin;
  useEffect(() => {
    if (!turn.isComplete) return;
    const timer = setTimeout(() => beginning.current(), THANKS_MS);
    return () => clearTimeout(timer);
  }, [turn.isComplete]);
  useDocument(language, definition.theme);

  return (
    <>
      <SurveyView definition={arranged} context={context} tools={tools} language={language} texts={pageTextsIn(language)} answers={turn.answers} questionId={turn.questionId}
        isComplete={turn.isComplete} upload={null} onAnswers={(answers) => setTurn({ ...turn, answers })} onMove={(questionId) => void move(questionId)}
        notice="" takesFocus />
      {definition.languages.length > 1 && !turn.isComplete && (
        <nav class="languages">
          {definition.languages.map((tag) => (
            <button type="button" class="plain" key={tag} lang={tag} aria-pressed={tag === language} onClick={() => setLanguage(tag)}>{languageName(tag)}</button>
          ))}
        </nav>
      )}
      {isAsleep && <div class="still" role="alertdialog" aria-label={texts.still}><p>{texts.still}</p><button type="button" class="primary">{texts.stillYes}</button></div>}
    </>
  );
}

/** Calls `onIdle` when nobody touched the device for a while; asks first when something would end half-way.
 *  @returns whether the question "are you still there?" shows; any touch answers it */
function useIdle(idleMs: number, turn: Turn, { isWorthAsking, onIdle }: { isWorthAsking: boolean; onIdle: () => void }): boolean {
  const [isAsking, setAsking] = useState(false);
  const idle = useRef(onIdle);
  idle.current = onIdle;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const giveUp = (): void => {
      setAsking(false);
      idle.current();
    };
    const ask = (): void => {
      if (!isWorthAsking) return giveUp();
      setAsking(true);
      timer = setTimeout(giveUp, STILL_THERE_MS);
    };
    const restart = (): void => {
      clearTimeout(timer);
      setAsking(false);
      timer = setTimeout(ask, idleMs);
    };
    restart();
    for (const name of ["pointerdown", "keydown", "input"]) addEventListener(name, restart);
    return () => {
      clearTimeout(timer);
      for (const name of ["pointerdown", "keydown", "input"]) removeEventListener(name, restart);
    };
  }, [idleMs, isWorthAsking, turn.id]);
  return isAsking;
}

function useDocument(language: string, theme: Parameters<typeof themeProperties>[0]): void {
  useEffect(() => {
    const root = document.documentElement;
    root.lang = language;
    root.dir = isRightToLeft(language) ? "rtl" : "ltr";
    for (const [name, value] of Object.entries(themeProperties(theme))) root.style.setProperty(name, value);
  }, [language, theme]);
}
