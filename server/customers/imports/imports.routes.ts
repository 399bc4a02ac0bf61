import { z } from "zod";
import { defineAbilities } from "#platform/access";
import { nextCursor, readCursor } from "#platform/db";
import { defineRoute, fileReply, FileReply, page, pageQuery } from "#platform/http";
import type { Services } from "#platform/services";
import { limitsOf } from "../identity/limits.ts";
import { namingOf } from "../profiles/timeline-naming.ts";
import * as contract from "./imports.contract.ts";
import { isWorking } from "./import-states.rules.ts";
import { importsErrors } from "./imports.errors.ts";
import { type ImportRow, listImports } from "./imports.queries.ts";
import {
  changeMapping, changeReading, checkImport, discardImport, getImport, pauseImport, previewImport, startImport, undoImport, uploadImport,
} from "./imports.ts";
import { showImport, showImportItem, showPreview } from "./show-import.rules.ts";
import { listReasons } from "./refusals.queries.ts";
import { refusedRowsAsCsv } from "./refused-rows.ts";

export const importsAbilities = defineAbilities("imports", {
  "imports.read": { meaning: "See imports and their refused rows", roles: ["owner", "admin", "manager"] },
  "imports.change": { meaning: "Upload, run and undo imports", roles: ["owner", "admin", "manager"] },
});

const read = { ability: "imports.read" };
const change = { ability: "imports.change" };
const one = z.object({ id: z.uuid() });
const position = z.tuple([z.iso.datetime(), z.uuid()]);

const readPosition = (cursor: string | undefined): { at: string; id: string } | null => {
  if (cursor === undefined) return null;
  const parsed = position.safeParse(readCursor(cursor, 2));
  if (!parsed.success) throw importsErrors.refuse("import_cursor_wrong", "The cursor is not one of ours. Leave it out to start from the first page.");
  return { at: parsed.data[0], id: parsed.data[1] };
};

// While rows come in it is asked every second, and nobody reads reasons yet.
const show = async (services: Services, row: ImportRow): Promise<contract.ImportDetail> =>
  showImport(row, row.rowsRefused === 0 || isWorking(row.state) ? [] : await listReasons(services.db, row.workspaceId, row.id));

export const importsRoutes = [
  defineRoute({
    method: "POST", url: "/api/imports", summary: "Upload a file; the reply proposes how to import it", tag: "imports", access: change,
    query: contract.newImport, upload: true, reply: contract.importDetail, status: 201,
    answer: async ({ actor, services, query, request }) => show(services, await uploadImport(services, actor, query.name, request.body)),
  }),
  defineRoute({
    method: "GET", url: "/api/imports", summary: "Imports, newest first", tag: "imports", access: read,
    query: z.object(pageQuery), reply: page(contract.importItem),
    answer: async ({ actor, services, query }) => {
      const rows = await listImports(services.db, actor.workspaceId, readPosition(query.cursor), query.limit);
      const last = rows.length === query.limit ? rows.at(-1) : undefined;
      return { items: rows.map(showImportItem), nextCursor: last === undefined ? null : nextCursor([last.createdAt.toISOString(), last.id]) };
    },
  }),
  defineRoute({
    method: "GET", url: "/api/imports/:id", summary: "One import with its mapping and progress", tag: "imports", access: read,
    params: one, reply: contract.importDetail,
    answer: async ({ actor, services, params }) => show(services, await getImport(services, actor, params.id)),
  }),
  defineRoute({
    method: "GET", url: "/api/imports/:id/preview", summary: "First rows of the file and what they would become", tag: "imports", access: read,
    params: one, reply: contract.preview,
    answer: async ({ actor, services, params }) => {
      const row = await getImport(services, actor, params.id);
      return showPreview(row, await previewImport(services, row), { now: services.clock.now(), identity: await limitsOf(services.db, actor.workspaceId), naming: await namingOf(actor.workspaceId) });
    },
  }),
  defineRoute({
    method: "PUT", url: "/api/imports/:id/mapping", summary: "Say what the columns mean", tag: "imports", access: change,
    params: one, body: contract.mappingBody, reply: contract.importDetail,
    answer: async ({ actor, services, params, body }) => show(services, await changeMapping(services, actor, params.id, body.mapping)),
  }),
  defineRoute({
    method: "PUT", url: "/api/imports/:id/reading", summary: "Read the file with another delimiter, encoding, sheet or header", tag: "imports", access: change,
    params: one, body: contract.readingBody, reply: contract.importDetail,
    answer: async ({ actor, services, params, body }) => show(services, await changeReading(services, actor, params.id, body.read)),
  }),
  defineRoute({
    method: "POST", url: "/api/imports/:id/dry-run", summary: "Count what the import would do, without writing", tag: "imports", access: change,
    params: one, reply: contract.importDetail, status: 202,
    answer: async ({ actor, services, params }) => show(services, await checkImport(services, actor, params.id)),
  }),
  defineRoute({
    method: "POST", url: "/api/imports/:id/run", summary: "Start the import, or go on with a paused or failed one", tag: "imports", access: change,
    params: one, reply: contract.importDetail, status: 202,
    answer: async ({ actor, services, params }) => show(services, await startImport(services, actor, params.id)),
  }),
  defineRoute({
    method: "POST", url: "/api/imports/:id/pause", summary: "Pause a running import", tag: "imports", access: change,
    params: one, reply: contract.importDetail, status: 202,
    answer: async ({ actor, services, params }) => show(services, await pauseImport(services, actor, params.id)),
  }),
  defineRoute({
    method: "POST", url: "/api/imports/:id/undo", summary: "Take away everything the import added", tag: "imports", access: change,
    params: one, reply: contract.importDetail, status: 202,
    answer: async ({ actor, services, params }) => show(services, await undoImport(services, actor, params.id)),
  }),
  defineRoute({
    method: "GET", url: "/api/imports/:id/errors.csv", summary: "Refused rows with their reasons", tag: "imports", access: read,
    params: one, reply: fileReply("text/csv; charset=utf-8"),
    answer: async ({ actor, services, params }) => {
      const row = await getImport(services, actor, params.id);
      return new FileReply({ contentType: "text/csv; charset=utf-8", fileName: `${row.mapping.source}-refused.csv`, body: refusedRowsAsCsv(services, row) });
    },
  }),
  defineRoute({
    method: "DELETE", url: "/api/imports/:id", summary: "Remove an import that holds no rows", tag: "imports", access: change,
    params: one, reply: z.undefined(), status: 204,
    answer: async ({ actor, services, params }) => {
      await discardImport(services, actor, params.id);
      return undefined;
    },
  }),
];
