import { pbkdf2, randomBytes, randomInt } from "node:crypto";
import { promisify } from "node:util";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { hashToken, newToken } from "#platform/auth";
import { newId, transaction } from "#platform/db";
import { publish } from "#platform/events";
import { AppError, defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { getSurveyAt, standingFor } from "../responses/open-surveys.ts";
import type { SaveResponseBody, SavedResponse } from "../responses/responses.contract.ts";
import { saveResponse } from "../responses/responses.ts";
import { readSettings } from "../surveys/survey-settings.ts";
import { findSurvey } from "../surveys/surveys.queries.ts";
import type { ChangeKioskBody, CreateKioskBody, Kiosk, KioskConfig, KioskStateQuery, PairedKiosk, Pairing } from "./kiosks.contract.ts";
import * as queries from "./kiosks.queries.ts";
import type { KioskRow, ShownKioskRow } from "./kiosks.queries.ts";
import { hindranceOf, needsFile } from "./kiosks.rules.ts";

export const kioskErrors = defineErrors("kiosks", {
  kiosk_limit: { status: 409, meaning: "The workspace has 500 kiosks already. Remove one first." },
  kiosk_code_wrong: { status: 404, meaning: "No kiosk waits for this code. Codes hold for 15 minutes and work once." },
  kiosk_takes_no_files: { status: 409, meaning: "The survey cannot be finished without a file, and a kiosk takes none. Make its question for a file optional: kiosks then leave it out." },
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
export const changeKiosk = async (services: Services, actor: Actor, id: string, { pin, ...change }: ChangeKioskBody): Promise<Kiosk> => {
  const hashed = pin === undefined ? {} : await hashPin(pin);
  await transaction(services.db, async (tx) => {
    if (change.surveyId !== undefined) await requireSurvey(tx, actor.workspaceId, change.surveyId);
    if (!(await queries.updateKiosk(tx, actor.workspaceId, id, { ...change, ...hashed }))) throw kioskNotFound(id);
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
  // A device that speaks for the first time is told on: whoever made the code sees it at once.
  return { token, config: await configOfKiosk(services, token, { waiting: 0, refused: 0 }) };
};

/** What the device shall ask now; also how the server hears that it is there, how much it still has to send, and what of it is refused. */
export const configOfKiosk = async (services: Services, token: string, state: KioskStateQuery): Promise<KioskConfig> => {
  const kiosk = await queries.findKioskByToken(services.db, hashToken(token));
  if (kiosk === null) throw kioskErrors.refuse("kiosk_unknown", "This device is not a kiosk any more. Pair it anew.");
  const now = services.clock.now();
  const { waiting, refused, problem = null } = state;
  await queries.noteKioskSeen(services.db, { workspaceId: kiosk.workspaceId, id: kiosk.id, waiting, refused, problem, now });
  if (stateOf(kiosk, now) !== "online" || kiosk.waiting !== waiting || kiosk.refused !== refused) {
    await transaction(services.db, (tx) => publish(tx, { name: "kiosk.seen", workspaceId: kiosk.workspaceId, payload: { kioskId: kiosk.id } }));
  }
  const { id, name, touchpoint, idleSeconds, pinSalt, pinHash } = kiosk;
  return { kiosk: { id, name, touchpoint, idleSeconds, pinSalt, pinHash }, survey: await askedBy(services, kiosk, now) };
};

const askedBy = async (services: Services, kiosk: KioskRow, now: Date): Promise<KioskConfig["survey"]> => {
  const survey = await findSurvey(services.db, kiosk.workspaceId, kiosk.surveyId);
  if (survey === null || survey.published === null || survey.publishedVersion === null || needsFile(survey.published)) return null;
  const settings = readSettings(survey.settings);
  if ((await standingFor(services.db, { ...survey, settings }, now)) !== "open") return null;
  return { slug: survey.slug, version: survey.publishedVersion, definition: survey.published, closesAt: settings.closesAt };
};

/** Takes an answer a device brings. A kiosk answers for what it sends: many people stand before one device, and it sends hours of answers at once.
 *  @param token of the device; one that was locked out meanwhile still brings its answers in, as anybody may */
export const takeKioskResponse = async (services: Services, token: string | undefined, body: SaveResponseBody, address: string): Promise<SavedResponse> => {
  const kiosk = token === undefined ? null : await queries.findKioskByToken(services.db, hashToken(token));
  const isOwn = kiosk !== null && (await getSurveyAt(services.db, body.slug)).workspaceId === kiosk.workspaceId;
  return saveResponse(services, body, isOwn ? { address: null, isTrusted: true } : { address });
};

const getKiosk = async (services: Services, workspaceId: string, id: string): Promise<ShownKioskRow> => {
  const kiosk = await queries.findKiosk(services.db, workspaceId, id);
  if (kiosk === null) throw kioskNotFound(id);
  return kiosk;
};

const requireSurvey = async (tx: Parameters<typeof findSurvey>[0], workspaceId: string, surveyId: string): Promise<void> => {
  const survey = await findSurvey(tx, workspaceId, surveyId);
  if (survey === null) throw new AppError("not_found", 404, `There is no survey ${surveyId} here.`);
  if (!needsFile(survey.published ?? survey.draft)) return;
  throw kioskErrors.refuse("kiosk_takes_no_files", `"${survey.name}" requires a file, and a kiosk takes none. Make that question optional: kiosks then leave it out.`);
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

const shown = (row: ShownKioskRow, now: Date): Kiosk => ({
  id: row.id, name: row.name, place: row.place, touchpoint: row.touchpoint, surveyId: row.surveyId, surveyName: row.surveyName, surveyStatus: row.surveyStatus,
  idleSeconds: row.idleSeconds, state: stateOf(row, now), lastSeenAt: row.lastSeenAt?.toISOString() ?? null, waiting: row.waiting, refused: row.refused, problem: row.problem,
  hindrance: hindranceOf({ ...row, status: row.surveyStatus, settings: readSettings(row.surveySettings) }, now), createdAt: row.createdAt.toISOString(),
});
