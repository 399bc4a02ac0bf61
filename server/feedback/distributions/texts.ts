import { createHmac, timingSafeEqual } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { allowContact, normalisePhone, stopContact } from "#customers";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newToken } from "#platform/auth";
import { newId, transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { fetchOutside } from "#platform/http";
import { enqueue } from "#platform/jobs";
import { secretErrors } from "#platform/secrets";
import type { Services } from "#platform/services";
import { z } from "zod";
import { noteFailedText } from "./bounces.ts";
import { openSecret, sealSecret } from "./gateway-secrets.ts";
import { httpRequest, stateOfTwilio, twilioRequest, twilioSignedText, wishInText } from "./gateways.rules.ts";
import type { GatewayRequest } from "./gateways.rules.ts";
import { HttpGateway, TwilioGateway } from "./texts.contract.ts";
import type { NewTextGateway, TextGateway } from "./texts.contract.ts";
import * as queries from "./texts.queries.ts";
import type { GatewayRow, TextRow } from "./texts.queries.ts";

const LIMITS = { timeoutMs: 20_000, sizeBytesMax: 200_000, redirectsMax: 0 };

/** Sends a text message once the caller's transaction commits. The same key is the same message.
 *  @returns its id */
export const queueText = async (tx: Queryable, text: { workspaceId: string; key: string; phone: string; body: string; at: Date }): Promise<string> => {
  const { id, isNew } = await queries.insertText(tx, { ...text, id: newId() });
  if (isNew) await enqueue(tx, "texts.send", { workspaceId: text.workspaceId, textId: id }, { maxAttempts: 8 });
  return id;
};

/** Hands a message to the gateway. Where it breaks off after the gateway may have taken it, it is not tried again: nobody shall get it twice. */
export const sendText = async (services: Services, workspaceId: string, id: string): Promise<void> => {
  const text = await queries.claimText(services.db, workspaceId, id);
  if (text === null) return;
  const gateway = await queries.findGateway(services.db, workspaceId);
  const outcome = gateway === null || gateway.kind === "fake" ? writeText(services, text) : await handOver(services, gateway, text);
  const at = services.clock.now();
  const state = await queries.updateText(services.db, { workspaceId, id, state: outcome.state, providerId: outcome.providerId, error: outcome.error, at });
  if (outcome.state === "delivered") await queries.markTextDelivered(services.db, workspaceId, id, at);
  if (outcome.state === "failed" && state === "failed") await noteFailedText(services, workspaceId, id);
  if (outcome.state === "waiting") throw new Error(outcome.error ?? "The gateway for text messages cannot be reached.");
};

type Outcome = { state: "waiting" | "sent" | "delivered" | "failed" | "doubtful"; providerId: string | null; error: string | null };

const handOver = async (services: Services, gateway: GatewayRow, text: TextRow): Promise<Outcome> => {
  const opened = openSecret(services, gateway);
  // Kept until somebody enters it again: the person's number is not to blame.
  if (!opened.ok) return { state: "waiting", providerId: null, error: opened.message };
  const request = requestTo(services, { gateway, secret: opened.values["secret"] ?? "" }, text);
  const reply = await fetchOutside(services.config, request, LIMITS);
  if (!reply.ok) {
    const isUnsent = reply.reason === "address_not_allowed" || reply.reason === "url_not_valid";
    const isDoubtful = reply.reason === "timeout" || reply.reason === "too_large";
    return { state: isUnsent ? "failed" : isDoubtful ? "doubtful" : "waiting", providerId: null, error: reply.message };
  }
  if (reply.status === 429 || reply.status === 503) return { state: "waiting", providerId: null, error: `The gateway answered with ${reply.status}.` };
  if (reply.status >= 500) return { state: "doubtful", providerId: null, error: `The gateway answered with ${reply.status}.` };
  if (reply.status >= 300) return { state: "failed", providerId: null, error: `The gateway answered with ${reply.status}.` };
  return { state: "sent", providerId: providerIdIn(reply.text), error: null };
};

const requestTo = (services: Services, { gateway, secret }: { gateway: GatewayRow; secret: string }, text: TextRow): GatewayRequest =>
  gateway.kind === "twilio"
    ? twilioRequest(TwilioGateway.parse(gateway.settings), text, { secret, statusUrl: `${hookUrl(services, gateway, "status")}?text=${text.id}` })
    : httpRequest(HttpGateway.parse(gateway.settings), text, secret);

const providerIdIn = (reply: string): string | null => {
  try {
    const found = z.looseObject({ sid: z.string().max(200).optional(), id: z.union([z.string().max(200), z.number()]).optional() }).safeParse(JSON.parse(reply)).data;
    return found?.sid ?? (found?.id === undefined ? null : String(found.id));
  } catch {
    return null;
  }
};

// The fake gateway: what would have been sent is read in the web app and in the data folder.
const writeText = (services: Services, text: TextRow): Outcome => {
  const folder = join(services.config.dataDir, "texts");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, `${text.id}.txt`), `To: ${text.phone}\n\n${text.body}\n`, { mode: 0o600 });
  return { state: "delivered", providerId: null, error: null };
};

const hookUrl = (services: Services, gateway: Pick<GatewayRow, "hook">, kind: "status" | "replies"): string => `${services.baseUrl()}/text-hooks/${gateway.hook}/${kind}`;

export const showGateway = async (services: Services, workspaceId: string): Promise<TextGateway> => {
  const row = await queries.findGateway(services.db, workspaceId);
  return {
    kind: row?.kind ?? "fake", http: row?.kind === "http" ? HttpGateway.parse(row.settings) : null, twilio: row?.kind === "twilio" ? TwilioGateway.parse(row.settings) : null,
    hasSecret: row !== null && row.secrets["secret"] !== undefined && openSecret(services, row).ok, hookUrl: row === null ? null : hookUrl(services, row, "replies"),
  };
};

