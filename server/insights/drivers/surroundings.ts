// Factors that are no questions: what was written beside the scores, and what happened to the customer in the thirty days before.
import { setImmediate as afterOthers } from "node:timers/promises";
import { readPeriod, type Period } from "#customers";
import { keepReadings } from "#platform/db";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { readKnown } from "../need-facts/need-facts.ts";
import { factsOf } from "../need-facts/need-facts.rules.ts";
import { chooseShown } from "../themes/theme-list.ts";
import { listStoredThemes } from "../themes/themes.queries.ts";
import type { DriverQuestion } from "./drivers.contract.ts";
import { countSurroundings, countThemesOfSurvey, countTouchpointsBefore, listSurroundingLines, type SurveyAsked } from "./surroundings.queries.ts";
import { effortIds, ID_MAX, needId, needNames, surroundingOf, themeId, touchpointId, waitingIds } from "./surroundings.rules.ts";

const THEMES_MAX = 8;
const TOUCHPOINTS_MAX = 10;
/** What fewer responses have cannot be told from chance. */
const COUNT_MIN = 5;
const LINES_AT_ONCE = 10;

/** What can be a factor, and for each theme the ids it counts under. */
export type Surroundings = { asked: SurveyAsked; questions: DriverQuestion[]; familyOf: (theme: string) => readonly string[] };

// Counting looks through all facts of a month before each answer. Whoever ticks one factor after the other asks again within a minute, and which ones are common hardly changes in it.
const keepCounts = keepReadings<Omit<Surroundings, "asked">>({ ms: 60_000, most: 50 });

/** The most common themes and touchpoints of a period, and of needs, effort and waiting what this workspace knows.
 *  @param days local ones, half open; null: since ever, until now */
export const readSurroundings = async (services: Services, workspaceId: string, surveyId: string, days: { from: string | null; to: string | null }): Promise<Surroundings> => {
  const { settings, matters, endMs } = await readKnown(services, workspaceId);
  const asked: SurveyAsked = { workspaceId, surveyId, period: always, facts: { settings, matters, endMs } };
  const key = [workspaceId, surveyId, days.from, days.to].join(" ");
  const counted = await keepCounts(services.db, key, async () => listCandidates(services, { ...asked, period: await periodOf(services, workspaceId, days) }));
  // Values are looked up by response, and which responses count is decided where their scores are read.
  return { asked, ...counted };
};

const always: Period = { fromMs: 0, toMs: Date.UTC(3000, 0) };

const periodOf = async (services: Services, workspaceId: string, { from, to }: { from: string | null; to: string | null }): Promise<Period> => {
  const timeZone = (await findWorkspace(services.db, workspaceId))?.timeZone ?? "UTC";
  return readPeriod({ from: from ?? new Date(always.fromMs).toISOString(), to: to ?? new Date(always.toMs).toISOString() }, timeZone, always.toMs) ?? always;
};

const listCandidates = async (services: Services, asked: SurveyAsked): Promise<Omit<Surroundings, "asked">> => {
  const { analytics } = services;
  const [counts, touchpoints, { themes, familyOf }] = await Promise.all([countSurroundings(analytics, asked), countTouchpointsBefore(analytics, asked, TOUCHPOINTS_MAX), listThemes(services, asked)]);
  const candidate = (id: string, type: string, given: Partial<DriverQuestion> = {}): DriverQuestion => ({ id, type, title: "", scale: null, count: counts.known, ...given });
  const { settings } = asked.facts;
  const questions = [
    ...needNames.map((need) => candidate(needId(need), "need", { scale: { min: -1, max: 1 }, count: counts.comments })),
    ...themes.map(({ id, name, count }) => candidate(themeId(id), "theme", { title: name, scale: { min: 0, max: 1 }, count })),
    // What everybody met tells nobody apart.
    ...touchpoints.filter(({ count }) => count < counts.known).map(({ name, count }) => candidate(touchpointId(name), "touchpoint", { title: name, scale: { min: 0, max: 1 }, count })),
    candidate(effortIds.ces, "effort", { scale: { min: -1, max: 1 }, count: counts.ces }),
    candidate(effortIds.contacts, "effort", { count: counts.contacts }),
    ...(factsOf("longest_silence", settings).length === 0 ? [] : [candidate(waitingIds.silence, "waiting")]),
    ...(factsOf("time_to_remedy", settings).length === 0 ? [] : [candidate(waitingIds.remedy, "waiting")]),
  ];
  return { familyOf, questions: questions.filter(({ id, type, count }) => id.length <= ID_MAX && count >= (type === "need" ? 1 : COUNT_MIN)) };
};

const listThemes = async (services: Services, asked: SurveyAsked): Promise<{ themes: { id: string; name: string; count: number }[]; familyOf: Surroundings["familyOf"] }> => {
  const [stored, counted] = await Promise.all([listStoredThemes(services.db, asked.workspaceId), countThemesOfSurvey(services.analytics, asked)]);
  const { themes, roots } = chooseShown(stored, false);
  const familyOf = (theme: string): string[] => roots.themeIds.filter((_, at) => roots.rootIds[at] === theme);
  const counts = new Map(counted.map(({ themeId: id, count }) => [id, count]));
  const found = themes.map(({ id, name }) => ({ id, name, count: familyOf(id).reduce((sum, one) => sum + (counts.get(one) ?? 0), 0) }));
  return { familyOf, themes: found.toSorted((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1)).slice(0, THEMES_MAX) };
};

/** A column for each of these factors beside the responses; NaN is not known: needs and themes of who wrote nothing, what happened to who is not known. */
export const readSurroundingColumns = async (services: Services, { asked, familyOf }: Surroundings, factors: readonly string[], responseIds: readonly string[]): Promise<Float64Array[]> => {
  const wanted = factors.flatMap((factor) => surroundingOf(factor, familyOf) ?? []);
  const lines = await listSurroundingLines(services.analytics, asked, wanted);
  const places = new Map(responseIds.map((id, place) => [id, place]));
  const columns = wanted.map(() => new Float64Array(responseIds.length).fill(Number.NaN));
  for (const [at, line] of lines.entries()) {
    for (const row of line.split(";")) {
      const [id = "", ...cells] = row.split(",");
      const place = places.get(id);
      if (place !== undefined) for (const [cell, text] of cells.entries()) if (text !== "") columns[cell]?.fill(Number(text), place, place + 1);
    }
    // A hundred thousand responses take some 100 ms: others get their turn in between.
    if (at % LINES_AT_ONCE === LINES_AT_ONCE - 1) await afterOthers();
  }
  return columns;
};
