import { createHash, randomBytes } from "node:crypto";
import { findTimeOfErasure, readIdentifier, subjectText } from "#customers";
import type { Actor } from "#platform/access";
import { signText, verifySignature } from "#platform/auth";
import type { Queryable } from "#platform/db";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { z } from "zod";
import type { CreateLinkBody } from "./surveys.contract.ts";
import { getSurvey, surveyErrors } from "./surveys.ts";
import type { SurveyRow } from "./surveys.queries.ts";

const DAY_MS = 86_400_000;
/** What a token says: the survey it is for, the identifier of the person ("" for nobody), when it ends in seconds since 1970, when it was made in
 *  milliseconds (links of the first days do not say), and, where it can be used once only, a number of its own. */
const LinkPayload = z.tuple([z.uuid(), z.string(), z.int(), z.int().optional(), z.string().max(40).optional()]);

type Made = { url: string; expiresAt: string };

/** A link that knows whom it was made for. The identifier is readable in it but cannot be changed. */
export const createSurveyLink = async (services: Services, actor: Actor, surveyId: string, given: z.infer<typeof CreateLinkBody>): Promise<Made> => {
  const survey = await getPublished(services, actor, surveyId);
  const identifier = readIdentifier(given.identifier);
  if (identifier === null) {
    throw surveyErrors.refuse("identifier_names_nobody", `"${given.identifier}" names nobody. Use a kind and a real value, such as user:42 or email:ann@example.com.`);
  }
  const sign = await signerOf(services, survey, given.expiresInDays);
  return sign(subjectText(identifier), given.isSingleUse);
};

/** Links for people nobody knows, each good for one response. */
export const createSingleUseLinks = async (
  services: Services,
  actor: Actor,
  surveyId: string,
  given: { count: number; expiresInDays: number },
): Promise<{ items: Made[] }> => {
  const sign = await signerOf(services, await getPublished(services, actor, surveyId), given.expiresInDays);
  return { items: Array.from({ length: given.count }, () => sign("", true)) };
};

/** What a token says: whom it was made for, and the number under which it is used up. */
export type SurveyLinkRead = { subject: string | null; nonce: string | null };

/** Reads a token.
 *  @returns null when it is missing, was changed, is for another survey or has ended: the answer then counts as anonymous. Without `subject`
 *  when it names nobody, or was made before its person was erased */
export const readLink = async (
  db: Queryable,
  given: { workspaceId: string; surveyId: string; token: string | undefined; now: Date },
): Promise<SurveyLinkRead | null> => {
  const [payload = "", signature = ""] = (given.token ?? "").split(".");
  if (payload === "" || signature === "") return null;
  const workspace = await findWorkspace(db, given.workspaceId);
  if (workspace === null || !verifySignature(workspace.secret, signedText(payload), signature)) return null;
  const [surveyId, identifier, expiresAt, madeAt = 0, nonce = null] = LinkPayload.parse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  if (surveyId !== given.surveyId || expiresAt * 1000 <= given.now.getTime()) return null;
  if (identifier === "") return { subject: null, nonce };
  const erasedAt = await findTimeOfErasure(db, given.workspaceId, identifier);
  return { subject: erasedAt === null || madeAt > erasedAt.getTime() ? identifier : null, nonce };
};

/** Whom a token was made for; null for nobody. */
export const readLinkToken = async (db: Queryable, given: Parameters<typeof readLink>[1]): Promise<string | null> => (await readLink(db, given))?.subject ?? null;

/** What a link, a device or a person is noted as once it has answered. People by a hash: who answered is known where the response is, or nowhere. */
export const claimOf = {
  link: (nonce: string): string => `link:${nonce}`,
  device: (device: string): string => `device:${hashOf(device)}`,
  person: (workspaceId: string, subject: string): string => `person:${hashOf(`${workspaceId}\n${subject}`)}`,
};

const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64url");

const getPublished = async (services: Services, actor: Actor, surveyId: string): Promise<SurveyRow> => {
  const survey = await getSurvey(services, actor, surveyId);
  if (survey.status === "draft") throw surveyErrors.refuse("survey_not_published", `"${survey.name}" was never published. Publish it before sending links.`);
  return survey;
};

const signerOf = async (services: Services, survey: SurveyRow, expiresInDays: number): Promise<(identifier: string, isSingleUse: boolean) => Made> => {
  const workspace = await findWorkspace(services.db, survey.workspaceId);
  if (workspace === null) throw new Error(`Workspace ${survey.workspaceId} is gone.`);
  const now = services.clock.now().getTime();
  const expiresAt = Math.floor((now + expiresInDays * DAY_MS) / 1000);
  return (identifier, isSingleUse) => {
    const said = [survey.id, identifier, expiresAt, now, ...(isSingleUse ? [randomBytes(12).toString("base64url")] : [])];
    const payload = Buffer.from(JSON.stringify(said)).toString("base64url");
    const token = `${payload}.${signText(workspace.secret, signedText(payload))}`;
    return { url: `${services.baseUrl()}/s/${survey.slug}?c=${token}`, expiresAt: new Date(expiresAt * 1000).toISOString() };
  };
};

// Names the purpose, so that a signature made with the same secret for something else is worth nothing here.
const signedText = (payload: string): string => `survey-link:${payload}`;
