// Looks of rules: at every day or hour that is over, once. What a look finds, its state and what it sends are written in one transaction.
import { setImmediate as breathe } from "node:timers/promises";
import { newId, transaction, type Queryable } from "#platform/db";
import { publish } from "#platform/events";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { findReadingAnew } from "../comments/rereadings.ts";
import { insertRule, listDueRules, listWorkspacesWithoutPresets, saveLook, setNextLook, findRule, type RuleRow } from "./alert-rules.queries.ts";
import { deleteFoundInHistory, endOpenAlert, hasAlertNear, insertAlert, listAwoken, noteTold } from "./alerts.queries.ts";
import type { RuleBasis } from "./basis.rules.ts";
import { lastStep, nextLook, startOf } from "./days.rules.ts";
import { freezeEvidence } from "./evidence.rules.ts";
import { readBasis, readSeries, stepsBefore, stepsOfYear, type WatchedSeries } from "./series.ts";
import { isGivingThemes } from "./subjects.ts";
import { tellOf } from "./telling.ts";
import { thresholdFor } from "./thresholds.rules.ts";
import { freshState, hasHistoryMoved, lookOnce, type EndReason, type Happening, type WatchState } from "./watch.rules.ts";
import { isLevel, isOfTheme, isRead, isSnoozed, kindOf, presets, signsOf } from "./watched.rules.ts";

const DUE_AT_ONCE = 500;
const RULES_MAX = 200;
const BREATH_STEPS = 24;
const LATER_MS = 5 * 60_000;
// Where nothing has come yet, an import or the first answers may come at any time, and must not wait for the next day.
const EMPTY_MS = 15 * 60_000;
// A server that was away tells what is news still; what is older only shows in the list.
const NEWS_STEPS = { level: 3, volume: 6 };
const COPY_LAG_MAX = 1_000;

/** Looks by all rules that are due. Workspaces that are new begin with their rules first. */
export const lookByDueRules = async (services: Services): Promise<void> => {
  for (const workspaceId of await listWorkspacesWithoutPresets(services.db, presets.map(({ key }) => key), DUE_AT_ONCE)) {
    // One that is deleted in this moment has no rules to begin with.
    if ((await findWorkspace(services.db, workspaceId)) !== null) await addPresets(services, services.db, workspaceId);
  }
  // Figures that are behind would look as if nothing came in.
  const copy = await services.analytics.status();
  if (copy.state !== "following" || copy.lagRows > COPY_LAG_MAX) return;
  // Rules that were just added are due as well.
  const now = services.clock.now();
  for (const { id, workspaceId } of await listDueRules(services.db, now, DUE_AT_ONCE)) {
    try {
      await lookByRule(services, workspaceId, id);
    } catch (error) {
      // One rule that fails must not keep the others from looking; it is tried again.
      services.log.warn({ err: error, ruleId: id }, "a rule for alerts could not look; it is tried again");
      await setNextLook(services.db, workspaceId, id, new Date(now.getTime() + LATER_MS));
    }
  }
  await tellAwoken(services);
};

/** Tells what began while its rule was snoozed, and lasts now that the snooze is over. */
const tellAwoken = async (services: Services): Promise<void> => {
  const now = services.clock.now();
  for (const { id: alertId, workspaceId, ruleId } of await listAwoken(services.db, now, DUE_AT_ONCE)) {
    const [rule, workspace] = [await findRule(services.db, workspaceId, ruleId), await findWorkspace(services.db, workspaceId)];
    if (rule === null || workspace === null) continue;
    await transaction(services.db, async (tx) => {
      if (!(await noteTold(tx, workspaceId, alertId, now))) return;
      await publish(tx, { name: "alert.raised", workspaceId, payload: { alertId, ruleId } });
      await tellOf(tx, rule, { alertId, now, timeZone: workspace.timeZone });
    });
  }
};

/** Adds the rules every workspace begins with, but for those it has, or had and deleted. */
export const addPresets = async (services: Services, tx: Queryable, workspaceId: string): Promise<void> => {
  const now = services.clock.now();
  for (const { key, ...preset } of presets) {
    const own = { filters: {}, sensitivity: "rarely" as const, told: { owners: "daily" as const, members: [], quiet: null }, hookHost: null, chat: null, secrets: {}, isOn: true };
    await insertRule(tx, { ...own, ...preset, id: newId(), workspaceId, preset: key, nextLookAt: now, madeBy: null, createdAt: now }, RULES_MAX);
  }
};

