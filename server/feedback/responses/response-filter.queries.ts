// Which responses are meant: the same rule for the list, for files of them and for what is counted.
import type { ResponseOutcome, ResponseState, SurveyChannel } from "./responses.contract.ts";

/** When a response was completed, or saved last while it is not: the time that reports date it by. Metrics date by the feelings it says, which keep the
 *  time at which they were recorded: of a response left alone for a while and completed later, what was answered first counts on the earlier day.
 *  The indexes responses_answered_at_index and responses_survey_id_answered_at_index are built on the very same expression. */
export const ANSWERED_AT = "coalesce(response.completed_at, response.saved_at)";

export type ResponseFilter = {
  surveyId: string | null;
  /** Surveys whose fitting responses are too few to be shown. */
  surveysLeftOut: readonly string[];
  state: ResponseState | null;
  outcome: ResponseOutcome | null;
  channel: SurveyChannel | null;
  language: string | null;
  tag: string | null;
  scoreMin: number | null;
  scoreMax: number | null;
  hasComment: boolean | null;
  /** Identifiers of the person asked for; null for everybody. */
  subjects: readonly string[] | null;
  /** Whole words or beginnings of words, as a text search, and the same as a part of the text; null without a search. */
  search: { words: string; part: string } | null;
  from: string | null;
  to: string | null;
};

type FilterValue = string | number | boolean | readonly string[];

/** Conditions of `feedback.responses response`. Only those that are asked for stand in the statement: the planner then knows whether the search index
 *  or the order by time is the shorter way.
 *  @param write puts a value into the statement: as a parameter, or as a literal where there are none; the workspace is the first */
export const conditionsOf = (workspaceId: string, filter: ResponseFilter, write: (value: FilterValue) => string): string => {
  const conditions = [`response.workspace_id = ${write(workspaceId)}`];
  const add = (value: FilterValue | null, condition: (written: string) => string): void => {
    if (value !== null) conditions.push(condition(write(value)));
  };
  add(filter.surveyId, (given) => `response.survey_id = ${given}`);
  add(filter.surveysLeftOut.length === 0 ? null : filter.surveysLeftOut, (given) => `response.survey_id <> all (${given}::uuid[])`);
  add(filter.state, (given) => `response.state = ${given}`);
  add(filter.outcome, (given) => `response.outcome = ${given}`);
  add(filter.channel, (given) => `response.channel = ${given}`);
  add(filter.language, (given) => `response.language = ${given}`);
  add(filter.tag === null ? null : [filter.tag], (given) => `response.tags <> '{}' and response.tags @> ${given}::text[]`);
  add(filter.scoreMin, (given) => `response.score >= ${given}`);
  add(filter.scoreMax, (given) => `response.score <= ${given}`);
  add(filter.hasComment, (given) => `response.has_comment = ${given}`);
  add(filter.subjects, (given) => `response.subject = any (${given}::text[])`);
  add(filter.from, (given) => `${ANSWERED_AT} >= ${given}::timestamptz`);
  add(filter.to, (given) => `${ANSWERED_AT} < ${given}::timestamptz`);
  if (filter.search !== null) {
    const [words, part] = [write(filter.search.words), write(`%${filter.search.part}%`)];
    conditions.push(`response.words is not null and (
      response.search @@ to_tsquery('simple', feedback.plain_text(${words})) or feedback.plain_text(response.words) like feedback.plain_text(${part})
    )`);
  }
  return conditions.join("\n       and ");
};

