import type { Queryable } from "#platform/db";
import type { AnswerRow, ResponseRow } from "./responses.queries.ts";

/** A response given before, elsewhere or by made-up people: complete, and its perceptions are written by whoever brings it. */
export type PastResponse = Pick<ResponseRow, "id" | "surveyId" | "version" | "language" | "channel" | "touchpoint" | "subject"> & { startedAt: string; completedAt: string };
export type PastAnswer = Pick<AnswerRow, "responseId" | "questionId" | "questionType" | "position" | "number" | "text"> & { choice: string | null };

/** Writes past responses of one workspace with their answers, each in one statement. What is there already is left alone. */
export const insertPastResponses = async (tx: Queryable, workspaceId: string, responses: readonly PastResponse[], answers: readonly PastAnswer[]): Promise<void> => {
  await tx.query(
    `insert into feedback.responses (
       workspace_id, id, survey_id, version, state, revision, language, channel, touchpoint, subject, started_at, saved_at, completed_at, recorded_at,
       words, score, has_comment
     )
     select $1, given.id, given.survey_id, given.version, 'complete', 1, given.language, given.channel, given.touchpoint, given.subject, given.started_at,
            given.completed_at, given.completed_at, given.completed_at, said.words, said.score, said.words is not null
     from unnest($2::uuid[], $3::uuid[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[], $10::timestamptz[])
       given (id, survey_id, version, language, channel, touchpoint, subject, started_at, completed_at)
     left join (
       select response_id, string_agg(text, E'\n' order by position) as words,
              (array_agg(number order by position) filter (where question_type in ('nps', 'csat', 'ces', 'rating')))[1] as score
       from unnest($11::uuid[], $12::text[], $13::integer[], $14::float8[], $15::text[]) answer (response_id, question_type, position, number, text)
       group by response_id
     ) said on said.response_id = given.id
     on conflict (workspace_id, id) do nothing`,
    [
      workspaceId,
      responses.map((one) => one.id),
      responses.map((one) => one.surveyId),
      responses.map((one) => one.version),
      responses.map((one) => one.language),
      responses.map((one) => one.channel),
      responses.map((one) => one.touchpoint),
      responses.map((one) => one.subject),
      responses.map((one) => one.startedAt),
      responses.map((one) => one.completedAt),
      answers.map((one) => one.responseId),
      answers.map((one) => one.questionType),
      answers.map((one) => one.position),
      answers.map((one) => one.number),
      answers.map((one) => one.text),
    ],
  );
  await tx.query(
    `insert into feedback.answers (workspace_id, response_id, question_id, question_type, position, number, choices, text, is_shown, is_recorded)
     select $1, response_id, question_id, question_type, position, number, case when choice is null then null else array[choice] end, text, true, true
     from unnest($2::uuid[], $3::text[], $4::text[], $5::integer[], $6::float8[], $7::text[], $8::text[])
       given (response_id, question_id, question_type, position, number, choice, text)
     on conflict (workspace_id, response_id, question_id) do nothing`,
    [
      workspaceId,
      answers.map((one) => one.responseId),
      answers.map((one) => one.questionId),
      answers.map((one) => one.questionType),
      answers.map((one) => one.position),
      answers.map((one) => one.number),
      answers.map((one) => one.choice),
      answers.map((one) => one.text),
    ],
  );
};
