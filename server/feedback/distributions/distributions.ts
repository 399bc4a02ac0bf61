import { findArrivalEnd, findSegment, listNamesOfCustomers, normaliseEmail, normalisePhone } from "#customers";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { AppError, defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { standingFor } from "../responses/open-surveys.ts";
import { standingOf } from "../surveys/survey-settings.rules.ts";
import { readSettings } from "../surveys/survey-settings.ts";
import { getSurvey } from "../surveys/surveys.ts";
import { takeBack } from "./announcing.ts";
import type { ChangedDistribution, Distribution, DistributionSettings, Invitation, InvitationCounts, NewDistribution } from "./distributions.contract.ts";
import { Invitation as InvitationShape } from "./distributions.contract.ts";
import { enqueueWork } from "./distribution-work.ts";
import * as queries from "./distributions.queries.ts";
import type { DistributionRow } from "./distributions.queries.ts";
import { countByDistribution, countReasons } from "./invitation-list.queries.ts";
import type { ListedInvitation } from "./invitation-list.queries.ts";
import { cancelInvitations } from "./invitations.queries.ts";

export const distributionErrors = defineErrors("distributions", {
  distribution_state_wrong: { status: 409, meaning: "The distribution cannot do this in its state, such as starting again what was stopped." },
  distribution_without_people: { status: 409, meaning: "Nobody is to be asked: choose a list or segment, or paste addresses." },
  distribution_survey_closed: { status: 409, meaning: "The survey is not open, so nobody could answer. Publish or reopen it first." },
  distribution_trigger_missing: { status: 400, meaning: "A triggered distribution needs the name of an interaction or a touchpoint." },
  addresses_not_valid: { status: 400, meaning: "Some lines are neither e-mail addresses nor phone numbers; `details.lines` lists them." },
});

export const getDistribution = async (db: Queryable, workspaceId: string, id: string): Promise<DistributionRow> => {
  const row = await queries.findDistribution(db, workspaceId, id);
  if (row === null) throw new AppError("not_found", 404, `There is no distribution ${id} here.`);
  return row;
};

export const createDistribution = async (services: Services, actor: Actor, given: NewDistribution): Promise<DistributionRow> => {
  await getSurvey(services, actor, given.surveyId);
  await checkSettings(services.db, actor.workspaceId, given.settings);
  const addresses = readAddresses(given.addresses ?? []);
  const id = newId();
  await transaction(services.db, async (tx) => {
    const { workspaceId, memberId } = actor;
    await queries.insertDistribution(tx, { workspaceId, id, surveyId: given.surveyId, name: given.name, settings: given.settings, createdBy: memberId, at: services.clock.now() });
    await queries.replaceAddresses(tx, { workspaceId, id }, addresses);
    await recordAudit(tx, actor, { action: "distribution.created", subject: id, details: { surveyId: given.surveyId } });
  });
  return getDistribution(services.db, actor.workspaceId, id);
};

/** Changes a distribution. Who is asked and when cannot change once it has started; words and reminders can. */
export const changeDistribution = async (services: Services, actor: Actor, id: string, change: ChangedDistribution): Promise<DistributionRow> => {
  if (change.settings !== undefined) await checkSettings(services.db, actor.workspaceId, change.settings);
  const addresses = change.addresses === undefined ? null : readAddresses(change.addresses);
  await transaction(services.db, async (tx) => {
    const row = await lock(tx, actor.workspaceId, id);
    const settings = change.settings ?? row.settings;
    const isSameStart = JSON.stringify([row.settings.segmentId, row.settings.schedule]) === JSON.stringify([settings.segmentId, settings.schedule]);
    if (row.state !== "draft" && (!isSameStart || addresses !== null)) {
      throw distributionErrors.refuse("distribution_state_wrong", `"${row.name}" has started: whom it asks and when stay as they are. Copy it to ask others.`);
    }
    await queries.updateDistribution(tx, { ...row, name: change.name ?? row.name, settings, at: services.clock.now() });
    if (addresses !== null) await queries.replaceAddresses(tx, row, addresses);
    await recordAudit(tx, actor, { action: "distribution.changed", subject: id, details: {} });
  });
  return getDistribution(services.db, actor.workspaceId, id);
};

/** Starts asking, or goes on after a pause. */
export const startDistribution = async (services: Services, actor: Actor, id: string): Promise<DistributionRow> => {
  await transaction(services.db, async (tx) => {
    const row = await lock(tx, actor.workspaceId, id);
    if (row.state === "running") return;
    if (row.state !== "draft" && row.state !== "paused") throw distributionErrors.refuse("distribution_state_wrong", `"${row.name}" is over. Copy it to ask again.`);
    const at = services.clock.now();
    const { opensAt } = await checkSurvey(services, actor, row, at);
    if (row.state === "draft") await start(tx, row, { at, opensAt });
    else await queries.updateDistribution(tx, { ...row, state: "running", at });
    await recordAudit(tx, actor, { action: row.state === "draft" ? "distribution.started" : "distribution.resumed", subject: id, details: {} });
    await publish(tx, { name: "distribution.changed", workspaceId: actor.workspaceId, payload: { distributionId: id } });
    await enqueueWork(tx, row);
  });
  return getDistribution(services.db, actor.workspaceId, id);
};

/** A survey that opens later is waited for; one that is closed by the time the first are asked is not. */
const checkSurvey = async (services: Services, actor: Actor, row: DistributionRow, now: Date): Promise<{ opensAt: Date | null }> => {
  const survey = await getSurvey(services, actor, row.surveyId);
  const settings = readSettings(survey.settings);
  const refuse = (why: string) => distributionErrors.refuse("distribution_survey_closed", `"${survey.name}" ${why}`);
  const isClosed = (standing: string): boolean => standing === "closed" || standing === "unknown";
  if (survey.status !== "open") throw refuse("is not open, so nobody could answer. Publish or reopen it first.");
  const begins = row.nextWaveAt ?? firstWaveAt(row, now) ?? now;
  if (settings.closesAt !== null && isClosed(standingOf({ ...survey, settings }, begins > now ? begins : now))) {
    throw refuse(`takes answers only until ${new Date(settings.closesAt).toISOString().slice(0, 16).replace("T", " ")} UTC, so nobody could answer. Choose a later end in its settings first.`);
  }
  if (isClosed(await standingFor(services.db, { ...survey, settings }, now))) throw refuse("has all the answers it takes, so nobody could answer. Raise the limit in its settings first.");
  return { opensAt: settings.opensAt === null ? null : new Date(settings.opensAt) };
};

const firstWaveAt = ({ settings: { schedule } }: DistributionRow, now: Date): Date | null =>
  schedule.kind === "now" ? now : schedule.kind === "at" ? new Date(schedule.at) : schedule.kind === "recurring" ? new Date(schedule.startsAt) : null;

const start = async (tx: Queryable, row: DistributionRow, { at, opensAt }: { at: Date; opensAt: Date | null }): Promise<void> => {
  const { schedule, segmentId } = row.settings;
  const isListed = schedule.kind !== "triggered" && schedule.kind !== "api";
  if (isListed && segmentId === null && row.addressCount === 0) throw distributionErrors.refuse("distribution_without_people", `"${row.name}" asks nobody yet. Choose a list or segment, or paste addresses.`);
  const first = firstWaveAt(row, at);
  const end = schedule.kind === "triggered" ? await findArrivalEnd(tx) : null;
  await queries.updateDistribution(tx, { ...row, state: "running", startedAt: at, nextWaveAt: opensAt !== null && first !== null && opensAt > first ? opensAt : first, readXid: end?.xid ?? null, readSeq: end?.seq ?? null, at });
};

/** Nobody is asked until it goes on; links that are out still work. */
export const pauseDistribution = (services: Services, actor: Actor, id: string): Promise<DistributionRow> => changeState(services, actor, id, "paused");

/** Ends it for good: whoever was not asked yet is not asked any more. Links that are out still work. */
export const stopDistribution = (services: Services, actor: Actor, id: string): Promise<DistributionRow> => changeState(services, actor, id, "stopped");

const changeState = async (services: Services, actor: Actor, id: string, state: "paused" | "stopped"): Promise<DistributionRow> => {
  await transaction(services.db, async (tx) => {
    const row = await lock(tx, actor.workspaceId, id);
    if (row.state === state) return;
    const mayChange = state === "paused" ? row.state === "running" : row.state === "running" || row.state === "paused";
    if (!mayChange) throw distributionErrors.refuse("distribution_state_wrong", `"${row.name}" is not at work, so there is nothing to ${state === "paused" ? "pause" : "stop"}.`);
    await queries.updateDistribution(tx, { ...row, state, ...(state === "stopped" ? { nextWaveAt: null } : {}), at: services.clock.now() });
    if (state === "stopped") await cancelInvitations(tx, actor.workspaceId, id);
    await takeBack(tx, row);
    await recordAudit(tx, actor, { action: `distribution.${state}`, subject: id, details: {} });
    await publish(tx, { name: "distribution.changed", workspaceId: actor.workspaceId, payload: { distributionId: id } });
  });
  return getDistribution(services.db, actor.workspaceId, id);
};

export const copyDistribution = async (services: Services, actor: Actor, id: string): Promise<DistributionRow> => {
  const row = await getDistribution(services.db, actor.workspaceId, id);
  const addresses = await queries.listAddresses(services.db, row, { after: 0, limit: 50_000 });
  return createDistribution(services, actor, { surveyId: row.surveyId, name: `${row.name.slice(0, 73)} (copy)`, settings: row.settings, addresses: addresses.map(({ address }) => address) });
};

/** @throws distribution_state_wrong once anybody was asked: then it is stopped instead */
export const deleteDistribution = async (services: Services, actor: Actor, id: string): Promise<void> => {
  await transaction(services.db, async (tx) => {
    const row = await lock(tx, actor.workspaceId, id);
    if (row.state !== "draft") throw distributionErrors.refuse("distribution_state_wrong", `"${row.name}" has started, and its links are out. Stop it instead.`);
    await queries.deleteDistribution(tx, actor.workspaceId, id);
    await recordAudit(tx, actor, { action: "distribution.deleted", subject: id, details: {} });
  });
};

const lock = async (tx: Queryable, workspaceId: string, id: string): Promise<DistributionRow> =>
  (await queries.lockDistribution(tx, workspaceId, id)) ?? getDistribution(tx, workspaceId, id);

const checkSettings = async (db: Queryable, workspaceId: string, settings: DistributionSettings): Promise<void> => {
  const { schedule, segmentId } = settings;
  if (segmentId !== null && (await findSegment(db, workspaceId, segmentId)) === null) throw new AppError("not_found", 404, `There is no list or segment ${segmentId} here.`);
  if (schedule.kind === "triggered" && schedule.interaction === null && schedule.touchpoint === null) {
    throw distributionErrors.refuse("distribution_trigger_missing", "Say which interaction or which touchpoint triggers it.");
  }
};

const readAddresses = (lines: readonly string[]): string[] => {
  const read = lines.map((line) => ({ line, address: normaliseEmail(line) ?? normalisePhone(line) }));
  const wrong = read.filter(({ address }) => address === null).map(({ line }) => line);
  if (wrong.length > 0) {
    throw distributionErrors.refuse("addresses_not_valid", `${wrong.length === 1 ? "One line is" : `${wrong.length} lines are`} neither an e-mail address nor a phone number: ${wrong.slice(0, 5).join(", ")}.`, { lines: wrong.slice(0, 100) });
  }
  return [...new Set(read.flatMap(({ address }) => (address === null ? [] : [address])))];
};

const NOTHING: InvitationCounts = { planned: 0, invited: 0, delivered: 0, clicked: 0, answered: 0, bounced: 0, unsubscribed: 0, notAsked: 0, failed: 0, cancelled: 0 };

export const showDistributions = async (db: Queryable, workspaceId: string, rows: readonly DistributionRow[]): Promise<Distribution[]> => {
  const ids = rows.map(({ id }) => id);
  const counts = new Map((await countByDistribution(db, workspaceId, ids)).map(({ distributionId, ...own }) => [distributionId, own]));
  const reasons = Map.groupBy(await countReasons(db, workspaceId, ids), ({ distributionId }) => distributionId);
  return rows.map((row) => ({
    id: row.id, surveyId: row.surveyId, name: row.name, state: row.state, settings: row.settings, addressCount: row.addressCount, wave: row.wave,
    nextWaveAt: row.nextWaveAt?.toISOString() ?? null, startedAt: row.startedAt?.toISOString() ?? null, createdAt: row.createdAt.toISOString(),
    counts: counts.get(row.id) ?? NOTHING, reasons: (reasons.get(row.id) ?? []).map(({ reason, count }) => ({ reason, count })),
  }));
};

export const showDistribution = async (services: Services, row: DistributionRow): Promise<Distribution> => {
  const [shown] = await showDistributions(services.db, row.workspaceId, [row]);
  if (shown === undefined) throw new AppError("not_found", 404, `There is no distribution ${row.id} here.`);
  return shown;
};

export const showInvitations = async (db: Queryable, workspaceId: string, rows: readonly ListedInvitation[]): Promise<Invitation[]> => {
  const ids = [...new Set(rows.flatMap(({ customerId }) => (customerId === null ? [] : [customerId])))];
  const names = new Map((await listNamesOfCustomers(db, workspaceId, ids)).map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    id: row.id, customer: row.customerId === null ? null : { id: row.customerId, name: names.get(row.customerId) ?? row.email ?? row.phone ?? "" },
    address: (row.channel === "text" ? row.phone : row.email) ?? row.phone ?? "", channel: row.channel, state: InvitationShape.shape.state.parse(row.state), reason: row.reason,
    reminders: Math.max(0, row.step - 1), nextAt: row.nextAt?.toISOString() ?? null, sentAt: row.sentAt?.toISOString() ?? null,
    answeredAt: row.answeredAt?.toISOString() ?? null, responseId: row.answeredAt === null ? null : row.responseId,
  }));
};