/** One rule looks at all days or hours that are over since it last did. May run twice at once: one of them notes nothing. */
export const lookByRule = async (services: Services, workspaceId: string, id: string): Promise<void> => {
  const [rule, workspace] = [await findRule(services.db, workspaceId, id), await findWorkspace(services.db, workspaceId)];
  if (rule === null || workspace === null) return;
  const now = services.clock.now();
  if (isOfTheme(rule.what) && (await isGivingThemes(services, workspaceId))) return setNextLook(services.db, workspaceId, id, new Date(now.getTime() + LATER_MS));
  const readAnew = isRead(rule.what) ? await findReadingAnew(services, workspaceId) : { isOn: false, endedAt: null };
  // The copy must have followed the last of it.
  if (readAnew.isOn || (readAnew.endedAt !== null && now.getTime() - readAnew.endedAt.getTime() < LATER_MS)) return setNextLook(services.db, workspaceId, id, new Date(now.getTime() + LATER_MS));
  const { basis, lagDays } = await readBasis(services, workspaceId, rule);
  const end = lastStep(rule.what, now.getTime(), workspace.timeZone, lagDays);
  const next = nextLook(rule.what, now.getTime(), workspace.timeZone, lagDays);
  const place = { timeZone: workspace.timeZone, end, now, next, basis, readAnewAt: readAnew.endedAt?.toISOString() ?? null };
  const recent = await readSeries(services, workspaceId, workspace.timeZone, rule, { from: end - stepsBefore(rule.what), to: end });
  const isAnew = rule.state === null || rule.state.lookedUntil === null || end - rule.state.lookedUntil > stepsBefore(rule.what) || hasMoved(rule.state, recent) || (rule.state.known?.readAnewAt ?? null) !== place.readAnewAt || rule.state.known?.restsOn?.key !== basis?.key;
  if (isAnew) return lookBack(services, rule, place, recent);
  const { state, happened } = await fold(recent, rule, { state: rule.state ?? freshState, to: end });
  await transaction(services.db, async (tx) => {
    if (!(await saveLook(tx, rule, withKnown(state, recent, rule, place), next))) return;
    for (const happening of happened) await note(tx, rule, happening, { ...place, recent });
  });
};

type Place = { timeZone: string; end: number; now: Date; next: Date; basis: RuleBasis | null; readAnewAt: string | null };

/** Looks over a year again, quietly: the first time, and when history came in. */
const lookBack = async (services: Services, rule: RuleRow, place: Place, recent: WatchedSeries): Promise<void> => {
  const { timeZone, end, now } = place;
  // Where there is nothing lately there is nothing to find; the first look is kept for when there is. What lasts must come to its end.
  if (recent.countBetween(0, end) === 0 && (rule.state?.open ?? null) === null) return setNextLook(services.db, rule.workspaceId, rule.id, new Date(now.getTime() + EMPTY_MS));
  const series = await readSeries(services, rule.workspaceId, timeZone, rule, { from: end - stepsOfYear(rule.what) - stepsBefore(rule.what), to: end });
  const { state, happened } = await fold(series, rule, { state: { ...freshState, lookedUntil: end - stepsOfYear(rule.what), turned: turnedBy(rule.state, place) }, to: end });
  await transaction(services.db, async (tx) => {
    if (!(await saveLook(tx, rule, withKnown(state, series, rule, place), place.next))) return;
    await deleteFoundInHistory(tx, rule.workspaceId, rule.id);
    // What was told before and is not what history says now has come to its end.
    if (state.open === null) await endOpenAlert(tx, rule.workspaceId, rule.id, { at: now, reason: "history" });
    for (const life of livesOf(happened)) await noteFromHistory(tx, rule, life, { timeZone, series });
    await publish(tx, { name: "alerts.changed", workspaceId: rule.workspaceId, payload: { ruleId: rule.id } });
  });
};

// It is no change of customers, so nobody is told; whoever looks at the rule must see why its past reads otherwise.
const turnedBy = (state: WatchState | null, { basis, now }: Pick<Place, "basis" | "now">): WatchState["turned"] => {
  const before = state?.known?.restsOn ?? null;
  return before === null || basis === null || before.key === basis.key ? (state?.turned ?? null) : { at: now.toISOString(), before: before.words, after: basis.words };
};

