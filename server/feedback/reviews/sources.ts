import { randomBytes } from "node:crypto";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { httpErrors } from "#platform/http";
import type { StoredSecrets } from "#platform/secrets";
import type { Services } from "#platform/services";
import { readFirstPage } from "./asking.ts";
import type { Connector } from "./connector.contract.ts";
import { CONNECTORS } from "./connectors.rules.ts";
import { pollSource } from "./polling.ts";
import { withdrawReviews } from "./recording.ts";
import { reviewErrors } from "./reviews.errors.ts";
import { deleteReviews, listReviewsOfSource } from "./reviews.queries.ts";
import { hasSecret, keepable, openSecrets, sealSecrets } from "./source-secrets.ts";
import { checkFields } from "./source-fields.rules.ts";
import type { ConnectionResult, ConnectionTest, NewReviewSource, ReviewSource, ReviewSourceChange } from "./sources.contract.ts";
import * as queries from "./sources.queries.ts";
import type { SourceRow } from "./sources.queries.ts";

const BATCH = 500;
export const SOURCES_MAX = 500;
const SAMPLE = 3;

/** Adds a place reviews come from. One that is asked by the clock is asked within five minutes.
 *  @returns the source, and for a webhook the secret that signs: it is shown this once */
export const createSource = async (services: Services, actor: Actor, given: NewReviewSource): Promise<{ source: SourceRow; webhookSecret: string | null }> => {
  const connector = CONNECTORS[given.kind];
  checkForm(connector, given, () => false);
  const webhookSecret = connector.readMessage === undefined ? null : newWebhookSecret();
  const now = services.clock.now();
  const id = newId();
  const source: SourceRow = {
    workspaceId: actor.workspaceId, id, kind: given.kind, name: given.name, settings: trimmed(given.settings),
    secrets: sealSecrets(services, { workspaceId: actor.workspaceId, id }, { ...trimmed(given.secrets), ...(webhookSecret === null ? {} : { webhookSecret }) }), isActive: true, createdAt: now, etag: null, lastModified: null,
    nextPollAt: connector.poll === undefined ? null : now, lastPolledAt: null, lastSuccessAt: null, lastNewCount: null, failures: 0, lastError: null,
    isReadToEnd: false, unreadFrom: null, revision: 1,
  };
  await transaction(services.db, async (tx) => {
    if (!(await queries.insertSource(tx, source, SOURCES_MAX))) throw reviewErrors.refuse("review_limit", `There are ${SOURCES_MAX} sources of reviews already. Remove one first.`);
    await recordAudit(tx, actor, { action: "review_source.created", subject: source.id, details: { kind: source.kind, name: source.name } });
  });
  return { source, webhookSecret };
};

export const changeSource = async (services: Services, actor: Actor, id: string, change: ReviewSourceChange): Promise<SourceRow> =>
  transaction(services.db, async (tx) => {
    const source = await getSource(tx, actor.workspaceId, id, queries.lockSource);
    const connector = CONNECTORS[source.kind];
    const settings = trimmed(change.settings ?? source.settings);
    const given = trimmed(change.secrets ?? {});
    const kept = keptSecrets({ ...source, secrets: keepable(services, source, connector.fields) }, settings);
    checkForm(connector, { settings, secrets: given }, (name) => hasSecret(kept, name));
    const isActive = change.isActive ?? source.isActive;
    const changed: SourceRow = {
      ...source, name: change.name ?? source.name, settings, secrets: { ...kept, ...sealSecrets(services, source, given) }, isActive,
      nextPollAt: connector.poll === undefined || !isActive ? null : services.clock.now(), etag: null, lastModified: null, failures: 0, lastError: null,
      isReadToEnd: false, unreadFrom: null, revision: source.revision + 1,
    };
    await queries.updateSource(tx, changed);
    await recordAudit(tx, actor, { action: "review_source.changed", subject: id, details: { fields: Object.keys(change) } });
    return changed;
  });

/** Removes a source with all that came from it, also from timelines and figures. To keep what came, pause it instead. */
export const removeSource = async (services: Services, actor: Actor, id: string): Promise<void> => {
  await getSource(services.db, actor.workspaceId, id);
  // Asked no more from now on, so that less comes in than goes out.
  await queries.stopSource(services.db, actor.workspaceId, id);
  while (await transaction(services.db, (tx) => takeBack(tx, actor.workspaceId, id)));
  await transaction(services.db, async (tx) => {
    // A poll that is under way is through or has to wait; what it brought since the last batch goes too.
    if ((await queries.lockSource(tx, actor.workspaceId, id)) === null) return;
    while (await takeBack(tx, actor.workspaceId, id));
    await queries.deleteSource(tx, actor.workspaceId, id);
    await recordAudit(tx, actor, { action: "review_source.removed", subject: id, details: {} });
    await publish(tx, { name: "review_source.removed", workspaceId: actor.workspaceId, payload: { sourceId: id } });
  });
};

// Whether there may be more.
const takeBack = async (tx: Queryable, workspaceId: string, sourceId: string): Promise<boolean> => {
  const reviews = await listReviewsOfSource(tx, workspaceId, sourceId, BATCH);
  await withdrawReviews(tx, workspaceId, reviews);
  await deleteReviews(tx, workspaceId, reviews.map((review) => review.id));
  return reviews.length === BATCH;
};

/** Makes a new secret for what another system sends; the one before is worth nothing from now on, also when no key opens it any more.
 *  @returns the secret: it is shown this once */
