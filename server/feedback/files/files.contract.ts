import { z } from "zod";

/** Where a file of an answer goes: which question of which response, and what the person calls it. */
export const UploadAnswerFileQuery = z.object({
  slug: z.string().regex(/^[a-z0-9]{1,40}$/),
  responseId: z.uuid(),
  questionId: z.string().max(40),
  name: z.string().max(200).default("file"),
});

export const UploadedFile = z.object({ id: z.uuid(), name: z.string(), sizeBytes: z.int(), contentType: z.string() });
export type UploadedFile = z.infer<typeof UploadedFile>;

export const UploadPictureQuery = z.object({ name: z.string().max(200).default("picture") });
export const SurveyPicture = UploadedFile.extend({ url: z.string().describe("Address of the picture, for everybody.") });
export type SurveyPicture = z.infer<typeof SurveyPicture>;
