import { z } from "zod";
import { defineAbilities } from "#platform/access";
import { defineRoute, page } from "#platform/http";
import { addAnnotationBody, annotation, annotationsQuery, changeAnnotationBody } from "./annotations.contract.ts";
import { addAnnotation, bringBackAnnotation, changeAnnotation, listNotedDays, removeAnnotation } from "./annotations.ts";

export const annotationsAbilities = defineAbilities("annotations", {
  "annotations.read": { meaning: "See the notes on days that charts show", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "annotations.write": { meaning: "Note on a day what happened, and take such a note away", roles: ["owner", "admin", "manager"] },
});

const tag = "metrics";
const canWrite = { ability: "annotations.write" };
const params = z.object({ id: z.uuid() });

export const annotationsRoutes = [
  defineRoute({
    method: "GET", url: "/api/annotations", summary: "Notes on days, such as a new price list, for lines on charts; latest day first", tag,
    access: { ability: "annotations.read" }, query: annotationsQuery, reply: page(annotation),
    answer: ({ actor, services, query }) => listNotedDays(services, actor, query),
  }),
  defineRoute({
    method: "POST", url: "/api/annotations", summary: "Note what happened on a day, or on several", tag, access: canWrite,
    body: addAnnotationBody, status: 201, reply: annotation,
    answer: ({ actor, services, body }) => addAnnotation(services, actor, body),
  }),
  defineRoute({
    method: "PATCH", url: "/api/annotations/:id", summary: "Change a note: its days or its words", tag, access: canWrite, params, body: changeAnnotationBody, reply: annotation,
    answer: ({ actor, services, params: { id }, body }) => changeAnnotation(services, actor, id, body),
  }),
  defineRoute({
    method: "POST", url: "/api/annotations/:id/restoration", summary: "Bring a note back that was taken away in the last thirty days", tag, access: canWrite, params, status: 201, reply: annotation,
    answer: ({ actor, services, params: { id } }) => bringBackAnnotation(services, actor, id),
  }),
  defineRoute({
    method: "DELETE", url: "/api/annotations/:id", summary: "Take a note on a day away", tag, access: canWrite,
    params, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params }) => removeAnnotation(services, actor, params.id).then(() => undefined),
  }),
];
