import { z } from "zod";
import { defineAbilities } from "#platform/access";
import { defineRoute } from "#platform/http";
import { team, teamBody, teamChange, teamsReply } from "./teams.contract.ts";
import { changeTeam, createTeam, listTeams, removeTeam } from "./teams.ts";

export const teamsAbilities = defineAbilities("teams", {
  "teams.read": { meaning: "See teams, departments and who was in them when", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "teams.change": { meaning: "Make and delete teams, and say who was in them when", roles: ["owner", "admin", "manager"] },
});

const tag = "people";
const one = z.object({ id: z.uuid() });

export const teamsRoutes = [
  defineRoute({
    method: "GET", url: "/api/teams", summary: "Teams with their departments and members, as they were when", tag, access: { ability: "teams.read" },
    reply: teamsReply,
    answer: ({ actor, services }) => listTeams(services, actor.workspaceId),
  }),
  defineRoute({
    method: "POST", url: "/api/teams", summary: "Make a team", tag, access: { ability: "teams.change" },
    body: teamBody, status: 201, reply: team,
    answer: ({ actor, services, body }) => createTeam(services, actor, body),
  }),
  defineRoute({
    method: "PUT", url: "/api/teams/:id", summary: "Change a team, its past included", tag, access: { ability: "teams.change" },
    params: one, body: teamChange, reply: team,
    answer: ({ actor, services, params, body }) => changeTeam(services, actor, params.id, body),
  }),
  defineRoute({
    method: "DELETE", url: "/api/teams/:id", summary: "Delete a team as if it had never been", tag, access: { ability: "teams.change" },
    params: one, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params }) => removeTeam(services, actor, params.id).then(() => undefined),
  }),
];
