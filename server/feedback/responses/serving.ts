// Whose work a response is about, and which product: what its link said, else what the fact says because of which it was asked for.
import { z } from "zod";
import { listInteractionsById, servedIn, type Naming } from "#customers";
import { recallNaming } from "#journeys";
import { loadStaffing } from "#people";
import type { Queryable } from "#platform/db";
import { findWorkspace } from "#platform/workspaces";
import type { ResponseRow } from "./responses.queries.ts";
import { findDayStart, listTriggersOfResponses } from "./serving.queries.ts";

/** `memberId` where a fact names the member by id; `said` goes into the message of the response, in words. */
export type Serving = { memberId: string | null; said: { servedBy?: string; servedAt?: string; product?: string } };

/** @returns by ids of responses; those of which nothing is known are left out */
export const findServings = async (tx: Queryable, workspaceId: string, responses: readonly ResponseRow[]): Promise<Map<string, Serving>> => {
  const servings = new Map<string, Serving>();
  for (const response of responses) {
    const said = saidIn(response);
    if (Object.keys(said).length > 0) servings.set(response.id, { memberId: null, said });
  }
  // Who came by a link to nobody in particular was not invited; those are most, and arrive by the hundred.
  const invited = responses.filter(({ subject, anonymisedAt }) => subject !== null || anonymisedAt !== null);
  const triggers = invited.length === 0 ? [] : await listTriggersOfResponses(tx, workspaceId, invited.map(({ id }) => id));
  const found = triggers.length === 0 ? [] : await listInteractionsById(tx, workspaceId, triggers.map(({ interactionId }) => interactionId).filter((id) => uuid.safeParse(id).success));
  const facts = new Map(found.map((fact) => [fact.id, fact]));
  for (const { responseId, interactionId } of triggers) {
    const fact = facts.get(interactionId);
    if (fact !== undefined) servings.set(responseId, behind(fact, servings.get(responseId)?.said ?? {}, await recallNaming(tx, workspaceId)));
  }
  for (const { id, anonymisedAt } of responses) {
    const serving = anonymisedAt === null ? undefined : servings.get(id);
    if (serving !== undefined) servings.set(id, await blur(tx, workspaceId, serving));
  }
  return servings;
};

/** The id of the member whom the words of a link mean; null where they mean none, and may then be about anybody. */
export const findMemberSaid = async (tx: Queryable, { workspaceId, servedBy }: ResponseRow): Promise<string | null> =>
  servedBy === null || servedBy === "" ? null : (await loadStaffing(tx, workspaceId)).memberOf(servedBy);

// The moment of a fact finds it, and with it the customer, among all others; teams and departments change by days.
const blur = async (tx: Queryable, workspaceId: string, { memberId, said: { servedBy, servedAt, product } }: Serving): Promise<Serving> => {
  const timeZone = (await findWorkspace(tx, workspaceId))?.timeZone ?? "UTC";
  return {
    memberId: memberId ?? (servedBy === undefined ? null : (await loadStaffing(tx, workspaceId)).memberOf(servedBy)),
    said: { ...(servedAt === undefined ? {} : { servedAt: (await findDayStart(tx, servedAt, timeZone)).toISOString() }), ...(product === undefined ? {} : { product }) },
  };
};

const uuid = z.uuid();

// What the record says of the fact goes before what a link says, which anybody can write.
const behind = (fact: Awaited<ReturnType<typeof listInteractionsById>>[number], said: Serving["said"], naming: Naming): Serving => {
  const word = fact.memberId === null ? (servedIn(fact.message) ?? said.servedBy) : undefined;
  const product = naming(fact).product ?? said.product;
  return { memberId: fact.memberId, said: { servedAt: fact.at.toISOString(), ...(word === undefined ? {} : { servedBy: word }), ...(product === undefined ? {} : { product }) } };
};

const saidIn = ({ servedBy, product }: ResponseRow): Serving["said"] => ({ ...(servedBy === null || servedBy === "" ? {} : { servedBy }), ...(product === null || product === "" ? {} : { product }) });
