import { render } from "preact";
import type { WidgetSurvey } from "@firsthand/server/feedback/widgets/widget-survey.rules";
import { surroundingsFor } from "../survey/browser.ts";
import { LiveSurvey } from "../survey/LiveSurvey.tsx";
import { toolsFor } from "../survey/tools.ts";
import { type Frame, type Look, openFrame } from "./frame.ts";
import { isChatOpen } from "./open-chats.ts";
import type { Opened } from "./opened.ts";
import { askServer, fetchSurvey, noteStep } from "./server.ts";
import { forgetUnsent, noteUnsent } from "./unsent.ts";

/** Sends what earlier pages could not. */
export const sendUnsent = async (origin: string): Promise<void> => (await import("./unsent-sender.ts")).sendUnsent(origin);

const CHAT_ASKED_EACH_MS = 2_000;
const CHAT_WAITED_MAX_MS = 30 * 60_000;
let shown: Frame | null = null;

/** Shows a survey above the page, once nothing speaks against it; done when it is closed again, or did not come up. */
export async function show(opened: Opened): Promise<void> {
  const survey = await fetchSurvey(opened);
  if (survey === null || !(await waitForChat(opened))) return;
  const { isAllowed, link } = await askServer(opened, survey.id);
  if (!isAllowed) return;
  await new Promise<void>((done, fail) => void draw(opened, survey, { look: opened.survey.look ?? "corner", place: document.body, link, onClose: done }).catch(fail));
}

/** Shows a survey as a part of the page. */
export async function embed(opened: Opened, place: HTMLElement): Promise<void> {
  const survey = await fetchSurvey(opened);
  if (survey !== null) await draw(opened, survey, { look: "inline", place, link: null, onClose: () => undefined });
}

export function close(): void {
  shown?.close();
}

async function draw(opened: Opened, survey: WidgetSurvey, given: { look: Look; place: HTMLElement; link: string | null; onClose: () => void }): Promise<void> {
  const { look, place, link } = given;
  const tools = await toolsFor(survey.definition);
  // The answers belong to the survey on this device; the link, which is new each time, only says whose they are.
  const { slug, version, language, sending } = survey;
  const kept = { slug, version, language, sending, facts: link === null ? survey.facts : { ...survey.facts, link }, storageKey: `firsthand:${slug}:${opened.visitor.userId ?? ""}` };
  const around = await surroundingsFor(sending, opened.origin);
  let isComplete = false;
  let hasStarted = false;
  const frame = await openFrame(survey, {
    look, side: opened.survey.side ?? "end", place,
    onClose: () => {
      render(null, frame.root);
      shown = null;
      if (!isComplete) noteStep(opened, survey.id, "dismissed");
      given.onClose();
    },
  });
  if (look !== "inline") shown = frame;
  const follow = (step: "changed" | "completed" | "saved"): void => {
    if (step === "saved") return forgetUnsent(kept);
    noteUnsent(kept);
    if (!hasStarted) noteStep(opened, survey.id, "started");
    hasStarted = true;
    if (step !== "completed") return;
    isComplete = true;
    noteStep(opened, survey.id, "completed");
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
  noteStep(opened, survey.id, "shown");
}

async function waitForChat(opened: Opened): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < CHAT_WAITED_MAX_MS; waitedMs += CHAT_ASKED_EACH_MS) {
    if (!opened.isChatOpen() && !isChatOpen()) return true;
    await new Promise((done) => setTimeout(done, CHAT_ASKED_EACH_MS));
  }
  return false;
}
