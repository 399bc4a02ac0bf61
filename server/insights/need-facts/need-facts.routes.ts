import { defineAbilities } from "#platform/access";
import { defineRoute, requireAbility } from "#platform/http";
import { requireTrust } from "#customers";
import { showNeedFactCourse } from "./case-days.ts";
import { showNeedFactGroups } from "./case-groups.ts";
import { changeNeedFactSettings, listNeedFactCases, showNeedFacts, showNeedFactSettings } from "./need-facts.ts";
import { needFactCasesQuery, needFactCasesReply, needFactCourseQuery, needFactCourseReply, needFactGroupsQuery, needFactGroupsReply, needFactSettingsBody, needFactSettingsReply, needFactsQuery, needFactsReply } from "./need-facts.contract.ts";

export const needFactsAbilities = defineAbilities("need-facts", {
  "need-facts.read": { meaning: "See what happened to customers, need by need", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "need-facts.set": { meaning: "Choose which facts the needs are measured from", roles: ["owner", "admin", "manager"] },
});

const shared = { tag: "need-facts", access: { ability: "need-facts.read" } } as const;

export const needFactsRoutes = [
  defineRoute({
    ...shared, method: "GET", url: "/api/need-facts", summary: "Effort, promises, silence, repeated questions and remedies, measured from facts, with their change",
    query: needFactsQuery, reply: needFactsReply, answer: ({ actor, services, query }) => showNeedFacts(services, actor.workspaceId, requireTrust(actor, query)),
  }),
  defineRoute({
    ...shared, method: "GET", url: "/api/need-facts/cases", summary: "The cases and customers behind a measure, worst first; needs customers.read too",
    query: needFactCasesQuery, reply: needFactCasesReply, answer: ({ actor, services, query }) => {
      requireAbility(actor, "customers.read");
      return listNeedFactCases(services, actor.workspaceId, query);
    },
  }),
  defineRoute({
    ...shared, method: "GET", url: "/api/need-facts/course", summary: "One measure over time: the share of cases over the limit, with its interval",
    query: needFactCourseQuery, reply: needFactCourseReply, answer: ({ actor, services, query }) => showNeedFactCourse(services, actor.workspaceId, requireTrust(actor, query)),
  }),
  defineRoute({
    ...shared, method: "GET", url: "/api/need-facts/groups", summary: "One measure by touchpoint, channel, team, segment, trait and so on, each against all other cases",
    query: needFactGroupsQuery, reply: needFactGroupsReply, answer: ({ actor, services, query }) => showNeedFactGroups(services, actor.workspaceId, requireTrust(actor, query)),
  }),
  defineRoute({
    ...shared, method: "GET", url: "/api/need-facts/settings", summary: "Which facts the measures look at: chosen, or guessed",
    reply: needFactSettingsReply, answer: ({ actor, services }) => showNeedFactSettings(services, actor.workspaceId),
  }),
  defineRoute({
    method: "PUT", url: "/api/need-facts/settings", tag: "need-facts", access: { ability: "need-facts.set" }, summary: "Choose which facts the measures look at; what is left out is guessed",
    body: needFactSettingsBody, reply: needFactSettingsReply, answer: ({ actor, services, body }) => changeNeedFactSettings(services, actor, body),
  }),
];
