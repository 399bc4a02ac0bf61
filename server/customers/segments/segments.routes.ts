import { z } from "zod";
import { defineAbilities } from "#platform/access";
import { nextCursor, readCursor } from "#platform/db";
import { defineRoute, fileReply, httpErrors, page, pageQuery } from "#platform/http";
import { addEntries, removeCustomers, uploadEntries } from "./list-entries.ts";
import { getPicture, removePicture, takePicture } from "./pictures.ts";
import * as contract from "./segments.contract.ts";
import { listStoredSegments } from "./segments.queries.ts";
import { changeSegment, createSegment, deleteSegment, explainSegment, getSegment, listCustomersIn, previewRule, recountSegment, showSegment, suggestNames } from "./segments.ts";

export const segmentsAbilities = defineAbilities("segments", {
  "segments.read": { meaning: "See contact lists and live segments and who is in them", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "segments.write": { meaning: "Make, change and delete contact lists and live segments", roles: ["owner", "admin", "manager"] },
});

const read = { ability: "segments.read" };
const write = { ability: "segments.write" };
const tag = "segments";
const one = z.object({ id: z.uuid() });

const segmentRoutes = [
  defineRoute({
    method: "GET", url: "/api/segments", summary: "Contact lists and live segments, by name", tag, access: read,
    query: z.object({ ...pageQuery, search: z.string().trim().max(200).optional(), kind: contract.segmentKind.optional(), personas: z.enum(["true"]).optional().describe("those with a story alone") }),
    reply: page(contract.segment),
    answer: async ({ actor, services, query }) => {
      const search = query.search === undefined || query.search === "" ? null : query.search;
      const rows = await listStoredSegments(services.db, actor.workspaceId, { search, kind: query.kind ?? null, ...(query.personas === undefined ? {} : { isPersona: true }), after: readName(query.cursor), limit: query.limit });
      const last = rows.length === query.limit ? rows.at(-1) : undefined;
      return { items: rows.map(showSegment), nextCursor: last === undefined ? null : nextCursor([last.sortName, last.id]) };
    },
  }),
  defineRoute({
    method: "POST", url: "/api/segments", summary: "Make a contact list or a live segment", tag, access: write, body: contract.newSegment, reply: contract.segment, status: 201,
    answer: async ({ actor, services, body }) => showSegment(await createSegment(services, actor, body)),
  }),
  defineRoute({
    method: "GET", url: "/api/segments/suggestions", summary: "Names of traits, interactions and touchpoints a rule may ask for", tag, access: read, reply: contract.segmentSuggestions,
    answer: ({ actor, services }) => suggestNames(services.db, actor.workspaceId),
  }),
  defineRoute({
    method: "POST", url: "/api/segments/previews", summary: "How many a rule finds, and some of them", tag, access: read,
    body: z.object({ rule: contract.segmentRule }), reply: contract.segmentPreview, limit: { perMinute: 120 },
    answer: ({ actor, services, body }) => previewRule(services.db, actor.workspaceId, body.rule),
  }),
  defineRoute({
    method: "GET", url: "/api/segments/:id", summary: "One contact list or live segment", tag, access: read, params: one, reply: contract.segment,
    answer: async ({ actor, services, params }) => showSegment(await getSegment(services.db, actor.workspaceId, params.id)),
  }),
  defineRoute({
    method: "PATCH", url: "/api/segments/:id", summary: "Change the name or the rule", tag, access: write, params: one, body: contract.changedSegment, reply: contract.segment,
    answer: async ({ actor, services, params, body }) => showSegment(await changeSegment(services, actor, params.id, body)),
  }),
  defineRoute({
    method: "DELETE", url: "/api/segments/:id", summary: "Delete a contact list or live segment; its customers stay", tag, access: write, params: one, reply: z.undefined(), status: 204,
    answer: ({ actor, services, params }) => deleteSegment(services, actor, params.id).then(() => undefined),
  }),
];

const memberRoutes = [
  defineRoute({
    method: "POST", url: "/api/segments/:id/counts", summary: "Count who is in it now", tag, access: read, params: one,
    reply: contract.segmentSize.extend({ countedAt: z.iso.datetime() }),
    answer: async ({ actor, services, params }) => {
      const counted = await recountSegment(services, actor.workspaceId, params.id);
      return { ...counted, countedAt: counted.countedAt.toISOString() };
    },
  }),
  defineRoute({
    method: "GET", url: "/api/segments/:id/customers", summary: "Who is in it", tag, access: read, params: one, query: z.object(pageQuery), reply: page(contract.segmentCustomer),
    answer: async ({ actor, services, params, query }) => {
      const items = await listCustomersIn(services.db, actor.workspaceId, params.id, { after: readId(query.cursor), limit: query.limit });
      const last = items.length === query.limit ? items.at(-1) : undefined;
      return { items, nextCursor: last === undefined ? null : nextCursor([last.customerId]) };
    },
  }),
  defineRoute({
    method: "GET", url: "/api/segments/:id/reasons", summary: "Why a customer is in it or not", tag, access: read, params: one, query: z.object({ customerId: z.uuid() }), reply: contract.segmentReasons,
    answer: ({ actor, services, params, query }) => explainSegment(services.db, actor.workspaceId, params.id, query.customerId),
  }),
  defineRoute({
    method: "POST", url: "/api/segments/:id/entries", summary: "Put customers, addresses, numbers or ids on a contact list", tag, access: write, params: one,
    body: contract.newEntries, reply: contract.entriesReport, status: 201,
    answer: ({ actor, services, params, body }) => addEntries(services, actor, params.id, body),
  }),
  defineRoute({
    method: "POST", url: "/api/segments/:id/uploads", summary: "Put the people of a CSV file on a contact list", tag, access: write, params: one,
    upload: true, reply: contract.entriesReport, status: 201,
    answer: ({ actor, services, params, request }) => uploadEntries(services, actor, params.id, request.body),
  }),
  defineRoute({
    method: "POST", url: "/api/segments/:id/removals", summary: "Take customers off a contact list", tag, access: write, params: one,
    body: contract.removedCustomers, reply: z.object({ removed: z.number().int() }),
    answer: async ({ actor, services, params, body }) => ({ removed: await removeCustomers(services, actor, params.id, body.customerIds) }),
  }),
];

const pictureRoutes = [
  defineRoute({
    method: "POST", url: "/api/segments/:id/pictures", summary: "Send the picture of a persona: PNG, JPEG or WebP, at most 2 MB; it stands in place of the one before", tag, access: write, params: one,
    upload: true, status: 201, reply: z.object({ pictureId: z.uuid() }), limit: { perMinute: 60 },
    answer: ({ actor, services, params, request }) => takePicture(services, actor, params.id, request.body),
  }),
  defineRoute({
    method: "GET", url: "/api/segments/:id/pictures/:fileId", summary: "The picture of a persona", tag, access: read, params: one.extend({ fileId: z.uuid() }), reply: fileReply("application/octet-stream"),
    answer: ({ actor, services, params }) => getPicture(services, actor.workspaceId, params.id, params.fileId),
  }),
  defineRoute({
    method: "DELETE", url: "/api/segments/:id/pictures", summary: "Take the picture of a persona away", tag, access: write, params: one, reply: z.undefined(), status: 204,
    answer: ({ actor, services, params }) => removePicture(services, actor, params.id).then(() => undefined),
  }),
];

export const segmentsRoutes = [...segmentRoutes, ...memberRoutes, ...pictureRoutes];

const readName = (cursor: string | undefined): { name: string; id: string } | null => {
  if (cursor === undefined) return null;
  const parsed = z.tuple([z.string(), z.uuid()]).safeParse(readCursor(cursor, 2));
  if (!parsed.success) throw wrongCursor();
  return { name: parsed.data[0], id: parsed.data[1] };
};

const readId = (cursor: string | undefined): string | null => {
  if (cursor === undefined) return null;
  const parsed = z.tuple([z.uuid()]).safeParse(readCursor(cursor, 1));
  if (!parsed.success) throw wrongCursor();
  return parsed.data[0];
};

const wrongCursor = () => httpErrors.refuse("invalid_input", "The cursor is not one of ours. Leave it out to start from the first page.");
