import { z } from "zod";
import { nextCursor, readCursor } from "#platform/db";
import { defineRoute, httpErrors, page, pageQuery } from "#platform/http";
import { showCustomer } from "../profiles/customer-list.ts";
import { customerRow } from "../profiles/profiles.contract.ts";
import { groupRow, type GroupRow } from "./groups.contract.ts";
import { findGroup, listCustomersOfGroup, listGroups, type StoredGroup } from "./groups.queries.ts";
import { kindOfGroup } from "./groups.rules.ts";

const one = z.object({ id: z.string().regex(/^\d{1,15}$/).transform(Number) });

export const groupsRoutes = [
  defineRoute({
    method: "GET",
    url: "/api/customers/groups",
    summary: "Groups (companies, households) customers belong to",
    tag: "customers",
    access: { ability: "customers.read" },
    query: z.object({ ...pageQuery, search: z.string().trim().max(200).optional().describe("Part of a name or key.") }),
    reply: page(groupRow),
    answer: async ({ actor, services, query }) => {
      const search = query.search === undefined || query.search === "" ? null : query.search;
      const rows = await listGroups(services.db, actor.workspaceId, { search, after: readPosition(query.cursor, z.number().int()), limit: query.limit });
      const last = rows.length === query.limit ? rows.at(-1) : undefined;
      return { items: rows.map(showGroup), nextCursor: last === undefined ? null : nextCursor([last.name, last.id]) };
    },
  }),
  defineRoute({
    method: "GET",
    url: "/api/customers/groups/:id",
    summary: "One group and what is known about it",
    tag: "customers",
    access: { ability: "customers.read" },
    params: one,
    reply: groupRow,
    answer: async ({ actor, services, params }) => {
      const found = await findGroup(services.db, actor.workspaceId, params.id);
      if (found === null) throw unknownGroup(params.id);
      return showGroup(found);
    },
  }),
  defineRoute({
    method: "GET",
    url: "/api/customers/groups/:id/customers",
    summary: "Customers who belong to a group, by name",
    tag: "customers",
    access: { ability: "customers.read" },
    params: one,
    query: z.object(pageQuery),
    reply: page(customerRow.omit({ traits: true })),
    answer: async ({ actor, services, params, query }) => {
      const after = readPosition(query.cursor, z.uuid());
      if ((await findGroup(services.db, actor.workspaceId, params.id)) === null) throw unknownGroup(params.id);
      const rows = await listCustomersOfGroup(services.db, params.id, { after, limit: query.limit });
      const last = rows.length === query.limit ? rows.at(-1) : undefined;
      return { items: rows.map(showCustomer), nextCursor: last === undefined ? null : nextCursor([last.sortValue, last.id]) };
    },
  }),
];

const showGroup = (group: StoredGroup): GroupRow => ({
  ...group,
  kind: kindOfGroup(group.traits),
  firstSeenAt: group.firstSeenAt.toISOString(),
  lastSeenAt: group.lastSeenAt?.toISOString() ?? null,
});

const unknownGroup = (id: number) => httpErrors.refuse("not_found", `There is no group ${id} in this workspace. Open it from the list of groups.`);

const readPosition = <Id>(cursor: string | undefined, id: z.ZodType<Id>): { name: string; id: Id } | null => {
  if (cursor === undefined) return null;
  const parsed = z.tuple([z.string(), id]).safeParse(readCursor(cursor, 2));
  if (!parsed.success) throw httpErrors.refuse("invalid_input", "The cursor is not one of ours. Leave it out to start from the first page.");
  return { name: parsed.data[0], id: parsed.data[1] };
};
