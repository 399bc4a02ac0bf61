import type { Queryable } from "#platform/db";
import type { Answers, SurveyContext, SurveyDefinition } from "../surveys/definition.contract.ts";
import { RESPONSE_LIMIT_ID } from "../surveys/survey-settings.ts";
import { judgeAnswers } from "./judging.rules.ts";
import { giveBackPlaces, takePlaces } from "./places.queries.ts";
import type { ResponseRow } from "./responses.queries.ts";

/** Whether a complete response counts, which ending its person sees, and what the survey calculates. Takes its places in the quotas. */
export const judge = async (
  tx: Queryable,
  response: ResponseRow,
  { responseLimit, definition, answers, context }: { responseLimit: number | null; definition: SurveyDefinition; answers: Answers; context: SurveyContext },
): Promise<ResponseRow> => {
  const { outcome, endingId, calculations, quotas } = judgeAnswers(definition, answers, context, response.flags);
  const judged = { ...response, outcome, endingId, calculations, places: null };
  if (outcome !== "counted") return judged;
  const places = [...quotas, ...(responseLimit === null ? [] : [{ id: RESPONSE_LIMIT_ID, limit: responseLimit }])];
  const full = await takePlaces(tx, response, places);
  if (full.length === 0) return { ...judged, places: quotas.map(({ id }) => id) };
  await giveBackPlaces(tx, places.filter(({ id }) => !full.includes(id)).map(({ id }) => ({ ...response, quotaId: id, count: 1 })));
  const leadsTo = quotas.find(({ id }) => full.includes(id))?.endingId ?? null;
  return { ...judged, outcome: "over_quota", endingId: leadsTo === "end" ? null : leadsTo };
};
