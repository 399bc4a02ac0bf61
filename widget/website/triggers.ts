import type { PlacedSurvey } from "./targeting.ts";

export type Trigger = PlacedSurvey["triggers"][number];

/** Watches a page for what makes surveys show.
 *  @param fire told of every trigger that holds: once per page, an event every time
 *  @returns `turnPage` begins a new page, `track` says that an event happened */
export function watch(surveys: readonly PlacedSurvey[], fire: (survey: PlacedSurvey) => void): { turnPage: () => void; track: (name: string) => void } {
  let fired = new Set<Trigger>();
  let delays: number[] = [];
  let idles: number[] = [];

  const each = (run: (trigger: Trigger, survey: PlacedSurvey) => void): void => {
    for (const survey of surveys) for (const trigger of survey.triggers) run(trigger, survey);
  };
  const once = (survey: PlacedSurvey, trigger: Trigger): void => {
    if (fired.has(trigger)) return;
    fired.add(trigger);
    fire(survey);
  };
  const timersOf = (kind: "delay" | "inactivity"): number[] => {
    const timers: number[] = [];
    each((trigger, survey) => {
      if (trigger.on === kind) timers.push(setTimeout(once, trigger.seconds * 1_000, survey, trigger));
    });
    return timers;
  };
  const rest = (): void => {
    idles.forEach(clearTimeout);
    idles = timersOf("inactivity");
  };

  for (const kind of ["pointerdown", "keydown", "scroll", "mousemove"]) addEventListener(kind, rest, { passive: true });
  addEventListener("scroll", () => {
    const { scrollHeight } = document.documentElement;
    const seenPercent = ((scrollY + innerHeight) / scrollHeight) * 100;
    each((trigger, survey) => {
      if (trigger.on === "scroll" && seenPercent >= trigger.percent) once(survey, trigger);
    });
  }, { passive: true });
  // The pointer leaves through the top, towards tabs and the address.
  document.addEventListener("mouseout", ({ clientY, relatedTarget }) => {
    if (relatedTarget !== null || clientY > 0) return;
    each((trigger, survey) => {
      if (trigger.on === "exit") once(survey, trigger);
    });
  });
  return {
    turnPage: () => {
      fired = new Set();
      delays.forEach(clearTimeout);
      delays = timersOf("delay");
      rest();
      each((trigger, survey) => {
        if (trigger.on === "page") once(survey, trigger);
      });
    },
    track: (name) => each((trigger, survey) => {
      if (trigger.on === "event" && trigger.name === name) fire(survey);
    }),
  };
}
