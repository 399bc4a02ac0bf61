import { defineAbilities } from "#platform/access";
import { defineRoute } from "#platform/http";
import { beginDemo, beginRemoval, showDemo } from "./demo.ts";
import { demoStatus, loadDemoBody } from "./demo.contract.ts";

export const demoAbilities = defineAbilities("demo", {
  "demo.change": { meaning: "Load the demo company and remove it", roles: ["owner", "admin"] },
});

export const demoRoutes = [
  defineRoute({
    method: "GET",
    url: "/api/demo",
    summary: "Whether the demo company is loaded, and how far loading or removing has come",
    tag: "insights",
    access: { signedIn: true },
    reply: demoStatus,
    answer: ({ services }) => showDemo(services),
  }),
  defineRoute({
    method: "POST",
    url: "/api/demo",
    summary: "Load the demo company into a workspace of its own",
    tag: "insights",
    access: { ability: "demo.change" },
    body: loadDemoBody,
    status: 202,
    reply: demoStatus,
    answer: ({ services, actor, body }) => beginDemo(services, actor, body),
  }),
  defineRoute({
    method: "DELETE",
    url: "/api/demo",
    summary: "Remove the demo company with everything in it",
    tag: "insights",
    access: { ability: "demo.change" },
    status: 202,
    reply: demoStatus,
    answer: ({ services, actor }) => beginRemoval(services, actor),
  }),
];
