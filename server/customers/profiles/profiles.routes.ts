import { z } from "zod";
import { defineAbilities } from "#platform/access";
import { defineRoute, fileReply, FileReply, page, pageQuery } from "#platform/http";
import { showCustomerDetail } from "./customer-detail.ts";
import { showCustomers } from "./customer-list.ts";
import { eraseCustomer } from "./erasure.ts";
import { exportCustomer } from "./export.ts";
import { correctTrait, recordNote } from "./notes.ts";
import * as contract from "./profiles.contract.ts";
import { showTimeline } from "./timeline.ts";

export const profilesAbilities = defineAbilities("profiles", {
  "customers.read": { meaning: "See customers and their timelines", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "customers.write": { meaning: "Write notes, calls and visits, and correct traits", roles: ["owner", "admin", "manager", "agent"] },
  "customers.export": { meaning: "Download everything kept about one customer", roles: ["owner", "admin", "manager"] },
  "customers.erase": { meaning: "Erase a customer for good", roles: ["owner", "admin"] },
});

const one = z.object({ id: z.uuid() });
const list = (text: string): string[] => text.split(",").map((part) => part.trim()).filter(Boolean);

export const profilesRoutes = [
  defineRoute({
    method: "GET",
    url: "/api/customers",
    summary: "Customers, searched and sorted",
    tag: "customers",
    access: { ability: "customers.read" },
    query: z.object({
      ...pageQuery,
      search: z.string().trim().max(200).optional().describe("Part of a name, an address or an identifier."),
      sort: z.enum(contract.CUSTOMER_SORTS).default("lastSeen"),
      direction: z.enum(["asc", "desc"]).default("desc"),
      who: z.enum(contract.WHO).default("known").describe("Customers with a name or id, visitors without, or both."),
      columns: z.string().max(600).default("").transform(list).pipe(z.array(z.string().max(100)).max(8)).describe("Traits to show, with commas between."),
    }),
    reply: page(contract.customerRow),
    answer: ({ actor, services, query }) => showCustomers(services.db, actor.workspaceId, query),
  }),
  defineRoute({
    method: "GET",
    url: "/api/customers/:id",
    summary: "One customer: state, identifiers, traits with history, groups",
    tag: "customers",
    access: { ability: "customers.read" },
    params: one,
    reply: contract.customerDetail,
    answer: ({ actor, services, params }) => showCustomerDetail(services.db, actor.workspaceId, params.id),
  }),
  defineRoute({
    method: "GET",
    url: "/api/customers/:id/timeline",
    summary: "Facts and feelings of one customer, newest first",
    tag: "customers",
    access: { ability: "customers.read" },
    params: one,
    query: z.object({
      ...pageQuery,
      record: z.enum(contract.RECORDS).default("all"),
      channel: z.string().max(200).optional(),
      type: z.string().max(100).optional().describe("Type of an interaction or kind of a perception."),
      touchpoint: z.string().max(500).optional(),
    }),
    reply: page(contract.timelineItem),
    answer: ({ actor, services, params, query }) => showTimeline(services.db, actor.workspaceId, params.id, query),
  }),
  defineRoute({
    method: "POST",
    url: "/api/customers/:id/notes",
    summary: "Write down a note, a phone call or a visit",
    tag: "customers",
    access: { ability: "customers.write" },
    params: one,
    body: contract.newNote,
    reply: z.object({ id: z.uuid() }),
    status: 201,
    answer: async ({ actor, services, params, body }) => ({ id: await recordNote(services, actor, params.id, body) }),
  }),
  defineRoute({
    method: "POST",
    url: "/api/customers/:id/traits",
    summary: "Correct or clear a trait by hand",
    tag: "customers",
    access: { ability: "customers.write" },
    params: one,
    body: contract.newTrait,
    reply: z.undefined(),
    status: 204,
    answer: async ({ actor, services, params, body }) => {
      await correctTrait(services, actor, params.id, body);
      return undefined;
    },
  }),
  defineRoute({
    method: "GET",
    url: "/api/customers/:id/export",
    summary: "Everything kept about one customer, as JSON",
    tag: "customers",
    access: { ability: "customers.export" },
    params: one,
    reply: fileReply("application/json"),
    answer: async ({ actor, services, params }) =>
      new FileReply({
        contentType: "application/json; charset=utf-8",
        fileName: `customer-${params.id}.json`,
        body: await exportCustomer(services.db, actor.workspaceId, params.id, services.clock.now()),
      }),
  }),
  defineRoute({
    method: "POST",
    url: "/api/customers/:id/erasure",
    summary: "Erase a customer for good; the reply says what went",
    tag: "customers",
    access: { ability: "customers.erase" },
    params: one,
    body: z.object({ isConfirmed: z.literal(true).describe("Erasing cannot be undone.") }),
    reply: contract.erasureReport,
    answer: ({ actor, services, params }) => eraseCustomer(services, actor, params.id),
  }),
];
