import { z } from "zod";
import { defineAbilities } from "#platform/access";
import { nextCursor, readCursor } from "#platform/db";
import { defineRoute, httpErrors, page, pageQuery } from "#platform/http";
import { deadLetterDetail, deadLetterItem, deadLetterState, discardResult, manyLetters, reasonCount, replayBody, replayResult } from "./dead-letters.contract.ts";
import type { DeadLetterDetail, DeadLetterItem } from "./dead-letters.contract.ts";
import { countOpenByReason, listLetters } from "./dead-letters.queries.ts";
import type { LetterRow } from "./dead-letters.queries.ts";
import { discardLetters, getLetter, replayLetter, replayLetters } from "./dead-letters.ts";
import { refusalReasons } from "./ingest.rules.ts";

export const deadLettersAbilities = defineAbilities("ingest", {
  "dead-letters.read": { meaning: "See events that were refused", roles: ["owner", "admin", "manager"] },
  "dead-letters.resolve": { meaning: "Replay or discard refused events", roles: ["owner", "admin"] },
});

const tag = "customers";
const canRead = { ability: "dead-letters.read" };
const canResolve = { ability: "dead-letters.resolve" };
const one = z.object({ id: z.uuid() });

export const deadLettersRoutes = [
  defineRoute({
    method: "GET",
    url: "/api/dead-letters",
    summary: "Refused events, newest first",
    tag,
    access: canRead,
    query: z.object({ ...pageQuery, state: deadLetterState.default("open"), reason: z.string().max(60).optional() }),
    reply: page(deadLetterItem),
    answer: async ({ actor, services, query }) => {
      const rows = await listLetters(services.db, actor.workspaceId, {
        state: query.state,
        reason: query.reason ?? null,
        before: readPosition(query.cursor),
        limit: query.limit + 1,
      });
      const items = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? items.at(-1) : undefined;
      return { items: items.map(toItem), nextCursor: last === undefined ? null : nextCursor([last.receivedAt.toISOString(), last.id]) };
    },
  }),
  defineRoute({
    method: "GET",
    url: "/api/dead-letters/reasons",
    summary: "How many open refused events there are, by reason",
    tag,
    access: canRead,
    reply: z.object({ items: z.array(reasonCount) }),
    answer: async ({ actor, services }) => {
      const counts = await countOpenByReason(services.db, actor.workspaceId);
      return { items: counts.map(({ reason, count }) => ({ reason, count, meaning: meaningOf(reason) })) };
    },
  }),
  defineRoute({
    method: "GET",
    url: "/api/dead-letters/:id",
    summary: "One refused event with what was sent",
    tag,
    access: canRead,
    params: one,
    reply: deadLetterDetail,
    answer: async ({ actor, services, params }) => toDetail(await getLetter(services, actor, params.id)),
  }),
  defineRoute({
    method: "POST",
    url: "/api/dead-letters/:id/replays",
    summary: "Send a refused event again, edited or not",
    tag,
    access: canResolve,
    params: one,
    body: replayBody,
    reply: deadLetterDetail,
    answer: async ({ actor, services, params, body }) => toDetail(await replayLetter(services, actor, { id: params.id, payload: body.payload ?? null })),
  }),
  defineRoute({
    method: "POST",
    url: "/api/dead-letters/replays",
    summary: "Send many refused events again as they were",
    tag,
    access: canResolve,
    body: manyLetters,
    reply: replayResult,
    answer: ({ actor, services, body }) => replayLetters(services, actor, body.ids),
  }),
  defineRoute({
    method: "POST",
    url: "/api/dead-letters/discards",
    summary: "Give refused events up",
    tag,
    access: canResolve,
    body: manyLetters,
    reply: discardResult,
    answer: async ({ actor, services, body }) => ({ discarded: await discardLetters(services, actor, body.ids) }),
  }),
];

const toItem = (row: LetterRow): DeadLetterItem => ({
  id: row.id,
  receivedAt: row.receivedAt.toISOString(),
  source: row.source,
  reason: row.reason,
  detail: row.detail,
  preview: row.preview,
  sizeCharacters: row.sizeCharacters,
  state: row.state,
  resolvedAt: row.resolvedAt?.toISOString() ?? null,
  interactionId: row.interactionId,
});

const toDetail = (row: LetterRow & { payload: string }): DeadLetterDetail => ({ ...toItem(row), payload: row.payload });

const meanings: ReadonlyMap<string, string> = new Map(Object.entries(refusalReasons));
const meaningOf = (reason: string): string => meanings.get(reason) ?? reason;

const position = z.tuple([z.iso.datetime(), z.uuid()]);

const readPosition = (cursor: string | undefined): { at: string; id: string } | null => {
  if (cursor === undefined) return null;
  const parsed = position.safeParse(readCursor(cursor, 2));
  if (!parsed.success) throw httpErrors.refuse("invalid_input", "The cursor is not one of ours. Leave it out to start from the first page.");
  return { at: parsed.data[0], id: parsed.data[1] };
};
