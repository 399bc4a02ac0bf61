import type { Queryable } from "#platform/db";
import type { NewPerception } from "./perceptions.contract.ts";
import { normaliseScore } from "./perceptions.rules.ts";

/** Writes feelings of one workspace in one statement. A row whose id is there already is a repeat and is left alone.
 *  @returns ids of the rows that were new */
export const insertPerceptions = async (tx: Queryable, workspaceId: string, rows: readonly NewPerception[]): Promise<string[]> => {
  if (rows.length === 0) return [];
  const { rows: inserted } = await tx.query<{ id: string }>(
    `insert into customers.perceptions (
       workspace_id, id, subject, interaction_id, at, kind, value, scale_min, scale_max, normalised, choice, text, is_inferred, model_version,
       source, channel, touchpoint, stage, weight, survey_id, response_id, import_id, properties
     )
     select $1, given.*
     from unnest(
       $2::uuid[], $3::text[], $4::uuid[], $5::timestamptz[], $6::text[], $7::float8[], $8::float8[], $9::float8[], $10::float8[], $11::text[],
       $12::text[], $13::boolean[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[], $19::float8[], $20::uuid[], $21::uuid[], $22::uuid[], $23::json[]
     ) given
     on conflict (id) do nothing
     returning id`,
    [
      workspaceId,
      rows.map((row) => row.id),
      rows.map((row) => row.subject),
      rows.map((row) => row.interactionId),
      rows.map((row) => row.at),
      rows.map((row) => row.kind),
      rows.map((row) => row.value),
      rows.map((row) => row.scaleMin),
      rows.map((row) => row.scaleMax),
      rows.map((row) => normaliseScore(row.value, row.scaleMin, row.scaleMax)),
      rows.map((row) => row.choice),
      rows.map((row) => row.text),
      rows.map((row) => row.isInferred),
      rows.map((row) => row.modelVersion),
      rows.map((row) => row.source),
      rows.map((row) => row.channel),
      rows.map((row) => row.touchpoint),
      rows.map((row) => row.stage),
      rows.map((row) => row.weight),
      rows.map((row) => row.surveyId),
      rows.map((row) => row.responseId),
      rows.map((row) => row.importId),
      rows.map((row) => (row.properties === null ? null : JSON.stringify(row.properties))),
    ],
  );
  return inserted.map((row) => row.id);
};
