import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { listMembers } from "#people";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction, type Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { countByRule, deleteRule, findRule, insertRule, listRules, lockRule, updateRule, type RuleCounts, type RuleRow } from "./alert-rules.queries.ts";
import { endOpenAlert } from "./alerts.queries.ts";
import { alertsErrors, timeZoneOf } from "./alerts.ts";
import type { AlertFilters, ChatAddress, Delivery, madeRule, NewRule, Rule, RuleChange, Told, TrialReply, TryRule } from "./alerts.contract.ts";
import { lastStep, startOf } from "./days.rules.ts";
import { readDeliveries } from "./deliveries.ts";
import { dropDeliveriesOfRule } from "./deliveries.queries.ts";
import { freezeEvidence, precisionOf } from "./evidence.rules.ts";
import { addPresets, fold, livesOf } from "./looking.ts";
import { openRuleSecret, sealRuleSecret } from "./rule-secrets.ts";
import { describeFinding, describeRule } from "./sentences.rules.ts";
import { readBasis, readSeries, stepsBefore, stepsOfYear } from "./series.ts";
import { readSubjects } from "./subjects.ts";
import { falseAlarmsPerYear } from "./thresholds.rules.ts";
import { freshState } from "./watch.rules.ts";
import { fitsFilters, idNames, isLevel, nameOf, toneOf, usualSmallestOf, type Subject } from "./watched.rules.ts";

const RULES_MAX = 200;
const YEAR_MS = 365 * 86_400_000;
const TRIED_ALERTS_MAX = 50;

/** All rules; a workspace that has none yet begins with the usual ones. */
export const listAlertRules = async (services: Services, workspaceId: string): Promise<Rule[]> => {
  await addPresets(services, services.db, workspaceId);
  const [rows, counts, timeZone] = [await listRules(services.db, workspaceId, RULES_MAX), await countsOf(services, workspaceId), await timeZoneOf(services, workspaceId)];
  const subjectOf = await readSubjects(services, workspaceId, rows.map(({ filters }) => filters));
  const deliveriesOf = await readDeliveries(services.db, workspaceId);
  return rows.map((row) => showRule(row, counts, { timeZone, now: services.clock.now(), subject: subjectOf(row.filters), deliveries: deliveriesOf(row.id) }));
};

/** At most so many false alarms a year by all rules that are on, while nothing changes: what each promises, added up. */
export const sumFalseAlarms = (rules: readonly Pick<Rule, "isOn" | "sensitivity">[]): number =>
  rules.reduce((sum, { isOn, sensitivity }) => sum + (isOn ? falseAlarmsPerYear[sensitivity] : 0), 0);

export const getAlertRule = async (services: Services, workspaceId: string, id: string): Promise<Rule> => {
  const row = await findRule(services.db, workspaceId, id);
  if (row === null) throw ruleNotFound();
  const subject = (await readSubjects(services, workspaceId, [row.filters]))(row.filters);
  const deliveries = (await readDeliveries(services.db, workspaceId))(id);
  return showRule(row, await countsOf(services, workspaceId), { timeZone: await timeZoneOf(services, workspaceId), now: services.clock.now(), subject, deliveries });
};

/** @throws alert_rule_limit, alert_member_unknown, alert_filters_wrong */
export const createAlertRule = async (services: Services, actor: Actor, given: NewRule): Promise<z.infer<typeof madeRule>> => {
  const { workspaceId } = actor;
  await requireMembers(services, workspaceId, given.told);
  const subject = await requireSubject(services, workspaceId, given);
  const [id, now] = [newId(), services.clock.now()];
  const hookSecret = given.hookUrl === null ? null : makeSecret();
  const smallestChange = given.smallestChange ?? usualSmallestOf(given.what, subject.formula);
  const name = given.name ?? usualName(given, subject);
  const hooked = sealHook(services, { workspaceId, id, secrets: {} }, given.hookUrl, hookSecret);
  const secrets = sealRuleSecret(services, { workspaceId, id, secrets: hooked }, "chat", given.chat?.url ?? null);
  const { hookUrl, ...fields } = given;
  await transaction(services.db, async (tx) => {
    await addPresets(services, tx, workspaceId);
    const isAdded = await insertRule(tx, { ...fields, id, workspaceId, preset: null, name, smallestChange, hookHost: hostOf(hookUrl), chat: chatOf(given.chat), secrets, nextLookAt: now, madeBy: actor.memberId, createdAt: now }, RULES_MAX);
    if (!isAdded) throw alertsErrors.refuse("alert_rule_limit", `There are ${RULES_MAX} rules already. Delete some first.`);
    await recordAudit(tx, actor, { action: "alert_rule.made", subject: id, details: { what: given.what } });
    await publish(tx, { name: "alerts.changed", workspaceId, payload: { ruleId: id } });
  });
  return { ...(await getAlertRule(services, workspaceId, id)), hookSecret };
};

/** Changes a rule. When what it watches changes, what it found before goes with its past and it looks back anew.
 *  @returns the rule; with a new secret where the address for messages changed */
