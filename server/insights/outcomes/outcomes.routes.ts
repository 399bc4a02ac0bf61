import { defineAbilities } from "#platform/access";
import { defineRoute, requireAbility } from "#platform/http";
import { requireTrust } from "#customers";
import { listOutcomeCustomers, showChoices, showGroups } from "./outcomes.ts";
import {
  choicesReply, cohortCustomersQuery, cohortsQuery, cohortsReply, groupsQuery, groupsReply, outcomeCustomersQuery, outcomeCustomersReply, survivalCustomersQuery, survivalCustomersReply, survivalQuery, survivalReply,
} from "./outcomes.contract.ts";
import { listCustomersOfCohort, listCustomersOfCurve, showCohorts, showSurvival } from "./retention.ts";

export const outcomesAbilities = defineAbilities("outcomes", {
  "outcomes.read": { meaning: "See who stays, buys again and spends how much, by what customers felt", roles: ["owner", "admin", "manager", "viewer"] },
});

const shared = { method: "GET", tag: "outcomes", access: { ability: "outcomes.read" } } as const;

export const outcomesRoutes = [
  defineRoute({
    ...shared, url: "/api/outcomes/choices", summary: "Facts, money and traits that outcomes can be made of, and what is taken when nobody says",
    reply: choicesReply, answer: ({ actor, services }) => showChoices(services, actor.workspaceId),
  }),
  defineRoute({
    ...shared, url: "/api/outcomes/survival", summary: "The share of customers still there over time (Kaplan–Meier), by feeling, need or trait",
    query: survivalQuery, reply: survivalReply, answer: ({ actor, services, query }) => showSurvival(services, actor.workspaceId, requireTrust(actor, query)),
  }),
  defineRoute({
    ...shared, url: "/api/outcomes/survival/customers", summary: "The customers of a curve still there on a day, or gone by then; needs customers.read too",
    query: survivalCustomersQuery, reply: survivalCustomersReply, answer: ({ actor, services, query }) => {
      requireAbility(actor, "customers.read");
      return listCustomersOfCurve(services, actor.workspaceId, query);
    },
  }),
  defineRoute({
    ...shared, url: "/api/outcomes/cohorts", summary: "Who bought again in each week or month after the first purchase",
    query: cohortsQuery, reply: cohortsReply, answer: ({ actor, services, query }) => showCohorts(services, actor.workspaceId, query),
  }),
  defineRoute({
    ...shared, url: "/api/outcomes/cohorts/customers", summary: "The customers behind a cell of the cohorts, those who spent most first; needs customers.read too",
    query: cohortCustomersQuery, reply: outcomeCustomersReply, answer: ({ actor, services, query }) => {
      requireAbility(actor, "customers.read");
      return listCustomersOfCohort(services, actor.workspaceId, query);
    },
  }),
  defineRoute({
    ...shared, url: "/api/outcomes/groups", summary: "Repeat purchase, leaving and amounts by feeling, need or trait, with intervals and tests",
    query: groupsQuery, reply: groupsReply, answer: ({ actor, services, query }) => showGroups(services, actor.workspaceId, requireTrust(actor, query)),
  }),
  defineRoute({
    ...shared, url: "/api/outcomes/customers", summary: "The customers behind a group, those who spent most first; needs customers.read too",
    query: outcomeCustomersQuery, reply: outcomeCustomersReply, answer: ({ actor, services, query }) => {
      requireAbility(actor, "customers.read");
      return listOutcomeCustomers(services, actor.workspaceId, query);
    },
  }),
];
