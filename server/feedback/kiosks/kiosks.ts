import { pbkdf2, randomBytes, randomInt } from "node:crypto";
import { promisify } from "node:util";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { hashToken, newToken } from "#platform/auth";
import { newId, transaction } from "#platform/db";
import { publish } from "#platform/events";
import { AppError, defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { findSurvey } from "../surveys/surveys.queries.ts";
import type { ChangeKioskBody, CreateKioskBody, Kiosk, KioskConfig, PairedKiosk, Pairing } from "./kiosks.contract.ts";
import * as queries from "./kiosks.queries.ts";
import type { KioskRow } from "./kiosks.queries.ts";

export const kioskErrors = defineErrors("kiosks", {
  kiosk_limit: { status: 409, meaning: "The workspace has 500 kiosks already. Remove one first." },
  kiosk_code_wrong: { status: 404, meaning: "No kiosk waits for this code. Codes hold for 15 minutes and work once." },
  kiosk_unknown: { status: 401, meaning: "The device's token is not known any more: it was paired anew or removed." },
});

const KIOSKS_MAX = 500;
const PAIRING_MINUTES = 15;
const AWAY_AFTER_MS = 3 * 60_000;
// Eight letters and digits that are not mistaken for each other: 40 bits, with few tries a minute and an end after a quarter of an hour.
const CODE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const CODE_LENGTH = 8;
/** How often the PIN is hashed; the device repeats it with the browser's own function. Source: OWASP Password Storage Cheat Sheet asks for more,
 *  but a PIN has few digits anyway: it keeps passers-by out, not somebody who takes the device apart. */
const PIN_ROUNDS = 200_000;

export const listAllKiosks = async (services: Services, workspaceId: string, surveyId: string | null): Promise<Kiosk[]> =>
  (await queries.listKiosks(services.db, workspaceId, surveyId, KIOSKS_MAX)).map((row) => shown(row, services.clock.now()));

export const createKiosk = async (services: Services, actor: Actor, given: CreateKioskBody): Promise<Kiosk> => {
  const id = newId();
  const { pin, ...fields } = given;
  const hashed = await hashPin(pin);
  await transaction(services.db, async (tx) => {
    await requireSurvey(tx, actor.workspaceId, given.surveyId);
    const row = { ...fields, ...hashed, workspaceId: actor.workspaceId, id, createdAt: services.clock.now(), createdBy: actor.memberId };
    if (!(await queries.insertKiosk(tx, row, KIOSKS_MAX))) throw kioskErrors.refuse("kiosk_limit", `There are ${KIOSKS_MAX} kiosks already. Remove one first.`);
    await recordAudit(tx, actor, { action: "kiosk.created", subject: id });
  });
  return shown(await getKiosk(services, actor.workspaceId, id), services.clock.now());
};

/** Changes reach the device within a minute; it keeps asking what it has until then. */
export const changeKiosk = async (services: Services, actor: Actor, id: string, change: ChangeKioskBody): Promise<Kiosk> => {
  const kiosk = await getKiosk(services, actor.workspaceId, id);
  const hashed = change.pin === undefined ? {} : await hashPin(change.pin);
  await transaction(services.db, async (tx) => {
    if (change.surveyId !== undefined) await requireSurvey(tx, actor.workspaceId, change.surveyId);
    await queries.updateKiosk(tx, {
      ...kiosk, ...hashed, name: change.name ?? kiosk.name, place: change.place ?? kiosk.place, surveyId: change.surveyId ?? kiosk.surveyId,
      touchpoint: change.touchpoint === undefined ? kiosk.touchpoint : change.touchpoint, idleSeconds: change.idleSeconds ?? kiosk.idleSeconds,
    });
    await recordAudit(tx, actor, { action: "kiosk.changed", subject: id });
  });
  return shown(await getKiosk(services, actor.workspaceId, id), services.clock.now());
};

export const removeKiosk = (services: Services, actor: Actor, id: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    if (!(await queries.deleteKiosk(tx, actor.workspaceId, id))) throw kioskNotFound(id);
    await recordAudit(tx, actor, { action: "kiosk.removed", subject: id });
  });

