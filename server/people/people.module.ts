import type { Actor } from "#platform/access";
import { hashToken } from "#platform/auth";
import { defineModule } from "#platform/manifest";
import type { Authenticator } from "#platform/manifest";
import type { Services } from "#platform/services";
import { keysAbilities, keysRoutes } from "./keys/keys.routes.ts";
import { findKey, noteKeyUse } from "./keys/keys.queries.ts";
import { membersAbilities, membersRoutes } from "./members/members.routes.ts";
import { peopleErrors } from "./people.errors.ts";
import { sessionsJobs, sessionsSchedules } from "./sessions/sessions.jobs.ts";
import { findSession, touchSession } from "./sessions/sessions.queries.ts";
import { SESSION_MS } from "./sessions/sessions.ts";
import { teamErrors } from "./teams/teams.ts";
import { teamsListeners } from "./teams/teams.listeners.ts";
import { teamsAbilities, teamsRoutes } from "./teams/teams.routes.ts";
import { sessionsRoutes } from "./sessions/sessions.routes.ts";

// A use is noted at most this often, so that reading a page does not write.
const NOTE_USE_EVERY_MS = 60_000;

const authenticate: Authenticator = async (services, { sessionToken, bearer }) =>
  bearer === null ? (sessionToken === null ? null : actorOfSession(services, sessionToken)) : actorOfKey(services, bearer);

const actorOfSession = async (services: Services, token: string): Promise<Actor | null> => {
  const now = services.clock.now();
  const tokenHash = hashToken(token);
  const session = await findSession(services.db, tokenHash, now);
  if (session === null) return null;
  if (now.getTime() - session.lastUsedAt.getTime() > NOTE_USE_EVERY_MS) await touchSession(services.db, tokenHash, now, new Date(now.getTime() + SESSION_MS));
  const { role } = session;
  const abilities = new Set(services.abilities.filter((ability) => ability.roles.includes(role)).map((ability) => ability.ability));
  return { kind: "member", workspaceId: session.workspaceId, memberId: session.memberId, keyId: null, role, abilities };
};

const actorOfKey = async (services: Services, token: string): Promise<Actor | null> => {
  const now = services.clock.now();
  const key = await findKey(services.db, hashToken(token), "api");
  if (key === null) return null;
  if (key.lastUsedAt === null || now.getTime() - key.lastUsedAt.getTime() > NOTE_USE_EVERY_MS) await noteKeyUse(services.db, key.id, now);
  return { kind: "key", workspaceId: key.workspaceId, memberId: null, keyId: key.id, role: null, abilities: new Set(key.abilities) };
};

export const peopleModule = defineModule({
  name: "people",
  routes: [...sessionsRoutes, ...membersRoutes, ...teamsRoutes, ...keysRoutes],
  abilities: [...membersAbilities, ...teamsAbilities, ...keysAbilities],
  errors: [...peopleErrors.list, ...teamErrors.list],
  listeners: teamsListeners,
  jobs: sessionsJobs,
  schedules: sessionsSchedules,
  authenticate,
});
