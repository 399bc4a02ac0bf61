import { createHash } from "node:crypto";
import { interactionId, listPerceptionIdsOfResponse, listTombstones, normaliseIdentifier, subjectText, withdrawExperience } from "#customers";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { publish } from "#platform/events";
import type { Services } from "#platform/services";
import { interactionOf, recordResponses } from "../responses/recording.ts";
import { deleteResponses, insertAnswers, insertResponses } from "../responses/responses.queries.ts";
import type { ResponseRow } from "../responses/responses.queries.ts";
import { findableIn, rowsOf, storableAnswers } from "../responses/stored-answers.rules.ts";
import type { Answers, SurveyContext, SurveyDefinition } from "../surveys/definition.contract.ts";
import { calculate, endingOf, listShownQuestions } from "../surveys/survey-path.rules.ts";
import type { SurveyRow } from "../surveys/surveys.queries.ts";
import { getSurvey } from "../surveys/surveys.ts";
import { ConversionFault } from "./conversion-fault.rules.ts";
import { conversionErrors } from "./conversions.errors.ts";
import type { PastRow } from "./past-rows.rules.ts";
import { readPastRows } from "./past-rows.rules.ts";
import type { ResponseImportResult } from "./response-imports.contract.ts";
import type { ResponseImportRow } from "./response-imports.queries.ts";
import { findResponseImport, insertResponseImport, listImportedResponses, markUndone, noteImported } from "./response-imports.queries.ts";
import { readResponses } from "./response-table.rules.ts";
import { readUpload } from "./uploaded-bytes.ts";

const FILE_BYTES_MAX = 50 * 1024 ** 2;
const BATCH = 200;

type Given = { surveyId: string; name: string; isPreview: boolean; zone: string; body: unknown };

/** Reads a file of responses against the published survey, and unless it is a preview, writes those that are not there yet with their
 *  original times: each once, by its id in the source. */
export const importResponses = async (services: Services, actor: Actor, given: Given): Promise<ResponseImportResult> => {
  const survey = await getSurvey(services, actor, given.surveyId);
  const definition = survey.published ?? survey.draft;
  const { rows, preview } = readRows(definition, await readUpload(given.body, FILE_BYTES_MAX), { zone: given.zone, now: services.clock.now() });
  if (given.isPreview) return { preview, import: null };
  const version = survey.publishedVersion;
  if (version === null) throw conversionErrors.refuse("survey_never_published", `Publish "${survey.name}" first: responses belong to a published version.`);
  const importId = newId();
  await transaction(services.db, async (tx) => {
    await insertResponseImport(tx, {
      workspaceId: actor.workspaceId, id: importId, surveyId: survey.id, fileName: given.name, rowsRead: preview.rows, rowsRefused: preview.rows - preview.usable,
      createdBy: actor.memberId, at: services.clock.now(),
    });
    await recordAudit(tx, actor, { action: "responses.imported", subject: survey.id, details: { importId, rows: preview.rows } });
  });
  // In batches of their own: what is in stays in when a later one fails, and the same file can be sent again.
  for (let at = 0; at < rows.length; at += BATCH) {
    const batch = rows.slice(at, at + BATCH);
    await transaction(services.db, (tx) => writeBatch(tx, { survey, definition, version, importId, now: services.clock.now() }, batch));
  }
  const done = await findResponseImport(services.db, { workspaceId: actor.workspaceId, surveyId: survey.id, id: importId });
  return { preview, import: done === null ? null : showResponseImport(done) };
};

