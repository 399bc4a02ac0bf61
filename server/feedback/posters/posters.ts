import { randomInt } from "node:crypto";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { AppError, defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { renderSVG } from "uqr";
import { findSurvey } from "../surveys/surveys.queries.ts";
import type { ChangePosterBody, CreatePosterBody, Poster } from "./posters.contract.ts";
import * as queries from "./posters.queries.ts";
import type { PosterRow } from "./posters.queries.ts";

export const posterErrors = defineErrors("posters", {
  poster_limit: { status: 409, meaning: "The workspace has 5,000 posters already. Remove one first." },
});

const POSTERS_MAX = 5_000;
// Short, so that the printed code is coarse and read from afar; without letters that are mistaken for each other, so that it can be typed.
const CODE_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
const CODE_LENGTH = 7;

export const listAllPosters = async (services: Services, workspaceId: string, surveyId: string | null): Promise<Poster[]> =>
  (await queries.listPosters(services.db, workspaceId, surveyId, POSTERS_MAX)).map((row) => shown(services, row));

export const getPoster = async (services: Services, workspaceId: string, id: string): Promise<Poster> => shown(services, await requirePoster(services.db, workspaceId, id));

export const createPoster = async (services: Services, actor: Actor, given: CreatePosterBody): Promise<Poster> => {
  const id = newId();
  await transaction(services.db, async (tx) => {
    await requireSurvey(tx, actor.workspaceId, given.surveyId);
    const code = Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET.charAt(randomInt(CODE_ALPHABET.length))).join("");
    const row = { ...given, workspaceId: actor.workspaceId, id, code, createdAt: services.clock.now(), createdBy: actor.memberId };
    if (!(await queries.insertPoster(tx, row, POSTERS_MAX))) throw posterErrors.refuse("poster_limit", `There are ${POSTERS_MAX} posters already. Remove one first.`);
    await recordAudit(tx, actor, { action: "poster.created", subject: id });
  });
  return getPoster(services, actor.workspaceId, id);
};

/** What hangs on the wall stays good: the code leads to whatever stands here. */
export const changePoster = async (services: Services, actor: Actor, id: string, change: ChangePosterBody): Promise<Poster> => {
  await transaction(services.db, async (tx) => {
    if (change.surveyId !== undefined) await requireSurvey(tx, actor.workspaceId, change.surveyId);
    if (!(await queries.updatePoster(tx, actor.workspaceId, id, change))) throw posterNotFound(id);
    await recordAudit(tx, actor, { action: "poster.changed", subject: id });
  });
  return getPoster(services, actor.workspaceId, id);
};

export const removePoster = (services: Services, actor: Actor, id: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    if (!(await queries.deletePoster(tx, actor.workspaceId, id))) throw posterNotFound(id);
    await recordAudit(tx, actor, { action: "poster.removed", subject: id });
  });

/** The code as a picture to print. Error correction Q: a quarter of it may be scratched. */
export const qrOfPoster = async (services: Services, workspaceId: string, id: string): Promise<string> =>
  renderSVG((await getPoster(services, workspaceId, id)).url, { ecc: "Q", border: 4 });

/** Where a scanned code leads, and counts the scan.
 *  @returns an address of the survey page; null when the code is not known */
export const followCode = async (services: Services, code: string): Promise<string | null> => {
  const found = await queries.countScan(services.db, code, services.clock.now());
  if (found === null) return null;
  const query = new URLSearchParams({ channel: "qr", source: found.place, ...(found.touchpoint === null ? {} : { touchpoint: found.touchpoint }) });
  return `/s/${found.surveySlug}?${query}`;
};

const requirePoster = async (db: Queryable, workspaceId: string, id: string): Promise<PosterRow> => {
  const poster = await queries.findPoster(db, workspaceId, id);
  if (poster === null) throw posterNotFound(id);
  return poster;
};

const requireSurvey = async (tx: Queryable, workspaceId: string, surveyId: string): Promise<void> => {
  if ((await findSurvey(tx, workspaceId, surveyId)) === null) throw new AppError("not_found", 404, `There is no survey ${surveyId} here.`);
};

const posterNotFound = (id: string): AppError => new AppError("not_found", 404, `There is no poster ${id} here.`);

const shown = (services: Services, row: PosterRow): Poster => ({
  id: row.id, surveyId: row.surveyId, surveyName: row.surveyName, place: row.place, touchpoint: row.touchpoint, headline: row.headline, invitation: row.invitation,
  url: `${services.baseUrl()}/q/${row.code}`, scans: row.scans, lastScannedAt: row.lastScannedAt?.toISOString() ?? null, createdAt: row.createdAt.toISOString(),
});
