// Files people send with their answers. A file comes first, by itself; the answer that names it makes it stay.
import type { Readable } from "node:stream";
import { newId, transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import type { Services } from "#platform/services";
import type { Answers, QuestionOf, SurveyDefinition } from "../surveys/definition.contract.ts";
import { checkStanding, getSurveyAt } from "../responses/open-surveys.ts";
import { responseErrors } from "../responses/responses.errors.ts";
import { isWanted, safeName } from "./file-kinds.rules.ts";
import type { UploadedFile } from "./files.contract.ts";
import { fileErrors } from "./files.errors.ts";
import { completeFile, markUsed, releaseFile, reserveFile } from "./files.queries.ts";
import { storeFile } from "./stored-files.ts";

// People choose a wrong photo, take it out and choose another.
const TRIES_PER_FILE = 3;

/** Takes one file for one question of a response that is being given. */
export const takeAnswerFile = async (
  services: Services,
  given: { slug: string; responseId: string; questionId: string; name: string },
  body: Readable,
): Promise<UploadedFile> => {
  const survey = await getSurveyAt(services.db, given.slug);
  const now = services.clock.now();
  checkStanding(survey, now);
  const { workspaceId } = survey;
  const question = survey.published === null ? null : findFileQuestion(survey.published, given.questionId);
  if (question === null) throw fileErrors.refuse("file_not_asked", "This survey does not ask for a file there. Load the page again.");
  const id = newId();
  const place = { workspaceId, id, surveyId: survey.id, responseId: given.responseId, questionId: question.id, name: id, createdAt: now };
  if (!(await transaction(services.db, (tx) => reserveFile(tx, place, question.filesMax * TRIES_PER_FILE)))) {
    throw fileErrors.refuse("too_many_files", `This question takes ${question.filesMax} ${question.filesMax === 1 ? "file" : "files"}.`);
  }
  const { known, sizeBytes } = await storeFile(services, id, body, {
    sizeMaxMb: question.sizeMaxMb, isTaken: ({ kind }) => isWanted(kind, question.kinds), wanted: question.kinds.join(" or "), isShown: false,
  }).catch(async (fault: unknown) => {
    await releaseFile(services.db, workspaceId, id);
    throw fault;
  });
  const name = safeName(given.name, known.extension);
  await completeFile(services.db, { workspaceId, id, name, contentType: known.contentType, sizeBytes });
  return { id, name, sizeBytes, contentType: known.contentType };
};

/** Keeps the files the answers name; others of this response are no longer needed.
 *  @throws file_unknown when an answer names a file that was not uploaded for its question */
export const bindFiles = async (tx: Queryable, response: { workspaceId: string; surveyId: string; id: string }, answers: Answers): Promise<void> => {
  const named = Object.entries(answers).flatMap(([questionId, { files = [] }]) => files.map(({ id }) => ({ id, questionId })));
  if (named.length === 0) return;
  const used = await markUsed(tx, response, named);
  if (named.some(({ id }) => !used.has(id))) {
    throw responseErrors.refuse("file_unknown", "A file of an answer is not here any more, or was sent for something else. Send it again.");
  }
};

const findFileQuestion = (definition: SurveyDefinition, questionId: string): QuestionOf<"file"> | null => {
  const question = definition.questions.find(({ id }) => id === questionId);
  return question?.type === "file" ? question : null;
};
