import { z } from "zod";
import { defineAbilities } from "#platform/access";
import { defineRoute, page, pageQuery } from "#platform/http";
import { mapDocument } from "./document.contract.ts";
import { listEdits, getRevision, restoreMap, sendEdits } from "./editing.ts";
import { editGroup, sendEditsBody, sentEdits } from "./edits.contract.ts";
import { listHistory } from "./history.ts";
import { changeMapBody, copyMapBody, createMapBody, editsQuery, historyLine, journeyMap, listedMap, mapsQuery, restoreMapBody } from "./maps.contract.ts";
import { changeMap, copyMap, createMap, deleteMap, getMap, listAllMaps } from "./maps.ts";

export const mapsAbilities = defineAbilities("maps", {
  "maps.read": { meaning: "See journey maps, their history and comments", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "maps.write": { meaning: "Draw and change journey maps, and comment on them", roles: ["owner", "admin", "manager", "agent"] },
});

const tag = "journeys";
const canRead = { ability: "maps.read" };
const canWrite = { ability: "maps.write" };
const one = z.object({ id: z.uuid() });

export const mapsRoutes = [
  defineRoute({
    method: "GET", url: "/api/maps", summary: "Journey maps, the one changed last first", tag, access: canRead, query: mapsQuery, reply: z.object({ items: z.array(listedMap) }),
    answer: async ({ actor, services, query }) => ({ items: await listAllMaps(services, actor.workspaceId, query.archived) }),
  }),
  defineRoute({
    method: "POST", url: "/api/maps", summary: "Draw a map: from a template, from a path really taken, or from a document", tag, access: canWrite, body: createMapBody, status: 201, reply: journeyMap,
    answer: ({ actor, services, body }) => createMap(services, actor, body),
  }),
  defineRoute({
    method: "GET", url: "/api/maps/:id", summary: "One map with everything drawn on it", tag, access: canRead, params: one, reply: journeyMap,
    answer: ({ actor, services, params: { id } }) => getMap(services, actor.workspaceId, id),
  }),
  defineRoute({
    method: "PATCH", url: "/api/maps/:id", summary: "Change name, description, state, viewpoint or owner of a map, or archive it", tag, access: canWrite, params: one, body: changeMapBody, reply: journeyMap,
    answer: ({ actor, services, params: { id }, body }) => changeMap(services, actor, id, body),
  }),
  defineRoute({
    method: "DELETE", url: "/api/maps/:id", summary: "Delete a map with its history, comments, accounts and photos", tag, access: canWrite, params: one, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params: { id } }) => deleteMap(services, actor, id).then(() => undefined),
  }),
  defineRoute({
    method: "POST", url: "/api/maps/:id/edits", summary: "Change what is drawn. Edits that cannot be carried out are refused one by one; the same group again changes nothing", tag, access: canWrite,
    params: one, body: sendEditsBody, reply: sentEdits,
    answer: ({ actor, services, params: { id }, body }) => sendEdits(services, actor, id, body),
  }),
  defineRoute({
    method: "GET", url: "/api/maps/:id/edits", summary: "What was changed after a revision, in order, at most 500 groups", tag, access: canRead, params: one, query: editsQuery, reply: z.object({ items: z.array(editGroup) }),
    answer: async ({ actor, services, params: { id }, query }) => ({ items: await listEdits(services, actor.workspaceId, id, query.after) }),
  }),
  defineRoute({
    method: "GET", url: "/api/maps/:id/history", summary: "Who changed the map when, newest first", tag, access: canRead, params: one, query: z.object(pageQuery), reply: page(historyLine),
    answer: ({ actor, services, params: { id }, query }) => listHistory(services, actor.workspaceId, id, query),
  }),
  defineRoute({
    method: "GET", url: "/api/maps/:id/revisions/:revision", summary: "The map as it was at a revision; 0 is as it began", tag, access: canRead,
    params: one.extend({ revision: z.coerce.number().int().min(0).max(2_147_483_647) }), reply: z.object({ document: mapDocument }),
    answer: async ({ actor, services, params: { id, revision } }) => ({ document: await getRevision(services, actor.workspaceId, id, revision) }),
  }),
  defineRoute({
    method: "POST", url: "/api/maps/:id/restorations", summary: "Bring an earlier state back as a new revision", tag, access: canWrite, params: one, body: restoreMapBody, reply: journeyMap,
    answer: ({ actor, services, params: { id }, body }) => restoreMap(services, actor, id, body.revision),
  }),
  defineRoute({
    method: "POST", url: "/api/maps/:id/copies", summary: "Copy a map, for instance to draw how it shall be", tag, access: canWrite, params: one, body: copyMapBody, status: 201, reply: journeyMap,
    answer: ({ actor, services, params: { id }, body }) => copyMap(services, actor, id, body),
  }),
];