/** What happens at each look, step by step; other work gets its turn in between. */
export const fold = async (
  { eye }: WatchedSeries,
  rule: Pick<RuleRow, "what" | "direction" | "sensitivity">,
  given: { state: WatchState; to: number },
): Promise<{ state: WatchState; happened: Happening[] }> => {
  const signs = signsOf(rule.direction);
  const threshold = thresholdFor(kindOf(rule.what), rule.sensitivity, signs.length === 2 ? 2 : 1);
  const happened: Happening[] = [];
  let { state } = given;
  for (let end = (state.lookedUntil ?? given.to - 1) + 1, looks = 1; end <= given.to; end += 1, looks += 1) {
    const looked = lookOnce(eye, state, { end, signs, threshold });
    state = looked.state;
    if (looked.happening !== null) happened.push(looked.happening);
    if (looks % BREATH_STEPS === 0) await breathe();
  }
  return { state, happened };
};

const hasMoved = ({ known }: WatchState, recent: WatchedSeries): boolean => known !== null && hasHistoryMoved(known, recent.countTold(known.from, known.until));

// The oldest steps of the next look's series lie later than these, by as much as a look may be late.
const withKnown = (state: WatchState, series: WatchedSeries, rule: RuleRow, { end, readAnewAt, basis }: Pick<Place, "end" | "readAnewAt" | "basis">): WatchState => {
  const from = end - stepsBefore(rule.what) + (isLevel(rule.what) ? 14 : 14 * 24);
  return { ...state, known: { from, until: end, count: series.countTold(from, end), readAnewAt, restsOn: basis } };
};

const note = async (tx: Queryable, rule: RuleRow, happening: Happening, place: Place & { recent: WatchedSeries }): Promise<void> => {
  const { workspaceId, id: ruleId } = rule;
  if (happening.kind === "over") {
    const alertId = await endOpenAlert(tx, workspaceId, ruleId, { at: place.now, reason: happening.reason });
    if (alertId !== null) await publish(tx, { name: "alert.over", workspaceId, payload: { alertId, ruleId } });
    return;
  }
  if (happening.kind === "worse") await endOpenAlert(tx, workspaceId, ruleId, { at: place.now, reason: "worse" });
  const isRecent = place.end - happening.at <= NEWS_STEPS[kindOf(rule.what)];
  const isNews = isRecent && !isSnoozed(rule, place.now);
  const row = rowOf(rule, happening, { timeZone: place.timeZone, series: place.recent });
  const isRaised = await insertAlert(tx, { ...row, raisedAt: place.now, endedAt: null, endReason: null, isQuiet: !isNews, isFromHistory: false, isHushed: isRecent && !isNews, toldAt: isNews ? place.now : null });
  if (!isRaised) return;
  await publish(tx, { name: "alert.raised", workspaceId, payload: { alertId: row.id, ruleId } });
  if (isNews) await tellOf(tx, rule, { alertId: row.id, now: place.now, timeZone: place.timeZone });
};

type Raised = Exclude<Happening, { kind: "over" }>;
type Life = { raised: Raised; over: { at: number; reason: EndReason | "worse" } | null };

/** Each alert with its end; one that grew worse ends where the next takes its place. */
export const livesOf = (happened: readonly Happening[]): Life[] =>
  happened.flatMap((happening, index) => {
    const next = happened[index + 1];
    if (happening.kind === "over") return [];
    return [{ raised: happening, over: next === undefined || next.kind === "raised" ? null : next.kind === "over" ? next : { at: next.at, reason: "worse" } }];
  });

const noteFromHistory = async (tx: Queryable, rule: RuleRow, { raised, over }: Life, place: { timeZone: string; series: WatchedSeries }): Promise<void> => {
  const endOf = (step: number): Date => new Date(startOf(rule.what, step + 1, place.timeZone));
  const span = { from: endOf(raised.at), to: over === null ? new Date(8.64e15) : endOf(over.at) };
  if (await hasAlertNear(tx, rule.id, over === null ? { from: span.from, to: new Date("9999-01-01") } : span)) return;
  const row = rowOf(rule, raised, place);
  await insertAlert(tx, { ...row, raisedAt: span.from, endedAt: over === null ? null : span.to, endReason: over?.reason ?? null, isQuiet: true, isFromHistory: true, isHushed: false, toldAt: null });
};

const rowOf = (rule: RuleRow, raised: Raised, { timeZone, series }: { timeZone: string; series: WatchedSeries }) => ({
  id: newId(), workspaceId: rule.workspaceId, ruleId: rule.id, step: raised.at, direction: raised.alert.sign === 1 ? ("up" as const) : ("down" as const),
  evidence: freezeEvidence({ what: rule.what, sides: rule.direction === "both" ? 2 : 1, alert: raised.alert, series: series.series, timeZone }),
});
