import { z } from "zod";
import { defineRoute } from "#platform/http";
import { changeEntryBody, createEntryBody, entriesQuery, entriesReply, entryOrderBody, registerEntry } from "./places.contract.ts";
import { changeEntry, createEntry, orderEntries, readEntries, removeEntry } from "./places.ts";

const tag = "journeys";
const canRead = { ability: "touchpoints.read" };
const canWrite = { ability: "touchpoints.write" };
const one = z.object({ id: z.uuid() });

export const placesRoutes = [
  defineRoute({
    method: "GET", url: "/api/places", summary: "Stages, channels, environments, products or places: what is registered with what was seen, and what was seen beside it", tag, access: canRead,
    query: entriesQuery, reply: entriesReply,
    answer: ({ actor, services, query }) => readEntries(services, actor.workspaceId, query),
  }),
  defineRoute({
    method: "POST", url: "/api/places", summary: "Register a stage, channel, environment, product or place", tag, access: canWrite,
    body: createEntryBody, status: 201, reply: registerEntry,
    answer: ({ actor, services, body }) => createEntry(services, actor, body),
  }),
  defineRoute({
    method: "PUT", url: "/api/place-order", summary: "Put stages, channels, environments, products or places into another order", tag, access: canWrite,
    body: entryOrderBody, status: 204, reply: z.undefined(),
    answer: ({ actor, services, body }) => orderEntries(services, actor, body.kind, body.ids).then(() => undefined),
  }),
  defineRoute({
    method: "PATCH", url: "/api/places/:id", summary: "Change a stage, channel, environment, product or place", tag, access: canWrite,
    params: one, body: changeEntryBody, reply: registerEntry,
    answer: ({ actor, services, params, body }) => changeEntry(services, actor, params.id, body),
  }),
  defineRoute({
    method: "DELETE", url: "/api/places/:id", summary: "Take a stage, channel, environment, product or place out of the register", tag, access: canWrite,
    params: one, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params }) => removeEntry(services, actor, params.id).then(() => undefined),
  }),
];
