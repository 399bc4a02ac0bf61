import { z } from "zod";
import { defineRoute } from "#platform/http";
import { alignedCasesReply, deviationKind, deviationsQuery, deviationsReply } from "./deviations.contract.ts";
import { getDeviations, listCasesOfCustomer, listDeviatingCases } from "./deviations.ts";

const tag = "maps";
const access = { ability: "maps.read" };
const mapParams = z.object({ id: z.uuid() });

export const deviationsRoutes = [
  defineRoute({
    method: "GET", url: "/api/maps/:id/deviations", summary: "How what customers did deviates from a map, how often, and what goes with it", tag, access, params: mapParams, query: deviationsQuery, reply: deviationsReply,
    answer: ({ actor, services, params: { id }, query }) => getDeviations(services, actor, id, query),
  }),
  defineRoute({
    method: "GET", url: "/api/maps/:id/deviations/:kind/:part/customers", summary: "Ten customers with one deviation, planned and real beside each other", tag, access,
    params: mapParams.extend({ kind: deviationKind, part: z.string().min(1).max(1_000).describe("the step's id; of ad hoc deviations the touchpoint's name") }), query: deviationsQuery, reply: alignedCasesReply,
    answer: ({ actor, services, params: { id, kind, part }, query }) => listDeviatingCases(services, actor, id, { kind, part, query }),
  }),
  defineRoute({
    method: "GET", url: "/api/maps/:id/deviations/customers/:customerId", summary: "What one customer did beside what was planned", tag, access,
    params: mapParams.extend({ customerId: z.uuid() }), query: deviationsQuery, reply: alignedCasesReply,
    answer: ({ actor, services, params: { id, customerId }, query }) => listCasesOfCustomer(services, actor, id, customerId, query),
  }),
];
