import type { WidgetSurvey } from "@firsthand/server/feedback/widgets/widget-survey.rules";
import type { DisplayStep, WidgetDecision } from "@firsthand/server/feedback/widgets/widgets.contract";
import type { Opened } from "./opened.ts";

/** Everything to show the survey; null when it takes no answers now. */
export async function fetchSurvey({ origin, key, survey, visitor }: Opened): Promise<WidgetSurvey | null> {
  const language = visitor.language ?? (document.documentElement.lang || navigator.language);
  const query = new URLSearchParams({ key, slug: survey.slug, language });
  const reply = await fetch(`${origin}/api/public/widget/survey?${query}`, { credentials: "omit" });
  return reply.ok ? reply.json() : null;
}

/** Asks whether this person may be asked now, which only the server can know. Nobody in particular is always asked, unless it is for a segment.
 *  As a part of the page it interrupts nobody, and only whose answers they are is asked for. */
export async function askServer({ origin, key, survey, visitor }: Opened, surveyId: string): Promise<WidgetDecision> {
  const { userId, anonymousId, proof } = visitor;
  if (!(userId ?? anonymousId)) return { isAllowed: !survey.isForSegment, link: null };
  const reply = await post(`${origin}/api/public/widget/decision`, { key, surveyId, isInline: survey.look === "inline", userId, anonymousId, proof });
  return reply?.ok ? reply.json() : { isAllowed: false, link: null };
}

/** Counts what became of a display; one that gets lost does no harm. */
export function noteStep({ origin, key, onStep }: Opened, surveyId: string, step: DisplayStep): void {
  onStep(step, surveyId);
  void post(`${origin}/api/public/widget/displays`, { key, surveyId, step });
}

const post = (url: string, body: unknown): Promise<Response | null> =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), credentials: "omit", keepalive: true }).catch(() => null);
