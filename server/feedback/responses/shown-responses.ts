import { findOwners, listNamesOfCustomers } from "#customers";
import type { Queryable } from "#platform/db";
import type { SurveyResponse } from "./responses.contract.ts";
import { listAnswers } from "./responses.queries.ts";
import type { ListedResponseRow } from "./response-list.queries.ts";
import { shownResponse } from "./shown-response.rules.ts";

/** Responses as they are shown: with answers in words and the customer they belong to today. Three queries, however many rows. */
export const showResponses = async (db: Queryable, workspaceId: string, rows: readonly ListedResponseRow[]): Promise<SurveyResponse[]> => {
  const [answers, customers] = await Promise.all([listAnswers(db, workspaceId, rows.map((row) => row.id)), listCustomers(db, workspaceId, rows)]);
  const answersOf = Map.groupBy(answers, (answer) => answer.responseId);
  return rows.map((row, place) => shownResponse(row, answersOf.get(row.id) ?? [], customers[place] ?? null));
};

const listCustomers = async (db: Queryable, workspaceId: string, rows: readonly ListedResponseRow[]): Promise<({ id: string; name: string } | null)[]> => {
  const owners = await findOwners(db, rows.map((row) => ({ workspaceId: row.workspaceId, subject: row.subject, at: row.savedAt })));
  const ids = owners.flatMap((owner) => (owner.customerId === null ? [] : [owner.customerId]));
  const names = new Map((await listNamesOfCustomers(db, workspaceId, [...new Set(ids)])).map(({ id, name }) => [id, name]));
  return owners.map(({ customerId }, place) => (customerId === null ? null : { id: customerId, name: names.get(customerId) ?? rows[place]?.subject ?? customerId }));
};
