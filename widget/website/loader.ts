// One line on a website: <script async src="https://host/w.js" data-key="fhw_..."></script>. It decides when a survey is due; all the rest is in
// widget.tsx, which is loaded only then.
import { startAgent } from "./agent.ts";
import type { Visitor } from "./opened.ts";

declare global {
  interface Window {
    firsthand?: Host;
  }
}
type Host = { isChatOpen?: () => boolean };
type Call = [name: string, ...given: unknown[]];

const script = document.currentScript;
if (script instanceof HTMLScriptElement) start(new URL(script.src).origin, script.dataset["key"] ?? "");

function start(origin: string, key: string): void {
  const early = window.firsthand;
  const { visitor, track, show, close, turnPage } = startAgent(origin, key, { isChatOpen: () => window.firsthand?.isChatOpen?.() === true, onStep: () => undefined });
  const api: Record<string, (...given: never[]) => void> = {
    track, show, close, refresh: () => turnPage(true),
    identify: (who: Visitor | string) => void Object.assign(visitor, typeof who === "string" ? { userId: who } : who),
    reset: () => void Object.assign(visitor, { userId: undefined, anonymousId: undefined, proof: undefined }),
    setLanguage: (language: string) => void Object.assign(visitor, { language }),
  };
  // Calls made before this script was there: window.firsthand = window.firsthand || []; firsthand.push(["track", "order"]).
  const push = (...calls: Call[]): void => calls.forEach(([name, ...given]) => Reflect.apply(api[name] ?? (() => undefined), api, given));
  window.firsthand = Object.assign({ ...api, push }, early?.isChatOpen === undefined ? {} : { isChatOpen: early.isChatOpen });
  if (Array.isArray(early)) push(...early);
}
