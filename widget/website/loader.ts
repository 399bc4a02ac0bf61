// One line on a website: <script async src="https://host/w.js" data-key="fhw_..."></script>. It decides when a survey is due; all the rest is in
// widget.tsx, which is loaded only then.
import type { WidgetConfig } from "@firsthand/server/feedback/widgets/widgets.contract";
import { hasUnsent, keep, recall } from "./memory.ts";
import type { Opened, Visitor, WidgetModule } from "./opened.ts";
import { belongsOn, isDue, type PlacedSurvey } from "./targeting.ts";
import { watch } from "./triggers.ts";

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
  const visitor: Visitor = {};
  const memory = recall();
  const load = (client: string): Promise<WidgetModule> => import(/* @vite-ignore */ origin + client);
  const opened = (survey: Opened["survey"]): Opened => ({
    origin, key, survey, visitor, isChatOpen: () => window.firsthand?.isChatOpen?.() === true,
    noteShown: () => {
      memory.seen[survey.slug] = Date.now();
      keep(memory);
    },
  });
  const arrange = async () => {
    const reply = await fetch(`${origin}/api/public/widget?key=${key}`, { credentials: "omit" });
    const { surveys, client }: WidgetConfig = await reply.json();
    for (const { slug } of surveys) memory.lots[slug] ??= Math.random() * 100;
    keep(memory);
    let isBusy = false;
    const show = async (survey: PlacedSurvey): Promise<void> => {
      if (isBusy) return;
      isBusy = true;
      await load(client).then((widget) => widget.show(opened(survey))).catch(() => undefined);
      isBusy = false;
    };
    const watched = watch(surveys, (survey) => {
      if (belongsOn(survey, location.href) && isDue(survey, memory, Date.now())) void show(survey);
    });
    const turnPage = (): void => {
      watched.turnPage();
      for (const place of document.querySelectorAll<HTMLElement>("[data-firsthand-survey]")) {
        const slug = place.dataset["firsthandSurvey"] ?? "";
        place.removeAttribute("data-firsthand-survey");
        load(client).then((widget) => widget.embed(opened({ slug }), place)).catch(() => undefined);
      }
    };
    onTurn(turnPage);
    if (hasUnsent()) load(client).then((widget) => widget.sendUnsent(origin)).catch(() => undefined);
    return { ...watched, turnPage, load: () => load(client), show: (name: string) => surveys.filter(({ id, slug }) => id === name || slug === name).forEach((survey) => void show(survey)) };
  };
  const arranged = arrange();
  // Without the server there are no surveys, and the page goes on undisturbed.
  const then = (run: (ready: Awaited<typeof arranged>) => unknown): void => void arranged.then(run).catch(() => undefined);
  then(({ turnPage }) => turnPage());

  const api: Record<string, (...given: never[]) => void> = {
    track: (name: string) => then(({ track }) => track(name)),
    identify: (who: Visitor | string) => void Object.assign(visitor, typeof who === "string" ? { userId: who } : who),
    reset: () => void Object.assign(visitor, { userId: undefined, anonymousId: undefined, proof: undefined }),
    setLanguage: (language: string) => void Object.assign(visitor, { language }),
    show: (name: string) => then((ready) => ready.show(name)),
    close: () => then((ready) => ready.load().then((widget) => widget.close())),
    refresh: () => then(({ turnPage }) => turnPage()),
  };
  // Calls made before this script was there: window.firsthand = window.firsthand || []; firsthand.push(["track", "order"]).
  const push = (...calls: Call[]): void => calls.forEach(([name, ...given]) => Reflect.apply(api[name] ?? (() => undefined), api, given));
  window.firsthand = Object.assign({ ...api, push }, early?.isChatOpen === undefined ? {} : { isChatOpen: early.isChatOpen });
  if (Array.isArray(early)) push(...early);
}

// Pages that are drawn by scripts turn without being loaded again.
function onTurn(turn: () => void): void {
  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name];
    history[name] = (...given) => {
      original.apply(history, given);
      setTimeout(turn);
    };
  }
  addEventListener("popstate", turn);
}
