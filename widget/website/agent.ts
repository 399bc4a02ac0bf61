import type { DisplayStep, WidgetConfig } from "@firsthand/server/feedback/widgets/widgets.contract";
import { hasUnsent, keep, recall } from "./memory.ts";
import type { Opened, Visitor, WidgetModule } from "./opened.ts";
import { belongsOn, isDue, type PlacedSurvey } from "./targeting.ts";
import { watch } from "./triggers.ts";

/** What watches one page of a website and shows the surveys of one workspace on it. */
export type Agent = {
  /** Settled once it is known which surveys there are; refused without a server or with an unknown key. */
  ready: Promise<unknown>;
  visitor: Visitor;
  track: (name: string) => void;
  show: (idOrSlug: string) => void;
  close: () => void;
  /** The page turned into another one without being loaded. */
  turnPage: () => void;
};

/** Begins to watch the page it runs on.
 *  @param origin of the server
 *  @param told of what becomes of a display */
export function startAgent(origin: string, key: string, told: { isChatOpen: () => boolean; onStep: (step: DisplayStep, surveyId: string) => void }): Agent {
  const visitor: Visitor = {};
  const memory = recall();
  const load = (client: string): Promise<WidgetModule> => import(/* @vite-ignore */ origin + client);
  const opened = (survey: Opened["survey"]): Opened => ({
    origin, key, survey, visitor, ...told,
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
    const { turnPage, track } = watch(surveys, (survey) => {
      if (belongsOn(survey, location.href) && isDue(survey, memory, Date.now())) void show(survey);
    });
    const embedAll = (): void => {
      for (const place of document.querySelectorAll<HTMLElement>("[data-firsthand-survey]")) {
        const slug = place.dataset["firsthandSurvey"] ?? "";
        place.removeAttribute("data-firsthand-survey");
        load(client).then((widget) => widget.embed(opened({ slug }), place)).catch(() => undefined);
      }
    };
    if (hasUnsent()) load(client).then((widget) => widget.sendUnsent(origin)).catch(() => undefined);
    return {
      track, load: () => load(client),
      turnPage: () => {
        turnPage();
        embedAll();
      },
      show: (name: string) => surveys.filter(({ id, slug }) => id === name || slug === name).forEach((survey) => void show(survey)),
    };
  };
  const ready = arrange();
  // Without the server there are no surveys, and the page goes on undisturbed.
  const then = (run: (arranged: Awaited<typeof ready>) => unknown): void => void ready.then(run).catch(() => undefined);
  const turnPage = (): void => then((arranged) => arranged.turnPage());
  turnPage();
  onTurn(turnPage);
  return {
    ready, visitor, turnPage, track: (name) => then(({ track }) => track(name)), show: (name) => then(({ show }) => show(name)),
    close: () => then(({ load: loaded }) => loaded().then((widget) => widget.close())),
  };
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
