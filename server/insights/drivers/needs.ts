// Needs as factors: what somebody wrote beside the scores.
import { listResponsesOfPerceptions } from "#customers";
import type { Services } from "#platform/services";
import { needNames, type NeedName } from "../comments/comments.contract.ts";
import type { DriverQuestion } from "./drivers.contract.ts";
import { countReadComments, listNeedsOfComments } from "./needs.queries.ts";

const prefix = "need:";

/** The six needs as what can be a factor; none where nobody's comment has been read. */
export const listNeedQuestions = async (services: Services, workspaceId: string, surveyId: string): Promise<DriverQuestion[]> => {
  const count = await countReadComments(services.analytics, workspaceId, surveyId);
  return count === 0 ? [] : needNames.map((need) => ({ id: `${prefix}${need}`, title: "", type: "need", scale: { min: -1, max: 1 }, count }));
};

/** The need a factor is about; null for a question. */
export const needOf = (factor: string): NeedName | null => needNames.find((need) => factor === `${prefix}${need}`) ?? null;

/** A column per need beside responses: 1 met, -1 unmet, 0 both or not mentioned; missing for whoever wrote nothing. Of several comments of a response, what most say. */
export const readNeedColumns = async (
  services: Services,
  survey: { workspaceId: string; surveyId: string },
  needs: readonly NeedName[],
  responseIds: readonly string[],
): Promise<Float64Array[]> => {
  const comments = await listNeedsOfComments(services.analytics, survey.workspaceId, survey.surveyId, needs);
  const signs = new Map(comments.map((comment) => [comment.id, comment.signs]));
  const places = new Map(responseIds.map((id, place) => [id, place]));
  const columns = needs.map(() => new Float64Array(responseIds.length).fill(Number.NaN));
  for (const { id, responseId } of await listResponsesOfPerceptions(services.db, survey.workspaceId, [...signs.keys()])) {
    const place = places.get(responseId);
    if (place === undefined) continue;
    for (const [at, column] of columns.entries()) {
      const before = column[place] ?? Number.NaN;
      column[place] = (Number.isNaN(before) ? 0 : before) + (signs.get(id)?.[at] ?? 0);
    }
  }
  return columns.map((column) => column.map((sum) => Math.sign(sum)));
};