/** A code to type into a device. The device paired before, if any, is locked out: its answers still reach the server, its settings do not change any more. */
export const beginPairing = async (services: Services, actor: Actor, id: string): Promise<Pairing> => {
  await getKiosk(services, actor.workspaceId, id);
  const code = Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET.charAt(randomInt(CODE_ALPHABET.length))).join("");
  const expiresAt = new Date(services.clock.now().getTime() + PAIRING_MINUTES * 60_000);
  await transaction(services.db, async (tx) => {
    await queries.setPairing(tx, { workspaceId: actor.workspaceId, id, pairingHash: hashToken(code), expiresAt });
    await recordAudit(tx, actor, { action: "kiosk.pairing_begun", subject: id });
  });
  return { code: `${code.slice(0, 4)}-${code.slice(4)}`, address: `${services.baseUrl()}/k`, expiresAt: expiresAt.toISOString() };
};

/** Makes the device that knows the code the kiosk.
 *  @param code as typed: blanks, dashes and small letters do not matter */
export const pairKiosk = async (services: Services, code: string): Promise<PairedKiosk> => {
  const token = newToken("fhd_");
  const pairingHash = hashToken(code.toUpperCase().replace(/[\s-]/g, ""));
  const isPaired = await queries.pairByCode(services.db, { pairingHash, tokenHash: hashToken(token), now: services.clock.now() });
  if (!isPaired) throw kioskErrors.refuse("kiosk_code_wrong", "This code is not known or has ended. Make a new one in Firsthand.");
  return { token, config: await configOfKiosk(services, token, 0) };
};

/** What the device shall ask now; also how the server hears that it is there and how much it still has to send. */
export const configOfKiosk = async (services: Services, token: string, waiting: number): Promise<KioskConfig> => {
  const kiosk = await queries.findKioskByToken(services.db, hashToken(token));
  if (kiosk === null) throw kioskErrors.refuse("kiosk_unknown", "This device is not a kiosk any more. Pair it anew.");
  const now = services.clock.now();
  const before = stateOf(kiosk, now);
  await queries.noteKioskSeen(services.db, { workspaceId: kiosk.workspaceId, id: kiosk.id, waiting, now });
  if (before !== "online" || kiosk.waiting !== waiting) {
    await transaction(services.db, (tx) => publish(tx, { name: "kiosk.seen", workspaceId: kiosk.workspaceId, payload: { kioskId: kiosk.id } }));
  }
  const survey = await findSurvey(services.db, kiosk.workspaceId, kiosk.surveyId);
  const isAsking = survey?.status === "open" && survey.published !== null && survey.publishedVersion !== null;
  return {
    kiosk: { id: kiosk.id, name: kiosk.name, touchpoint: kiosk.touchpoint, idleSeconds: kiosk.idleSeconds, pinSalt: kiosk.pinSalt, pinHash: kiosk.pinHash },
    survey: isAsking && survey.published !== null && survey.publishedVersion !== null ? { slug: survey.slug, version: survey.publishedVersion, definition: survey.published } : null,
  };
};

const getKiosk = async (services: Services, workspaceId: string, id: string): Promise<KioskRow> => {
  const kiosk = await queries.findKiosk(services.db, workspaceId, id);
  if (kiosk === null) throw kioskNotFound(id);
  return kiosk;
};

const requireSurvey = async (tx: Parameters<typeof findSurvey>[0], workspaceId: string, surveyId: string): Promise<void> => {
  if ((await findSurvey(tx, workspaceId, surveyId)) === null) throw new AppError("not_found", 404, `There is no survey ${surveyId} here.`);
};

const kioskNotFound = (id: string): AppError => new AppError("not_found", 404, `There is no kiosk ${id} here.`);

const hashPin = async (pin: string): Promise<{ pinSalt: string; pinHash: string }> => {
  const salt = randomBytes(16);
  const key = await promisify(pbkdf2)(pin, salt, PIN_ROUNDS, 32, "sha256");
  return { pinSalt: salt.toString("base64url"), pinHash: key.toString("base64url") };
};

const stateOf = ({ pairedAt, lastSeenAt }: Pick<KioskRow, "pairedAt" | "lastSeenAt">, now: Date): Kiosk["state"] => {
  if (pairedAt === null || lastSeenAt === null) return "unpaired";
  return now.getTime() - lastSeenAt.getTime() < AWAY_AFTER_MS ? "online" : "away";
};

const shown = (row: KioskRow, now: Date): Kiosk => ({
  id: row.id, name: row.name, place: row.place, touchpoint: row.touchpoint, surveyId: row.surveyId, surveyName: row.surveyName, surveyStatus: row.surveyStatus,
  idleSeconds: row.idleSeconds, state: stateOf(row, now), lastSeenAt: row.lastSeenAt?.toISOString() ?? null, waiting: row.waiting, createdAt: row.createdAt.toISOString(),
});
