// Files of answers from clients of Formbricks: they ask for a place, send the bytes there, and name the file's address in the answer.
import type { Readable } from "node:stream";
import { signText, verifySignature } from "#platform/auth";
import { newId, transaction } from "#platform/db";
import { AppError } from "#platform/http";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { isWanted, kindOfType, safeName } from "../files/file-kinds.rules.ts";
import { fileErrors } from "../files/files.errors.ts";
import { claimFiles, completeFile, reserveFile } from "../files/files.queries.ts";
import { storeFile } from "../files/stored-files.ts";
import { checkStanding, getSurveyAt } from "../responses/open-surveys.ts";
import { responseErrors } from "../responses/responses.errors.ts";
import type { Answers, FileKind, QuestionOf, SurveyDefinition } from "../surveys/definition.contract.ts";
import { findSurvey } from "../surveys/surveys.queries.ts";
import type { FormbricksUpload, FormbricksUploadBody } from "./formbricks.contract.ts";
import { openFilePart } from "./form-parts.ts";
import { fileAddress, uploadText } from "./formbricks-files.rules.ts";

const PLACE_KEPT_MS = 10 * 60_000;
type Offered = { environment: string; workspaceId: string };

/** Gives a place for one file of a survey, for a few minutes: where to send it and the address by which its answer will name it.
 *  @returns null when the workspace has no such survey */
export const offerUpload = async (services: Services, { environment, workspaceId }: Offered, given: FormbricksUploadBody): Promise<unknown> => {
  if ((await openFor(services, workspaceId, given.surveyId)) === null) return null;
  const [id, expiresMs] = [newId(), services.clock.now().getTime() + PLACE_KEPT_MS];
  const signature = signText(await secretOf(services, workspaceId), uploadText({ workspaceId, surveyId: given.surveyId, id, name: given.fileName, expiresMs }));
  const query = new URLSearchParams({ surveyId: given.surveyId, name: given.fileName, expires: String(expiresMs), signature });
  return {
    signedUrl: `${services.baseUrl()}/api/v1/client/${encodeURIComponent(environment)}/storage/${id}?${query}`, presignedFields: { key: id }, signingData: null,
    fileUrl: fileAddress(services.baseUrl(), { environment, id, name: given.fileName }), updatedFileName: given.fileName,
  };
};

/** Takes the bytes of a file at the place that was given for it, once.
 *  @throws what our own page's uploads throw, and not_allowed for a place that was never given here or not to this site */
export const takeUpload = async (services: Services, workspaceId: string, { id, surveyId, name, expires, signature }: FormbricksUpload, form: { body: Readable; contentType: string }): Promise<void> => {
  if (!verifySignature(await secretOf(services, workspaceId), uploadText({ workspaceId, surveyId, id, name, expiresMs: expires }), signature)) throw refused();
  const now = services.clock.now();
  if (expires <= now.getTime()) throw new AppError("not_allowed", 403, "The time to send this file is over. Choose it again.");
  const survey = await openFor(services, workspaceId, surveyId);
  const file = await openFilePart(form.body, form.contentType);
  if (survey === null || file === null) throw new AppError("invalid_input", 400, "The request is no form with a file.");
  // Nobody knows yet which response the file is for, so it waits under its own id. A place that was tried is used up: its bytes may be on their way out.
  const place = { workspaceId, id, surveyId, responseId: id, questionId: "", name: id, createdAt: now };
  if (!(await transaction(services.db, (tx) => reserveFile(tx, place, 1)))) throw refused();
  const { known, sizeBytes } = await storeFile(services, id, file, { sizeMaxMb: survey.sizeMaxMb, isTaken: ({ kind }) => isWanted(kind, survey.kinds), wanted: survey.kinds.join(" or "), isShown: false });
  await completeFile(services.db, { workspaceId, id, name: safeName(name, known.extension), contentType: known.contentType, sizeBytes });
};

/** Gives the files that answers name to their response, judged again by what their own question takes.
 *  @returns the answers, with the names the files are kept under
 *  @throws file_unknown for one that was never sent for this survey, or is somebody else's by now */
export const bindUploads = async (services: Services, response: { workspaceId: string; surveyId: string; id: string }, definition: SurveyDefinition, answers: Answers): Promise<Answers> => {
  const named = fileQuestionsOf(definition).flatMap((question) => (answers[question.id]?.files ?? []).map(({ id }) => ({ id, question })));
  if (named.length === 0) return answers;
  return transaction(services.db, async (tx) => {
    const claimed = new Map((await claimFiles(tx, response, named.map(({ id, question }) => ({ id, questionId: question.id })))).map((file) => [file.id, file]));
    for (const { id, question } of named) {
      const file = claimed.get(id);
      if (file === undefined) throw responseErrors.refuse("file_unknown", "A file of an answer is not here any more, or was sent for something else. Send it again.");
      const kind = kindOfType(file.contentType);
      if (kind === null || !isWanted(kind, question.kinds)) throw fileErrors.refuse("file_kind_refused", `This kind of file is not taken here. Send ${question.kinds.join(" or ")}.`);
      if (file.sizeBytes > question.sizeMaxMb * 1024 ** 2) throw fileErrors.refuse("file_too_large", `The file is larger than ${question.sizeMaxMb} MB. Send a smaller one.`);
    }
    return Object.fromEntries(Object.entries(answers).map(([id, answer]) => [id, answer.files === undefined ? answer : { ...answer, files: answer.files.map((file) => ({ id: file.id, name: claimed.get(file.id)?.name ?? file.name })) }]));
  });
};

/** What the file questions of a survey take together; which of them a file is for is said only by the answer. */
const openFor = async (services: Services, workspaceId: string, surveyId: string): Promise<{ kinds: FileKind[]; sizeMaxMb: number } | null> => {
  const found = await findSurvey(services.db, workspaceId, surveyId);
  if (found === null || found.published === null) return null;
  checkStanding(await getSurveyAt(services.db, found.slug), services.clock.now());
  const questions = fileQuestionsOf(found.published);
  if (questions.length === 0) throw fileErrors.refuse("file_not_asked", "This survey does not ask for a file.");
  return { kinds: [...new Set(questions.flatMap(({ kinds }) => kinds))], sizeMaxMb: Math.max(...questions.map(({ sizeMaxMb }) => sizeMaxMb)) };
};

const fileQuestionsOf = ({ questions }: SurveyDefinition): QuestionOf<"file">[] => questions.flatMap((question) => (question.type === "file" ? [question] : []));

const secretOf = async (services: Services, workspaceId: string): Promise<string> => {
  const workspace = await findWorkspace(services.db, workspaceId);
  if (workspace === null) throw new Error(`Workspace ${workspaceId} is gone.`);
  return workspace.secret;
};

const refused = (): AppError => new AppError("not_allowed", 403, "No file is taken at this address. Ask for a place first, and send one file there.");
