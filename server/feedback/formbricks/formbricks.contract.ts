import { z } from "zod";

/** An id of Formbricks, as sites have it in their code. */
export const FormbricksId = z.string().regex(/^[a-zA-Z0-9_-]{8,60}$/);
export const FormbricksEnvironments = z.object({ ids: z.array(FormbricksId).max(20).describe("Environment or workspace ids of Formbricks whose sites send here now.") });
export type FormbricksEnvironments = z.infer<typeof FormbricksEnvironments>;

const value = z.union([z.string().max(4_000), z.number(), z.array(z.string().max(4_000)).max(200), z.record(z.string().max(200), z.string().max(300))]);
const person = { userId: z.string().max(200).nullish(), contactId: z.string().max(300).nullish() };

// Clients send more than is kept (the address of the page, variables); what is unknown is left out rather than refused.
export const FormbricksResponseBody = z.object({
  surveyId: z.uuid(), ...person, displayId: z.string().min(1).max(100).nullish(), singleUseId: z.string().min(1).max(200).nullish(), ttc: z.record(z.string(), z.number()).catch({}).default({}), finished: z.boolean().default(false), language: z.string().max(20).nullish(), data: z.record(z.string().max(80), value).default({}),
});
export type FormbricksResponseBody = z.infer<typeof FormbricksResponseBody>;
export const FormbricksResponseChange = FormbricksResponseBody.partial({ surveyId: true });
export const FormbricksDisplayBody = z.object({ surveyId: z.uuid(), ...person });
export const FormbricksUserBody = z.object({ userId: z.string().trim().min(1).max(200).regex(/^\P{Cc}*$/u), attributes: z.record(z.string(), z.unknown()).nullish() });
export type FormbricksUserBody = z.infer<typeof FormbricksUserBody>;

// Clients send the kinds a question takes too; the survey says those itself.
export const FormbricksUploadBody = z.object({ surveyId: z.uuid(), fileName: z.string().trim().min(1).max(200).regex(/^\P{Cc}*$/u) });
export type FormbricksUploadBody = z.infer<typeof FormbricksUploadBody>;
export const FormbricksUpload = z.object({ id: z.uuid(), surveyId: z.uuid(), name: z.string().max(200), expires: z.coerce.number(), signature: z.string().max(100) });
export type FormbricksUpload = z.infer<typeof FormbricksUpload>;
