// Stands in for the browser client of Formbricks: sites that load it from here go on calling it as before, and our surveys show.
// The names are theirs; the wrapper on npm (@formbricks/js) loads this file and calls them.
import type { Agent } from "../website/agent.ts";
import { startAgent } from "../website/agent.ts";

type Traits = Record<string, string | number | boolean | Date>;
type Handler = (payload: Record<string, unknown>) => void;

const TOLD_AFTER_MS = 100;
let agent: Agent | null = null;
let peopleUrl = "";
// What the page said about its visitor and nobody was told yet.
let untold: Traits = {};
let telling = 0;
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
  const { origin } = new URL(appUrl);
  peopleUrl = `${origin}/api/v2/client/${encodeURIComponent(id)}/user`;
  agent = startAgent(origin, id, {
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
export const setUserId = (userId: string): Promise<void> => whenThere(({ visitor }) => {
  Object.assign(visitor, { userId });
  tell({});
});
/** Kept of whom `setUserId` named, before or after. Whether it is believed is the server's to say: with `firsthand_proof` among them it is. */
export const setAttributes = (attributes: Traits): Promise<void> => whenThere(({ visitor }) => {
  if (typeof attributes["firsthand_proof"] === "string") Object.assign(visitor, { proof: attributes["firsthand_proof"] });
  tell(attributes);
});
export const setAttribute = (name: string, value: string): Promise<void> => setAttributes({ [name]: value });
export const setEmail = (email: string): Promise<void> => setAttributes({ email });
export const setLanguage = (language: string): Promise<void> => whenThere(({ visitor }) => {
  Object.assign(visitor, { language });
  tell({ language });
});
export const logout = (): Promise<void> => whenThere(({ visitor }) => {
  untold = {};
  Object.assign(visitor, { userId: undefined, proof: undefined });
});
export const registerRouteChange = (): Promise<void> => whenThere((there) => there.turnPage());
// Our answers have no place for data a page adds to them.
export const setEmbeddedData = async (): Promise<void> => undefined;
export const clearEmbeddedData = setEmbeddedData;
/** Styles are not put into the page's markup here, so no nonce is needed. */
export const setNonce = setEmbeddedData;
export const on = (event: string, handler: Handler): (() => void) => {
  handlers.set(event, (handlers.get(event) ?? new Set()).add(handler));
  return () => off(event, handler);
};
export const off = (event: string, handler: Handler): void => void handlers.get(event)?.delete(handler);

// Pages say one thing after the other; one request tells all of it.
function tell(traits: Traits): void {
  Object.assign(untold, traits);
  clearTimeout(telling);
  telling = setTimeout(() => {
    const { userId, proof } = agent?.visitor ?? {};
    if (userId === undefined || Object.keys(untold).length === 0) return;
    const body = JSON.stringify({ userId, attributes: { ...untold, ...(proof === undefined ? {} : { firsthand_proof: proof }) } });
    untold = {};
    void fetch(peopleUrl, { method: "POST", headers: { "content-type": "application/json" }, body, credentials: "omit", keepalive: true }).catch(() => undefined);
  }, TOLD_AFTER_MS);
}