const readRows = (definition: SurveyDefinition, bytes: Uint8Array, given: { zone: string; now: Date }): ReturnType<typeof readPastRows> => {
  try {
    const table = readResponses(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return readPastRows(definition, table, { ...given, hash: (text) => createHash("sha256").update(text).digest("hex").slice(0, 16) });
  } catch (fault) {
    if (fault instanceof ConversionFault) throw conversionErrors.refuse("response_file_unreadable", fault.message);
    if (fault instanceof TypeError) throw conversionErrors.refuse("response_file_unreadable", "The file is no text in UTF-8. Export it as CSV in UTF-8.");
    throw fault;
  }
};

type Work = { survey: SurveyRow; definition: SurveyDefinition; version: number; importId: string; now: Date };
type Made = { response: ResponseRow; answers: Answers; context: SurveyContext; shown: ReadonlySet<string> };

const writeBatch = async (tx: Queryable, work: Work, rows: readonly PastRow[]): Promise<void> => {
  const { survey, definition } = work;
  const made = rows.map((row) => makeResponse(work, row));
  // A person who was erased does not come back with an old file.
  const erased = await listTombstones(tx, survey.workspaceId, made.map(({ response }) => interactionOf(response)));
  const byId = new Map(made.filter(({ response }) => !erased.has(interactionOf(response))).map((one) => [one.response.id, one]));
  const added = await insertResponses(tx, survey.workspaceId, [...byId.values()].map(({ response }) => response));
  const fresh = [...byId.values()].filter(({ response }) => added.has(response.id));
  await insertAnswers(tx, survey.workspaceId, fresh.flatMap(({ response, answers, shown }) => rowsOf(definition.questions, answers, shown).map((row) => ({ ...row, responseId: response.id, isRecorded: row.isShown }))));
  await recordResponses(tx, survey.workspaceId, fresh.map(({ response, answers, context }) => ({ response, definition, answers, context, surveyName: survey.name })), work.now);
  await noteImported(tx, survey.workspaceId, { importId: work.importId, added: [...added], repeated: rows.length - added.size });
};

const makeResponse = ({ survey, definition, version, now }: Work, row: PastRow): Made => {
  const answers = storableAnswers(row.answers);
  const context: SurveyContext = { traits: {}, facts: { language: row.language, channel: "import" } };
  // Other tools showed what they showed: every answer in the file counts, whatever the conditions here say.
  const shown = new Set([...listShownQuestions(definition, answers, context).map((question) => question.id), ...Object.keys(answers)]);
  const ending = endingOf(definition, answers, context);
  const calculations = Object.fromEntries(calculate(definition, answers, context).map(({ id, value }) => [id, value]));
  return {
    answers, context, shown,
    response: {
      workspaceId: survey.workspaceId, id: interactionId(survey.workspaceId, `response-import:${survey.id}:${row.sourceId}`), surveyId: survey.id, version,
      state: row.isComplete ? "complete" : "partial", revision: 1, language: row.language, channel: "import", touchpoint: null, source: null, campaign: null, servedBy: null, product: null,
      subject: subjectOf(row), outcome: ending?.isScreenOut === true ? "screened_out" : "counted", flags: [], endingId: ending?.id ?? null,
      calculations: Object.keys(calculations).length === 0 ? null : calculations, startedAt: row.startedAt, savedAt: row.completedAt,
      completedAt: row.isComplete ? row.completedAt : null, recordedAt: now, ...findableIn(definition, answers, shown), restated: 0, anonymisedAt: null, places: [],
    },
  };
};

const subjectOf = (row: PastRow): string | null => {
  const known = normaliseIdentifier("email", row.email) ?? normaliseIdentifier("external:import", row.external);
  return known === null ? null : subjectText(known);
};

/** Takes back every response an import added, with its answers and what was recorded of it; responses that were there before stay. */
export const undoResponseImport = async (services: Services, actor: Actor, given: { surveyId: string; id: string }): Promise<ResponseImportRow> => {
  await getSurvey(services, actor, given.surveyId);
  const one = { workspaceId: actor.workspaceId, ...given };
  if ((await findResponseImport(services.db, one)) === null) throw importUnknown();
  for (;;) {
    const count = await transaction(services.db, (tx) => undoBatch(tx, actor.workspaceId, given.id));
    if (count === 0) break;
  }
  await transaction(services.db, async (tx) => {
    await markUndone(tx, actor.workspaceId, given.id, services.clock.now());
    await recordAudit(tx, actor, { action: "responses.import_undone", subject: given.surveyId, details: { importId: given.id } });
    await publish(tx, { name: "experience.withdrawn", workspaceId: actor.workspaceId, payload: { because: "responses" } });
  });
  const undone = await findResponseImport(services.db, one);
  if (undone === null) throw importUnknown();
  return undone;
};

const undoBatch = async (tx: Queryable, workspaceId: string, importId: string): Promise<number> => {
  const responses = await listImportedResponses(tx, workspaceId, importId, BATCH);
  const perceptionIds: string[] = [];
  for (const { id } of responses) perceptionIds.push(...(await listPerceptionIdsOfResponse(tx, workspaceId, id)));
  await withdrawExperience(tx, workspaceId, { interactionIds: responses.map((response) => interactionOf({ ...response, workspaceId })), perceptionIds });
  await deleteResponses(tx, workspaceId, responses.map(({ id }) => id));
  return responses.length;
};

const importUnknown = () => conversionErrors.refuse("response_import_unknown", "There is no such import of responses for this survey.");

export const showResponseImport = (row: ResponseImportRow) => ({ ...row, createdAt: row.createdAt.toISOString(), undoneAt: row.undoneAt?.toISOString() ?? null });
