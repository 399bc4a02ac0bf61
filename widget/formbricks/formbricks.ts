// Stands in for the browser client of Formbricks: sites that load it from here go on calling it as before, and our surveys show.
// The names are theirs; the wrapper on npm (@formbricks/js) loads this file and calls them.
import type { Agent } from "../website/agent.ts";
import { startAgent } from "../website/agent.ts";

type Handler = (payload: Record<string, unknown>) => void;

let agent: Agent | null = null;
const handlers = new Map<string, Set<Handler>>();

const say = (event: string, payload: Record<string, unknown>): void => handlers.get(event)?.forEach((handler) => handler(payload));
const whenThere = async (run: (there: Agent) => void): Promise<void> => {
  if (agent === null) throw new Error("Formbricks: call setup first.");
  run(agent);
};

export const setup = async (given: { appUrl?: string; apiHost?: string; workspaceId?: string; environmentId?: string }): Promise<void> => {
  const appUrl = given.appUrl ?? given.apiHost;
  const id = given.workspaceId ?? given.environmentId;
  if (appUrl === undefined || id === undefined) throw new Error("Formbricks: setup needs appUrl and workspaceId.");
  // Set up again, as pages drawn by scripts do: the first one goes on.
  if (agent !== null) return;
  agent = startAgent(new URL(appUrl).origin, id, {
    isChatOpen: () => false,
    onStep: (step, surveyId) => {
      if (step === "shown") say("formbricks_survey_shown", { surveyId });
      if (step === "started") say("formbricks_response_submitted", { surveyId, finished: false });
      if (step === "completed") say("formbricks_response_submitted", { surveyId, finished: true });
      if (step === "dismissed" || step === "completed") say("formbricks_survey_closed", { surveyId });
    },
  });
  // Refused when the server does not know the id or cannot be reached; the wrapper says so to the developer.
  await agent.ready;
  say("formbricks_setup_successful", { workspaceId: id });
};
/** The old name of `setup`. */
export const init = setup;
export const track = (code: string): Promise<void> => whenThere((there) => {
  there.track(code);
  say("formbricks_action_tracked", { action: code });
});
export const setUserId = (userId: string): Promise<void> => whenThere(({ visitor }) => void Object.assign(visitor, { userId }));
export const setLanguage = (language: string): Promise<void> => whenThere(({ visitor }) => void Object.assign(visitor, { language }));
export const logout = (): Promise<void> => whenThere(({ visitor }) => void Object.assign(visitor, { userId: undefined }));
export const registerRouteChange = (): Promise<void> => whenThere((there) => there.turnPage());
// What a page claims about its visitor is not taken over: anybody could claim it. Send it from the server, with an identify call.
export const setEmail = async (): Promise<void> => undefined;
export const setAttribute = setEmail;
export const setAttributes = setEmail;
export const setEmbeddedData = setEmail;
export const clearEmbeddedData = setEmail;
/** Styles are not put into the page's markup here, so no nonce is needed. */
export const setNonce = setEmail;
export const on = (event: string, handler: Handler): (() => void) => {
  handlers.set(event, (handlers.get(event) ?? new Set()).add(handler));
  return () => off(event, handler);
};
export const off = (event: string, handler: Handler): void => void handlers.get(event)?.delete(handler);