export const renewWebhookSecret = (services: Services, actor: Actor, id: string): Promise<{ source: SourceRow; webhookSecret: string }> =>
  transaction(services.db, async (tx) => {
    const source = await getSource(tx, actor.workspaceId, id, queries.lockSource);
    if (CONNECTORS[source.kind].readMessage === undefined) throw reviewErrors.refuse("review_source_not_sent", `Nothing is sent to "${source.name}", so it has no such secret.`);
    const webhookSecret = newWebhookSecret();
    const renewed = { ...source, secrets: { ...source.secrets, ...sealSecrets(services, source, { webhookSecret }) } };
    await queries.updateSource(tx, renewed);
    await recordAudit(tx, actor, { action: "review_source.secret_renewed", subject: id, details: {} });
    return { source: { ...renewed, revision: source.revision + 1 }, webhookSecret };
  });

const newWebhookSecret = (): string => randomBytes(32).toString("base64url");

/** Asks a source at once instead of when its time comes. */
export const pollNow = async (services: Services, actor: Actor, id: string): Promise<SourceRow> => {
  const source = await getSource(services.db, actor.workspaceId, id);
  if (CONNECTORS[source.kind].poll === undefined) throw reviewErrors.refuse("review_source_not_polled", `"${source.name}" is not asked by us. Upload a file or send to its address.`);
  await pollSource(services, source);
  return getSource(services.db, actor.workspaceId, id);
};

/** Tries a form out before it is saved. Nothing is kept. */
export const testConnection = async (services: Services, actor: Actor, given: ConnectionTest): Promise<ConnectionResult> => {
  const kept = given.sourceId === undefined ? null : await getSource(services.db, actor.workspaceId, given.sourceId);
  const settings = trimmed(given.settings);
  const secrets: StoredSecrets = { ...(kept === null || kept.kind !== given.kind ? {} : keptSecrets(kept, settings)), ...trimmed(given.secrets) };
  checkForm(CONNECTORS[given.kind], { settings, secrets: trimmed(given.secrets) }, (name) => secrets[name] !== undefined);
  const read = await readFirstPage(services, { workspaceId: actor.workspaceId, id: kept?.id ?? "", kind: given.kind, settings, secrets });
  if (!read.ok) return { isConnected: false, message: read.message, found: 0, sample: [] };
  const sample = read.value.slice(0, SAMPLE).map(({ at, stars, text, title, author }) => ({ at, stars, text: (text || title).slice(0, 300), author: author.name }));
  return { isConnected: true, message: null, found: read.value.length, sample };
};

// Kept secrets go only where they went before: with a changed address they could be sent to somebody else.
const keptSecrets = (source: SourceRow, settings: Readonly<Record<string, string>>): StoredSecrets =>
  ["server", "url", "signInServer"].every((name) => (source.settings[name] ?? "") === (settings[name] ?? "")) ? source.secrets : {};

/** @throws not_found */
export const getSource = async (db: Queryable, workspaceId: string, id: string, find = queries.findSource): Promise<SourceRow> => {
  const source = await find(db, workspaceId, id);
  if (source === null) throw httpErrors.refuse("not_found", "There is no such source of reviews in this workspace.");
  return source;
};

/** A source as members see it: without its secrets. */
export const showSource = (services: Services, source: SourceRow & { reviews?: number }): ReviewSource => {
  const connector = CONNECTORS[source.kind];
  const way = connector.poll !== undefined ? "polled" : connector.readMessage !== undefined ? "sent" : "uploaded";
  const kept = keepable(services, source, connector.fields);
  const secretsKept = connector.fields.filter(({ name, isSecret }) => isSecret && hasSecret(kept, name)).map(({ name }) => name);
  const opened = openSecrets(services, source);
  const lastError = opened.ok ? source.lastError : opened.message;
  return {
    id: source.id, kind: source.kind, name: source.name, channel: connector.channel, settings: source.settings, secretsKept, way, isActive: source.isActive,
    state: !source.isActive ? "paused" : lastError !== null ? "failing" : way === "polled" && source.lastSuccessAt === null ? "waiting" : "working",
    reviews: source.reviews ?? 0, lastPolledAt: source.lastPolledAt?.toISOString() ?? null, lastSuccessAt: source.lastSuccessAt?.toISOString() ?? null,
    lastNewCount: source.lastNewCount, lastError, failures: source.failures, nextPollAt: source.nextPollAt?.toISOString() ?? null,
    canReply: canReply(connector, source.secrets), webhookUrl: way === "sent" ? `${services.baseUrl()}/api/public/review-webhooks/${source.id}` : null,
  };
};

/** Whether the source takes answers with the access it has. */
export const canReply = (connector: Connector, secrets: StoredSecrets): boolean =>
  connector.reply !== undefined && connector.reply.needs.every((name) => hasSecret(secrets, name));

const checkForm = (connector: Connector, given: { settings: Record<string, string>; secrets: Record<string, string> }, hasSecret: (name: string) => boolean): void => {
  const problems = checkFields(connector.fields, given, hasSecret);
  if (problems.length === 0) return;
  const list = problems.map(({ field, problem }) => `${field} (${problem.replaceAll("_", " ")})`).join(", ");
  throw reviewErrors.refuse("review_source_not_valid", `These fields are not right: ${list}.`, { problems });
};

const trimmed = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]): [string, string] => [name, value.trim()]).filter(([, value]) => value !== ""));
