// What happened, need by need: measured from facts, beside what customers say.
import type { z } from "zod";
import { listNamesOfCustomers, listOffsets, previousPeriod, type Period } from "#customers";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { keepReadings, nextCursor, readCursor, transaction } from "#platform/db";
import { defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { readSelection, showPeriod } from "../metrics/selection.ts";
import { isMatterName } from "../outcomes/details.rules.ts";
import { noteBases } from "./bases.queries.ts";
import { spreadOf } from "./case-spread.rules.ts";
import { guessSettings, mergeSettings } from "./need-fact-guesses.rules.ts";
import {
  measureNames, needFactSettingsBody, type MeasureName, type NeedFact, type NeedFactBin, type needFactCasesQuery, type NeedFactCasesReply, type NeedFactSettings, type NeedFactSettingsBody, type NeedFactSettingsReply,
  type needFactsQuery, type NeedFactsReply,
} from "./need-facts.contract.ts";
import { listCases, listDatedEvents, listDetailNames, listSeenEvents, sumCases, tallyCaseValues, type FoundCase } from "./need-facts.queries.ts";
import { basesOf, CELL_MIN, factsOf, measureKinds, summariseFacts, type CaseSums } from "./need-facts.rules.ts";
import type { CasesAsked } from "./placed-cases.queries.ts";
import { findSettings, writeSettings } from "./settings.queries.ts";

export const needFactsErrors = defineErrors("need_facts", {
  need_facts_cursor_wrong: { status: 400, meaning: "The cursor is none that a page of this list gave out. Start again without it." },
});

/** What is looked at in a workspace: chosen, and guessed for the rest; facts are known up to `endMs`. */
export type Known = { settings: NeedFactSettings; chosen: NeedFactSettingsBody; matters: string[]; events: string[]; properties: string[]; endMs: number };
// Guesses look through all facts; the parts of a screen ask within a moment of each other.
type Guesses = { guessed: NeedFactSettings; matters: string[]; events: string[]; properties: string[]; lastMs: number | null };
const keepGuesses = keepReadings<Guesses>({ ms: 5_000, most: 50 });

const readGuesses = async ({ analytics }: Services, workspaceId: string): Promise<Guesses> => {
  const [{ events, lastMs }, dated, details] = await Promise.all([listSeenEvents(analytics, workspaceId), listDatedEvents(analytics, workspaceId), listDetailNames(analytics, workspaceId)]);
  return {
    guessed: guessSettings(events, dated), lastMs, events: events.map(({ name }) => name),
    matters: details.filter(({ name }) => isMatterName(name)).map(({ name }) => name), properties: details.filter(({ isDate }) => isDate).map(({ name }) => name),
  };
};

export const readKnown = (services: Services, workspaceId: string): Promise<Known> => readKnownBy(services, workspaceId, keepGuesses(services.db, workspaceId, () => readGuesses(services, workspaceId)));

const readKnownBy = async (services: Services, workspaceId: string, guesses: Promise<Guesses>): Promise<Known> => {
  const [{ guessed, lastMs, ...names }, stored] = await Promise.all([guesses, findSettings(services.db, workspaceId)]);
  const chosen = needFactSettingsBody.parse(stored);
  const nowMs = services.clock.now().getTime();
  return { ...names, settings: mergeSettings(guessed, chosen), chosen, endMs: Math.min(nowMs, (lastMs ?? nowMs) + 1) };
};

type Asked = { known: Known; period: Period; previous: Period; asked: Omit<CasesAsked, "measure"> };

const readAsked = async (services: Services, workspaceId: string, query: z.output<typeof needFactsQuery>): Promise<Asked> => {
  const { selection, timeZone } = await readSelection(services, workspaceId, query);
  const period = { fromMs: selection.fromMs, toMs: selection.toMs };
  const previous = previousPeriod(period, timeZone);
  const known = await readKnown(services, workspaceId);
  const asked = { fromMs: Math.min(period.fromMs, previous.fromMs), toMs: Math.max(period.toMs, previous.toMs) };
  return { known, period, previous, asked: { settings: known.settings, selection, pieces: { endMs: known.endMs, matters: known.matters, offsets: listOffsets(asked, timeZone), asked } } };
};

/** Every measure of a period with its share over the limit, and the change against the period before.
 *  @throws period_empty, period_too_long */
export const showNeedFacts = async (services: Services, workspaceId: string, query: z.output<typeof needFactsQuery>): Promise<NeedFactsReply> => {
  const asked = await readAsked(services, workspaceId, query);
  return { period: showPeriod(asked.period), previous: showPeriod(asked.previous), measures: await measureAll(services, asked, measureNames) };
};

/** One measure of a period, its change tested by itself.
 *  @throws period_empty, period_too_long */
export const showNeedFact = async (services: Services, workspaceId: string, { measure, ...query }: z.output<typeof needFactsQuery> & { measure: MeasureName }): Promise<Omit<NeedFactsReply, "measures"> & { fact: NeedFact | null }> => {
  const asked = await readAsked(services, workspaceId, query);
  const measures = await measureAll(services, asked, [measure]);
  return { period: showPeriod(asked.period), previous: showPeriod(asked.previous), fact: measures.find((one) => one.measure === measure) ?? null };
};

const measureAll = async (services: Services, { known, period, previous, asked }: Asked, names: readonly MeasureName[]): Promise<NeedFact[]> => {
  const sums = new Map<MeasureName, { current: CaseSums; previous: CaseSums }>();
  for (const measure of names) {
    if (factsOf(measure, known.settings).length === 0) continue;
    // One after the other: together they would take the memory of the store from each other.
    sums.set(measure, await sumCases(services.analytics, { ...asked, measure }, period, previous));
  }
  return summariseFacts(known.settings, sums);
};

/** How the values of the cases of a period spread.
 *  @returns none where it cannot be measured here, or of fewer cases than tell a share: they would be numbers about people
 *  @throws period_empty, period_too_long */
export const showNeedFactSpread = async (services: Services, workspaceId: string, { measure, ...query }: z.output<typeof needFactsQuery> & { measure: MeasureName }): Promise<NeedFactBin[]> => {
  const { known, period, asked } = await readAsked(services, workspaceId, query);
  const values = factsOf(measure, known.settings).length === 0 ? [] : await tallyCaseValues(services.analytics, { ...asked, measure }, period);
  return values.reduce((all, { count }) => all + count, 0) < CELL_MIN ? [] : spreadOf(measureKinds[measure].unit, values);
};

/** The cases behind a measure, worst first.
 *  @throws period_empty, period_too_long, need_facts_cursor_wrong */
export const listNeedFactCases = async (services: Services, workspaceId: string, query: z.output<typeof needFactCasesQuery>): Promise<NeedFactCasesReply> => {
  const { known, period, asked } = await readAsked(services, workspaceId, query);
  const after = query.cursor === undefined || query.cursor === "" ? null : readPlace(query.cursor);
  const isMeasured = factsOf(query.measure, known.settings).length > 0;
  const found = isMeasured
    ? await listCases(services.analytics, { ...asked, measure: query.measure, period, isOver: query.over === "true", after, limit: query.limit + 1 })
    : [];
  const page = found.slice(0, query.limit);
  const names = new Map((page.length === 0 ? [] : await listNamesOfCustomers(services.db, workspaceId, [...new Set(page.map(({ customer }) => customer))])).map(({ id, name }) => [id, name]));
  const last = page.at(-1);
  return {
    items: page.map(({ customer, ms, value }) => ({ customer: { id: customer, name: names.get(customer) ?? null }, at: new Date(ms).toISOString(), value })),
    nextCursor: found.length > query.limit && last !== undefined ? nextCursor([last.value, last.ms, last.customer]) : null,
  };
};

const readPlace = (cursor: string): FoundCase => {
  const [value, ms, customer] = readCursor(cursor, 3) ?? [];
  if (typeof value !== "number" || typeof ms !== "number" || typeof customer !== "string" || !/^[0-9a-f-]{36}$/u.test(customer))
    throw needFactsErrors.refuse("need_facts_cursor_wrong", "The cursor is none that a page of this list gave out. Start again without it.");
  return { value, ms, customer };
};

export const showNeedFactSettings = async (services: Services, workspaceId: string): Promise<NeedFactSettingsReply> => {
  // Whoever chooses among the facts finds those that came a moment ago.
  const { settings, chosen, events, properties } = await readKnownBy(services, workspaceId, readGuesses(services, workspaceId));
  return { settings, chosen: Object.keys(chosen), events, properties };
};

/** Chooses which facts the measures look at; parts left out are guessed again. */
export const changeNeedFactSettings = async (services: Services, actor: Actor, body: NeedFactSettingsBody): Promise<NeedFactSettingsReply> => {
  await transaction(services.db, async (tx) => {
    await writeSettings(tx, actor.workspaceId, body, services.clock.now());
    await recordAudit(tx, actor, { action: "need_facts.set", subject: actor.workspaceId });
  });
  await noteAllBases(services, actor.workspaceId);
  return showNeedFactSettings(services, actor.workspaceId);
};

/** Notes what measures are counted from, where that became another: by a choice, or since guesses turn by themselves as facts come in. */
export const noteAllBases = async (services: Services, workspaceId: string): Promise<void> => {
  const { settings } = await readKnown(services, workspaceId);
  await noteBases(services.db, workspaceId, basesOf(settings, measureNames), services.clock.now());
};
