import { z } from "zod";
import { nextCursor, readCursor } from "#platform/db";
import { defineRoute, httpErrors, page, pageQuery } from "#platform/http";
import { groupRow } from "./groups.contract.ts";
import { listGroups } from "./groups.queries.ts";

export const groupsRoutes = [
  defineRoute({
    method: "GET",
    url: "/api/customers/groups",
    summary: "Groups (companies, households) customers belong to",
    tag: "customers",
    access: { ability: "customers.read" },
    query: z.object({ ...pageQuery, search: z.string().trim().max(200).optional() }),
    reply: page(groupRow),
    answer: async ({ actor, services, query }) => {
      const search = query.search === undefined || query.search === "" ? null : query.search;
      const rows = await listGroups(services.db, actor.workspaceId, { search, after: readPosition(query.cursor), limit: query.limit });
      const last = rows.length === query.limit ? rows.at(-1) : undefined;
      return {
        items: rows.map((row) => ({ ...row, firstSeenAt: row.firstSeenAt.toISOString() })),
        nextCursor: last === undefined ? null : nextCursor([last.name, last.id]),
      };
    },
  }),
];

const position = z.tuple([z.string(), z.number().int()]);

const readPosition = (cursor: string | undefined): { name: string; id: number } | null => {
  if (cursor === undefined) return null;
  const parsed = position.safeParse(readCursor(cursor, 2));
  if (!parsed.success) throw httpErrors.refuse("invalid_input", "The cursor is not one of ours. Leave it out to start from the first page.");
  return { name: parsed.data[0], id: parsed.data[1] };
};
