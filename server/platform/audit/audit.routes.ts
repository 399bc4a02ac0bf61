import { z } from "zod";
import { defineAbilities } from "../access/access.api.ts";
import { nextCursor, readCursor } from "../db/db.api.ts";
import { httpErrors } from "../http/errors.ts";
import { defineRoute, page, pageQuery } from "../http/http.api.ts";
import { auditEntry } from "./audit.contract.ts";
import { listAuditEntries } from "./audit.queries.ts";

export const auditAbilities = defineAbilities("audit", {
  "audit.read": { meaning: "See who changed what", roles: ["owner", "admin"] },
});

export const auditRoutes = [
  defineRoute({
    method: "GET",
    url: "/api/audit",
    summary: "Who changed what, newest first",
    tag: "platform",
    access: { ability: "audit.read" },
    query: z.object(pageQuery),
    reply: page(auditEntry),
    answer: async ({ actor, services, query }) => {
      const rows = await listAuditEntries(services.db, actor.workspaceId, { before: readPosition(query.cursor), limit: query.limit });
      const last = rows.length === query.limit ? rows.at(-1) : undefined;
      return {
        items: rows.map((row) => ({ ...row, at: row.at.toISOString() })),
        nextCursor: last === undefined ? null : nextCursor([last.at.toISOString(), last.id]),
      };
    },
  }),
];

const position = z.tuple([z.iso.datetime(), z.uuid()]);

const readPosition = (cursor: string | undefined): { at: string; id: string } | null => {
  if (cursor === undefined) return null;
  const parsed = position.safeParse(readCursor(cursor, 2));
  if (!parsed.success) throw httpErrors.refuse("invalid_input", "The cursor is not one of ours. Leave it out to start from the first page.");
  return { at: parsed.data[0], id: parsed.data[1] };
};