export const changeAlertRule = async (services: Services, actor: Actor, id: string, given: RuleChange): Promise<z.infer<typeof madeRule>> => {
  const { workspaceId } = actor;
  if (given.told !== undefined) await requireMembers(services, workspaceId, given.told);
  const now = services.clock.now();
  const hookSecret = await transaction(services.db, async (tx) => {
    const before = await lockRule(tx, workspaceId, id);
    if (before === null) throw ruleNotFound();
    const { chat, hookUrl, ...fields } = given;
    const after: RuleRow = { ...before, ...withoutUndefined(fields) };
    if (given.what !== undefined || given.filters !== undefined) await requireSubject({ db: tx }, workspaceId, after, before.filters);
    // A secret must not go to an address it was not made for.
    const isNewAddress = hookUrl !== undefined && hookUrl !== openRuleSecret(services, before, "hookUrl");
    const secret = isNewAddress && hookUrl !== null ? makeSecret() : null;
    if (isNewAddress) Object.assign(after, { hookHost: hostOf(hookUrl), secrets: sealHook(services, after, hookUrl, secret) });
    if (chat !== undefined) Object.assign(after, { chat: chatOf(chat), secrets: sealRuleSecret(services, after, "chat", chat?.url ?? null) });
    if (isNewAddress && hookUrl === null) await dropDeliveriesOfRule(tx, workspaceId, id, "hook");
    if (chat === null) await dropDeliveriesOfRule(tx, workspaceId, id, "chat");
    if (isOtherQuestion(before, after)) {
      after.state = null;
      await endOpenAlert(tx, workspaceId, id, { at: now, reason: "history" });
    }
    await updateRule(tx, after, now);
    await recordAudit(tx, actor, { action: "alert_rule.changed", subject: id, details: { fields: Object.keys(given) } });
    await publish(tx, { name: "alerts.changed", workspaceId, payload: { ruleId: id } });
    return secret;
  });
  return { ...(await getAlertRule(services, workspaceId, id)), hookSecret };
};

/** Keeps a rule quiet until a time: it goes on looking, and tells nobody. */
export const snoozeAlertRule = async (services: Services, actor: Actor, id: string, until: Date | null): Promise<Rule> => {
  const now = services.clock.now();
  if (until !== null && until <= now) throw alertsErrors.refuse("alert_snooze_past", `${until.toISOString()} is over already. Choose a later time.`);
  await transaction(services.db, async (tx) => {
    const rule = await lockRule(tx, actor.workspaceId, id);
    if (rule === null) throw ruleNotFound();
    // A look that is due does not wait for another day because of it; one that is not finds nothing new.
    await updateRule(tx, { ...rule, snoozedUntil: until }, now);
    await recordAudit(tx, actor, { action: "alert_rule.snoozed", subject: id, details: { until: until?.toISOString() ?? null } });
    await publish(tx, { name: "alerts.changed", workspaceId: actor.workspaceId, payload: { ruleId: id } });
  });
  return getAlertRule(services, actor.workspaceId, id);
};

export const deleteAlertRule = async (services: Services, actor: Actor, id: string): Promise<void> => {
  await transaction(services.db, async (tx) => {
    if (!(await deleteRule(tx, actor.workspaceId, id, services.clock.now()))) throw ruleNotFound();
    await recordAudit(tx, actor, { action: "alert_rule.deleted", subject: id });
    await publish(tx, { name: "alerts.changed", workspaceId: actor.workspaceId, payload: { ruleId: id } });
  });
};

/** What a rule would have told in the last year: the same looks over what is there. */
export const tryAlertRule = async (services: Services, workspaceId: string, given: TryRule): Promise<TrialReply> => {
  const [timeZone, subject] = [await timeZoneOf(services, workspaceId), await requireSubject(services, workspaceId, given)];
  const { lagDays } = await readBasis(services, workspaceId, given);
  const end = lastStep(given.what, services.clock.now().getTime(), timeZone, lagDays);
  const from = end - stepsOfYear(given.what);
  const watching = { ...given, smallestChange: given.smallestChange ?? usualSmallestOf(given.what, subject.formula) };
  const series = await readSeries(services, workspaceId, timeZone, watching, { from: from - stepsBefore(given.what), to: end });
  const { happened } = await fold(series, given, { state: { ...freshState, lookedUntil: from }, to: end });
  const at = (step: number): string => new Date(startOf(given.what, step, timeZone)).toISOString();
  const lives = livesOf(happened);
  const alerts = lives.map(({ raised, over }) => {
    const evidence = freezeEvidence({ what: given.what, sides: given.direction === "both" ? 2 : 1, alert: raised.alert, series: series.series, timeZone });
    const direction = raised.alert.sign === 1 ? "up" : "down";
    return { ...describeFinding(given.what, direction, evidence, { filters: given.filters, subject }), at: at(raised.at + 1), endedAt: over === null ? null : at(over.at + 1), tone: toneOf(given.what, direction, evidence.isLowGood) };
  });
  const window = isLevel(given.what) ? 56 : 56 * 24;
  const isTooLittle = !Array.from({ length: Math.ceil((end - from) / window) }, (_, index) => end - index * window).some((until) => series.countBetween(until - window, until) >= 30);
  return { from: at(from), to: at(end + 1), count: lives.length, alerts: alerts.toReversed().slice(0, TRIED_ALERTS_MAX), isTooLittle };
};

