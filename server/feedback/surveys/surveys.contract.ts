import { z } from "zod";
import { SurveyDefinition } from "./definition.contract.ts";

export const SurveyStatus = z.enum(["draft", "open", "closed"]);
export type SurveyStatus = z.infer<typeof SurveyStatus>;

export const SurveyName = z.string().trim().min(1).max(120).regex(/^[^\p{Cc}\p{Cs}]*$/u);

export const SurveyProblem = z.object({
  severity: z.enum(["error", "warning"]),
  code: z.string(),
  questionId: z.string().nullable(),
  message: z.string(),
  language: z.string().optional(),
});

/** A survey as its builder sees it. */
export const Survey = z.object({
  id: z.uuid(),
  name: z.string(),
  slug: z.string().describe("Last part of the public address."),
  url: z.string().describe("Address of the public page; answers once the survey is published."),
  status: SurveyStatus,
  draft: SurveyDefinition,
  draftRevision: z.int().describe("Counts the saves of the draft; send it back to notice that somebody else saved meanwhile."),
  publishedVersion: z.int().nullable(),
  hasUnpublishedChanges: z.boolean(),
  problems: z.array(SurveyProblem).describe("What is wrong or unwise in the draft. One error stops publishing."),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  publishedAt: z.iso.datetime().nullable(),
  closedAt: z.iso.datetime().nullable(),
});
export type Survey = z.infer<typeof Survey>;

export const SurveyListItem = z.object({
  id: z.uuid(),
  name: z.string(),
  slug: z.string(),
  url: z.string(),
  status: SurveyStatus,
  questionCount: z.int(),
  responseCount: z.int().describe("Responses begun, complete or not."),
  completeCount: z.int(),
  lastResponseAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type SurveyListItem = z.infer<typeof SurveyListItem>;

/** A new survey: from a template, from a definition, or with no question at all. */
export const CreateSurveyBody = z.object({
  name: SurveyName,
  templateId: z.string().max(40).optional(),
  definition: SurveyDefinition.optional(),
});
export type CreateSurveyBody = z.infer<typeof CreateSurveyBody>;

/** A missing field stays as it is. */
export const ChangeSurveyBody = z.object({
  name: SurveyName.optional(),
  draft: SurveyDefinition.optional(),
  draftRevision: z.int().min(1).optional().describe("Revision the change was made on; refused with survey_changed_meanwhile when it is not the newest."),
});
export type ChangeSurveyBody = z.infer<typeof ChangeSurveyBody>;

/** A published version, which never changes. */
export const SurveyVersion = z.object({
  number: z.int(),
  publishedAt: z.iso.datetime(),
  publishedBy: z.string().nullable().describe("Name of the member; null when nobody remembers or a program did it."),
  responseCount: z.int().describe("Responses given to this version, complete or not."),
  answeringCount: z.int().describe("People who began with this version, saved an answer in the last hour and are not done. They stay with it."),
  definition: SurveyDefinition,
});
export type SurveyVersion = z.infer<typeof SurveyVersion>;

/** Where a code on paper says that it hangs, whose work it asks about and what product; each becomes a parameter of its link. */
const linkLabel = z.string().trim().min(1).max(80).regex(/^[^\p{Cc}\p{Cs}<>]*$/u).optional();
export const QrQuery = z.object({ touchpoint: linkLabel, source: linkLabel, campaign: linkLabel, member: linkLabel, product: linkLabel });
export type QrQuery = z.infer<typeof QrQuery>;

export const SurveyTemplateItem = z.object({ id: z.string(), name: z.string(), about: z.string(), definition: SurveyDefinition });

/** Whom a signed link is for. The address then knows the person, and nobody can change whom. */
export const CreateLinkBody = z.object({
  identifier: z.string().max(300).regex(/^(user|email|phone|external:[a-z0-9_-]{1,40}):[^\p{Cc}\p{Cs}]+$/u).describe('Kind and value: "user:42", "email:ann@example.com", "phone:+4712345678" or "external:crm:7".'),
  expiresInDays: z.int().min(1).max(365).default(90),
  isSingleUse: z.boolean().default(false).describe("Good for one complete response; the second is refused."),
});
/** Links for people nobody knows, each good for one response. */
export const CreateSingleUseLinksBody = z.object({ count: z.int().min(1).max(1_000).default(1), expiresInDays: z.int().min(1).max(365).default(90) });
export const SurveyLink = z.object({ url: z.string(), expiresAt: z.iso.datetime() });
