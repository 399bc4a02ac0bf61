import { render } from "preact";
import type { DisplayStep } from "@firsthand/server/feedback/widgets/widgets.contract";
import type { WidgetSurvey } from "@firsthand/server/feedback/widgets/widget-survey.rules";
import { surroundingsFor } from "../survey/browser.ts";
import { LiveSurvey } from "../survey/LiveSurvey.tsx";
import { toolsFor } from "../survey/tools.ts";
import { type Frame, openFrame, sheetsFor } from "./frame.ts";
import { isChatOpen } from "./open-chats.ts";
import type { Opened } from "./opened.ts";
import { askServer, fetchSurvey, noteStep } from "./server.ts";
import { forgetUnsent, noteUnsent } from "./unsent.ts";

/** Sends what earlier pages could not. */
export const sendUnsent = async (origin: string): Promise<void> => (await import("./unsent-sender.ts")).sendUnsent(origin);

const CHAT_ASKED_EACH_MS = 2_000;
// Half an hour.
const CHAT_ASKED_MAX = 900;
let shown: Frame | null = null;

type Draw = (place: HTMLElement, link: string | null, onClose: () => void) => void;

/** Shows a survey above the page, once nothing speaks against it; done when it is closed again, or did not come up. */
export async function show(opened: Opened): Promise<void> {
  const survey = await fetchSurvey(opened);
  if (survey === null) return;
  const draw = await prepare(opened, survey);
  if (!(await isRoomFor(opened))) return;
  const { isAllowed, link } = await askServer(opened, survey.id);
  // Asking takes its time, in which a chat may have been opened. From here to the screen nothing is waited for.
  if (!isAllowed || !(await isRoomFor(opened))) return;
  await new Promise<void>((done) => draw(document.body, link, done));
}

/** Shows a survey as a part of the page. */
export async function embed(opened: Opened, place: HTMLElement): Promise<void> {
  const survey = await fetchSurvey(opened);
  if (survey === null) return;
  const draw = await prepare(opened, survey);
  draw(place, (await askServer(opened, survey.id)).link, () => undefined);
}

export function close(): void {
  shown?.close();
}

// Loads all a survey needs, so that it can be drawn at once.
async function prepare(opened: Opened, survey: WidgetSurvey): Promise<Draw> {
  const { slug, version, language, sending } = survey;
  const { look, side = "end" } = opened.survey;
  const [tools, around, sheets] = await Promise.all([toolsFor(survey.definition), surroundingsFor(sending, opened.origin), sheetsFor(survey)]);
  return (place, link, onClose) => {
    // The answers belong to the survey on this device; the link, which is new each time, only says whose they are.
    const kept = { slug, version, language, sending, facts: link === null ? survey.facts : { ...survey.facts, link }, storageKey: `firsthand:${slug}:${opened.visitor.userId ?? ""}` };
    const note = (step: DisplayStep): void => noteStep(opened, survey.id, step);
    let isComplete = false;
    let hasStarted = false;
    const frame = openFrame(survey, {
      look, side, place, sheets,
      onClose: () => {
        clearInterval(yielding);
        render(null, frame.root);
        shown = null;
        if (!isComplete) note("dismissed");
        onClose();
      },
    });
    // A chat opened meanwhile has the place; the survey comes back with all that was answered.
    const yielding = look === "inline" ? 0 : setInterval(() => {
      frame.root.style.display = isChatting(opened) ? "none" : "";
    }, CHAT_ASKED_EACH_MS);
    if (look !== "inline") shown = frame;
    const follow = (step: "changed" | "completed" | "saved"): void => {
      if (step === "saved") return forgetUnsent(kept);
      noteUnsent(kept);
      if (!hasStarted) note("started");
      hasStarted = true;
      if (step !== "completed") return;
      isComplete = true;
      note(step);
    };
    frame.root.ariaLabel = survey.label;
    render(
      <>
        {look !== "inline" && <button type="button" class="close" aria-label={survey.closeLabel} onClick={frame.close}>✕</button>}
        <LiveSurvey data={{ ...survey, ...kept }} around={around} tools={tools} base={opened.origin} onProgress={follow} keysIn={frame.root} />
      </>,
      frame.root,
    );
    opened.noteShown();
    note("shown");
  };
}

const isChatting = (opened: Opened): boolean => opened.isChatOpen() || isChatOpen();

// Whether it still belongs on the page once no chat is open.
async function isRoomFor(opened: Opened): Promise<boolean> {
  for (let left = CHAT_ASKED_MAX; left > 0 && opened.isWanted(); left -= 1) {
    if (!isChatting(opened)) return true;
    await new Promise((done) => setTimeout(done, CHAT_ASKED_EACH_MS));
  }
  return false;
}