const hostOf = (url: string | null): string | null => (url === null ? null : new URL(url).host);
const chatOf = (address: ChatAddress | null): RuleRow["chat"] => (address === null ? null : { service: address.service, host: new URL(address.url).host });
const sealHook = (services: Services, rule: Pick<RuleRow, "workspaceId" | "id" | "secrets">, url: string | null, secret: string | null): RuleRow["secrets"] =>
  sealRuleSecret(services, { ...rule, secrets: sealRuleSecret(services, rule, "hookUrl", url) }, "hook", secret);
const makeSecret = (): string => `fha_${randomBytes(24).toString("base64url")}`;
const ruleNotFound = (): Error => httpErrors.refuse("not_found", "There is no such rule in this workspace.");
const usualName = ({ what, direction }: Pick<NewRule, "what" | "direction">, subject: Subject): string => `${nameOf(what, subject)} ${{ up: "up", down: "down", both: "up or down" }[direction]}`;

const withoutUndefined = (given: Omit<RuleChange, "chat" | "hookUrl">): Partial<RuleRow> => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

const isOtherQuestion = (before: RuleRow, after: RuleRow): boolean =>
  before.what !== after.what || before.direction !== after.direction || before.sensitivity !== after.sensitivity || before.smallestChange !== after.smallestChange ||
  JSON.stringify(before.filters) !== JSON.stringify(after.filters) || (!before.isOn && after.isOn);

const requireMembers = async (services: Services, workspaceId: string, { members }: Told): Promise<void> => {
  if (members.length === 0) return;
  const known = new Set((await listMembers(services.db, workspaceId)).map(({ id }) => id));
  if (members.some(({ memberId }) => !known.has(memberId))) throw alertsErrors.refuse("alert_member_unknown", "Somebody to be told is not a member here. They may have left.");
};

/** What a rule is about, if it can be watched that way.
 *  @param before what the rule was narrowed to: what is gone since may stay in it
 *  @throws alert_filters_wrong */
const requireSubject = async (reading: { db: Queryable }, workspaceId: string, { what, filters }: Pick<NewRule, "what" | "filters">, before: AlertFilters = {}): Promise<Subject> => {
  const subject = (await readSubjects(reading, workspaceId, [filters]))(filters);
  if (!fitsFilters(what, filters)) throw alertsErrors.refuse("alert_filters_wrong", `"${what}" cannot be narrowed this way: a theme or a formula is named where one is watched and only there, a response rate goes by survey and channel, and facts go by no survey.`);
  if (filters.theme !== undefined && subject.theme === null) throw alertsErrors.refuse("alert_filters_wrong", "The theme to be watched is not there. A later search may not have found it again: choose another.");
  if (filters.metric !== undefined && subject.formula === null && before.metric !== filters.metric) throw alertsErrors.refuse("alert_filters_wrong", "The formula to be watched is not there. It may have been deleted: choose another.");
  const strange = idNames.find((name) => filters[name]?.some((id) => id !== "" && !subject.names.has(id) && before[name]?.includes(id) !== true));
  if (strange !== undefined) throw alertsErrors.refuse("alert_filters_wrong", `A ${strange} the rule is narrowed to is not there. It may have been deleted: choose another.`);
  return subject;
};

const countsOf = (services: Services, workspaceId: string): Promise<RuleCounts[]> => countByRule(services.db, workspaceId, new Date(services.clock.now().getTime() - YEAR_MS));

const showRule = (row: RuleRow, counts: readonly RuleCounts[], { timeZone, now, subject, deliveries }: { timeZone: string; now: Date; subject: Subject; deliveries: Delivery[] }): Rule => {
  const { count = 0, useful = 0, notUseful = 0 } = counts.find(({ ruleId }) => ruleId === row.id) ?? {};
  const looked = row.state?.lookedUntil ?? null;
  return {
    id: row.id, name: row.name, what: row.what, filters: row.filters, direction: row.direction, sensitivity: row.sensitivity, smallestChange: row.smallestChange, told: row.told,
    hookHost: row.hookHost, chat: row.chat, deliveries, isOn: row.isOn, isPreset: row.preset !== null, snoozedUntil: row.snoozedUntil !== null && row.snoozedUntil > now ? row.snoozedUntil.toISOString() : null,
    lookedAt: looked === null ? null : new Date(startOf(row.what, looked + 1, timeZone)).toISOString(), words: describeRule(row, subject), turned: row.state?.turned ?? null,
    raised: { count: Number(count), useful: Number(useful), notUseful: Number(notUseful) }, precision: precisionOf(Number(useful), Number(notUseful)),
  };
};
