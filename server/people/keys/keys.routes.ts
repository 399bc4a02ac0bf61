import { z } from "zod";
import { defineAbilities } from "#platform/access";
import { defineRoute } from "#platform/http";
import { abilityItem, createdKey, keyItem, newKey } from "./keys.contract.ts";
import { listKeys } from "./keys.queries.ts";
import { createKey, revokeKey } from "./keys.ts";

export const keysAbilities = defineAbilities("keys", {
  "keys.read": { meaning: "See API keys and write keys", roles: ["owner", "admin"] },
  "keys.change": { meaning: "Make and revoke keys", roles: ["owner", "admin"] },
});

export const keysRoutes = [
  defineRoute({
    method: "GET",
    url: "/api/keys",
    summary: "API keys and write keys, newest first",
    tag: "people",
    access: { ability: "keys.read" },
    reply: z.object({ items: z.array(keyItem) }),
    answer: async ({ actor, services }) => {
      const rows = await listKeys(services.db, actor.workspaceId);
      return {
        items: rows.map(({ workspaceId: _, ...row }) => ({
          ...row,
          createdAt: row.createdAt.toISOString(),
          lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
          revokedAt: row.revokedAt?.toISOString() ?? null,
        })),
      };
    },
  }),
  defineRoute({
    method: "GET",
    url: "/api/abilities",
    summary: "Everything a key can be allowed to do",
    tag: "people",
    access: { ability: "keys.read" },
    reply: z.object({ items: z.array(abilityItem) }),
    answer: async ({ actor, services }) => ({
      items: services.abilities.filter(({ ability }) => actor.abilities.has(ability)).map(({ ability, feature, meaning }) => ({ ability, feature, meaning })),
    }),
  }),
  defineRoute({
    method: "POST",
    url: "/api/keys",
    summary: "Make a key; its token is shown once",
    tag: "people",
    access: { ability: "keys.change" },
    body: newKey,
    reply: createdKey,
    status: 201,
    answer: async ({ actor, services, body }) => {
      const { id, token, shown } = await createKey(services, actor, body);
      const now = services.clock.now().toISOString();
      return { id, kind: body.kind, name: body.name, shown, abilities: body.abilities, createdAt: now, lastUsedAt: null, revokedAt: null, token };
    },
  }),
  defineRoute({
    method: "DELETE",
    url: "/api/keys/:id",
    summary: "Revoke a key for good",
    tag: "people",
    access: { ability: "keys.change" },
    params: z.object({ id: z.uuid() }),
    reply: z.undefined(),
    status: 204,
    answer: async ({ actor, services, params }) => {
      await revokeKey(services, actor, params.id);
      return undefined;
    },
  }),
];
