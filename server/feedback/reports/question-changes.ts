import type { Queryable } from "#platform/db";
import { listPublishedVersions } from "./question-changes.queries.ts";
import { listQuestionChanges, type QuestionChange, type ScoreType } from "./question-changes.rules.ts";

export type DatedQuestionChange = QuestionChange & { at: Date; surveyId: string; surveyName: string; version: number };

/** When score questions of a type began to be asked in other words or on another scale.
 *  @param asked.surveyIds null for all surveys; the period is half open
 *  @returns in order of time */
export const listChangesOfQuestions = async (
  db: Queryable,
  asked: { workspaceId: string; surveyIds: readonly string[] | null; from: Date; to: Date; type: ScoreType },
): Promise<DatedQuestionChange[]> =>
  (await listPublishedVersions(db, asked)).flatMap(({ surveyId, name, number, publishedAt, definition, before }) =>
    listQuestionChanges(before, definition, asked.type).map((change) => ({ ...change, at: publishedAt, surveyId, surveyName: name, version: number })));