export const saveGateway = async (services: Services, actor: Actor, given: NewTextGateway): Promise<TextGateway> => {
  await transaction(services.db, async (tx) => {
    const before = await queries.findGateway(tx, actor.workspaceId);
    const settings = given.kind === "twilio" ? given.twilio : given.kind === "http" ? given.http : {};
    const ownSecret = given.kind === "fake" ? undefined : given.secret;
    // A secret is for one gateway: another must not learn it.
    const kept = before?.kind === given.kind ? before.secrets : {};
    if (before !== null && ownSecret === undefined && Object.keys(kept).length > 0 && originOf(before) !== originOf({ kind: given.kind, settings })) {
      throw secretErrors.refuse("secret_of_another_address", "The secret was entered for another address. Enter it again: a kept one goes nowhere else.");
    }
    await queries.upsertGateway(tx, {
      workspaceId: actor.workspaceId, kind: given.kind, settings,
      secrets: ownSecret === undefined ? kept : sealSecret(services, actor.workspaceId, ownSecret), hook: before?.hook ?? newToken().slice(0, 32), at: services.clock.now(),
    });
    await recordAudit(tx, actor, { action: "text_gateway.changed", subject: given.kind, details: {} });
  });
  return showGateway(services, actor.workspaceId);
};

const originOf = ({ kind, settings }: Pick<GatewayRow, "kind" | "settings">): string =>
  kind === "twilio" ? new URL(TwilioGateway.parse(settings).baseUrl).origin : kind === "http" ? new URL(HttpGateway.parse(settings).url).origin : "";

/** Whether a call of a gateway is what it says: by Twilio's signature where it signs, else the unguessable address is the proof. */
const isGenuine = (services: Services, gateway: GatewayRow, call: { url: string; form: URLSearchParams; signature: string | undefined }): boolean => {
  if (gateway.kind !== "twilio") return true;
  const opened = openSecret(services, gateway);
  if (!opened.ok) throw secretErrors.refuse("secret_lost", opened.message);
  const expected = createHmac("sha1", opened.values["secret"] ?? "").update(twilioSignedText(call.url, call.form)).digest();
  const given = Buffer.from(call.signature ?? "", "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
};

/** `query` is what follows the question mark of the address. */
export type HookCall = { hook: string; kind: "status" | "replies"; query: string; form: URLSearchParams; signature: string | undefined };

/** Takes what a gateway tells: how far a message came, or what a person answered.
 *  @returns unknown when there is no such address or the call is not genuine; too_early when it is about a message still being handed over */
export const takeHook = async (services: Services, call: HookCall): Promise<"taken" | "unknown" | "too_early"> => {
  const gateway = await queries.findGatewayByHook(services.db, call.hook);
  const asked = call.query === "" ? "" : `?${call.query}`;
  if (gateway === null || !isGenuine(services, gateway, { ...call, url: `${hookUrl(services, gateway, call.kind)}${asked}` })) return "unknown";
  if (call.kind === "status") return takeStatus(services, gateway, call);
  await takeReply(services, gateway, call.form);
  return "taken";
};

const takeStatus = async (services: Services, { workspaceId }: GatewayRow, { form, query }: HookCall): Promise<"taken" | "too_early"> => {
  const providerId = form.get("MessageSid") ?? form.get("SmsSid") ?? form.get("id") ?? "";
  const state = stateOfTwilio((form.get("MessageStatus") ?? form.get("SmsStatus") ?? form.get("status") ?? "").toLowerCase());
  if (state === null) return "taken";
  const text = await findReported(services.db, workspaceId, { own: new URLSearchParams(query).get("text") ?? providerId, providerId });
  if (text === null) return providerId !== "" && (await queries.hasTextInHand(services.db, workspaceId)) ? "too_early" : "taken";
  if (text.state === "delivered" || text.state === "failed") return "taken";
  const at = services.clock.now();
  await queries.updateText(services.db, { workspaceId, id: text.id, state, providerId: null, error: state === "failed" ? (form.get("ErrorCode") ?? "failed") : null, at });
  if (state === "delivered") await queries.markTextDelivered(services.db, workspaceId, text.id, at);
  if (state === "failed") await noteFailedText(services, workspaceId, text.id);
  return "taken";
};

// A report may come before the gateway has answered with its own name for the message; ours is in the address from the beginning.
const findReported = async (db: Queryable, workspaceId: string, { own, providerId }: { own: string; providerId: string }): Promise<TextRow | null> =>
  (z.uuid().safeParse(own).success ? await queries.findText(db, workspaceId, own) : null)
  ?? (providerId === "" ? null : queries.findTextByProviderId(db, workspaceId, providerId));

const takeReply = async (services: Services, { workspaceId }: GatewayRow, form: URLSearchParams): Promise<void> => {
  const phone = normalisePhone(form.get("From") ?? form.get("from") ?? "");
  const wish = wishInText(form.get("Body") ?? form.get("text") ?? "");
  if (phone === null || wish === null) return;
  const at = services.clock.now();
  await transaction(services.db, async (tx) => {
    const said = { workspaceId, customerId: null, address: phone, channel: "text" as const, source: "text_reply", at };
    if (wish === "start") return allowContact(tx, said);
    // The invitations first, then the person, as everybody who sends locks them.
    await queries.markPhoneUnsubscribed(tx, workspaceId, phone, at);
    await stopContact(tx, said);
  });
};
