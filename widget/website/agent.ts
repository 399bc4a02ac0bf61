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
  /** Looks at the page again.
   *  @param isAnother true: it turned into another one though its address stayed */
  turnPage: (isAnother?: boolean) => void;
};

/** Begins to watch the page it runs on.
 *  @param origin of the server
 *  @param told of what becomes of a display */
export function startAgent(origin: string, key: string, told: { isChatOpen: () => boolean; onStep: (step: DisplayStep, surveyId: string) => void }): Agent {
  const visitor: Visitor = {};
  const memory = recall();
  const load = (client: string): Promise<WidgetModule> => import(/* @vite-ignore */ origin + client);
  const opened = (survey: Opened["survey"], isWanted = () => true): Opened => ({
    origin, key, survey, visitor, isWanted, ...told,
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
    const show = async (survey: PlacedSurvey, isWanted?: () => boolean): Promise<void> => {
      if (isBusy) return;
      isBusy = true;
      await load(client).then((widget) => widget.show(opened(survey, isWanted))).catch(() => undefined);
      isBusy = false;
    };
    const { turnPage, track } = watch(surveys, (survey) => {
      // Asked again right before it shows: the visitor may have gone on to another page meanwhile.
      const isWanted = (): boolean => belongsOn(survey, location.href);
      if (isWanted() && isDue(survey, memory, Date.now())) void show(survey, isWanted);
    });
    const embedAll = (): void => {
      for (const place of document.querySelectorAll<HTMLElement>("[data-firsthand-survey]")) {
        const slug = place.dataset["firsthandSurvey"] ?? "";
        place.removeAttribute("data-firsthand-survey");
        load(client).then((widget) => widget.embed(opened({ slug, look: "inline" }), place)).catch(() => undefined);
      }
    };
    let href = "";
    if (hasUnsent()) load(client).then((widget) => widget.sendUnsent(origin)).catch(() => undefined);
    return {
      track, load: () => load(client),
      // Many pages write the same address again, for instance to keep where they were scrolled to: that is no other page.
      turnPage: (isAnother?: boolean) => {
        if (isAnother || href !== location.href) turnPage();
        href = location.href;
        embedAll();
      },
      show: (name: string) => surveys.filter(({ id, slug }) => id === name || slug === name).forEach((survey) => void show(survey)),
    };
  };
  const ready = arrange();
  // Without the server there are no surveys, and the page goes on undisturbed.
  const then = (run: (arranged: Awaited<typeof ready>) => unknown): void => void ready.then(run).catch(() => undefined);
  const turnPage: Agent["turnPage"] = (isAnother) => then((arranged) => arranged.turnPage(isAnother));
  turnPage();
  onTurn(() => turnPage());
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
