import { findTimeOfErasure, normaliseIdentifier, subjectText } from "#customers";
import type { Actor } from "#platform/access";
import { signText, verifySignature } from "#platform/auth";
import type { Queryable } from "#platform/db";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { z } from "zod";
import type { CreateLinkBody } from "./surveys.contract.ts";
import { getSurvey, surveyErrors } from "./surveys.ts";

const DAY_MS = 86_400_000;
/** What a token says: the survey it is for, the identifier of the person, when it ends in seconds since 1970, and when it was made in
 *  milliseconds. Links of the first days do not say when they were made. */
const LinkPayload = z.tuple([z.uuid(), z.string(), z.int(), z.int().optional()]);

/** A link that knows whom it was made for. The identifier is readable in it but cannot be changed. */
export const createSurveyLink = async (
  services: Services,
  actor: Actor,
  surveyId: string,
  given: z.infer<typeof CreateLinkBody>,
): Promise<{ url: string; expiresAt: string }> => {
  const survey = await getSurvey(services, actor, surveyId);
  if (survey.status === "draft") throw surveyErrors.refuse("survey_not_published", `"${survey.name}" was never published. Publish it before sending links.`);
  const identifier = normaliseIdentifier(...splitIdentifier(given.identifier));
  if (identifier === null) {
    throw surveyErrors.refuse("identifier_names_nobody", `"${given.identifier}" names nobody. Use a kind and a real value, such as user:42 or email:ann@example.com.`);
  }
  const workspace = await findWorkspace(services.db, actor.workspaceId);
  if (workspace === null) throw new Error(`Workspace ${actor.workspaceId} is gone.`);
  const now = services.clock.now().getTime();
  const expiresAt = Math.floor((now + given.expiresInDays * DAY_MS) / 1000);
  const payload = Buffer.from(JSON.stringify([survey.id, subjectText(identifier), expiresAt, now])).toString("base64url");
  const token = `${payload}.${signText(workspace.secret, signedText(payload))}`;
  return { url: `${services.baseUrl()}/s/${survey.slug}?c=${token}`, expiresAt: new Date(expiresAt * 1000).toISOString() };
};

/** Whom a token was made for.
 *  @returns the identifier; null when the token is missing, was changed, is for another survey, has ended, or was made before its
 *  person was erased: the answer then counts as anonymous */
export const readLinkToken = async (
  db: Queryable,
  given: { workspaceId: string; surveyId: string; token: string | undefined; now: Date },
): Promise<string | null> => {
  const [payload = "", signature = ""] = (given.token ?? "").split(".");
  if (payload === "" || signature === "") return null;
  const workspace = await findWorkspace(db, given.workspaceId);
  if (workspace === null || !verifySignature(workspace.secret, signedText(payload), signature)) return null;
  const [surveyId, identifier, expiresAt, madeAt = 0] = LinkPayload.parse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  if (surveyId !== given.surveyId || expiresAt * 1000 <= given.now.getTime()) return null;
  const erasedAt = await findTimeOfErasure(db, given.workspaceId, identifier);
  return erasedAt === null || madeAt > erasedAt.getTime() ? identifier : null;
};

// "external:crm:7" is value 7 of the kind external:crm; other kinds end at the first colon.
const splitIdentifier = (text: string): [kind: string, value: string] => {
  const end = text.indexOf(":", text.startsWith("external:") ? "external:".length : 0);
  return [text.slice(0, end), text.slice(end + 1)];
};

// Names the purpose, so that a signature made with the same secret for something else is worth nothing here.
const signedText = (payload: string): string => `survey-link:${payload}`;
