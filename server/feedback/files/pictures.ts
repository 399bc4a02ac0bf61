// Pictures and logos of surveys: made public by being in a survey.
import type { Readable } from "node:stream";
import type { Actor } from "#platform/access";
import { newId } from "#platform/db";
import type { Services } from "#platform/services";
import { getSurvey } from "../surveys/surveys.ts";
import { safeName } from "./file-kinds.rules.ts";
import type { UploadedFile } from "./files.contract.ts";
import { fileErrors } from "./files.errors.ts";
import { countPictures, insertFile } from "./files.queries.ts";
import { storeFile } from "./stored-files.ts";

const SIZE_MAX_MB = 5;
const PICTURES_MAX = 500;
// Drawings in SVG can hold scripts and reach other addresses.
const TAKEN: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/webp"]);

export const takePicture = async (services: Services, actor: Actor, surveyId: string, name: string, body: Readable): Promise<UploadedFile> => {
  const survey = await getSurvey(services, actor, surveyId);
  if ((await countPictures(services.db, actor.workspaceId, survey.id)) >= PICTURES_MAX) throw fileErrors.refuse("too_many_files", `A survey keeps ${PICTURES_MAX} pictures.`);
  const id = newId();
  const { known, sizeBytes } = await storeFile(services, id, body, {
    sizeMaxMb: SIZE_MAX_MB, isTaken: ({ contentType }) => TAKEN.has(contentType), wanted: "a picture as PNG, JPEG or WebP", isShown: true,
  });
  const file = { id, name: safeName(name, known.extension), contentType: known.contentType, sizeBytes };
  await insertFile(services.db, { ...file, workspaceId: actor.workspaceId, surveyId: survey.id, responseId: null, questionId: null, createdBy: actor.memberId, createdAt: services.clock.now() });
  return file;
};
