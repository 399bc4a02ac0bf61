import { z } from "zod";
import { defineAbilities } from "#platform/access";
import { defineRoute } from "#platform/http";
import { requireTrust } from "#customers";
import { getDiscovery, startDiscovery } from "./discoveries.ts";
import { listThemes } from "./theme-list.ts";
import { changedTheme, discovery, mergingBody, newThemeBody, themeBody, themesQuery, themesReply } from "./themes.contract.ts";
import { changeTheme, makeTheme, mergeTheme, removeTheme, unmergeTheme } from "./themes.ts";

export const themesAbilities = defineAbilities("themes", {
  "themes.edit": { meaning: "Name, merge, hide and make themes of comments, and look for them anew", roles: ["owner", "admin", "manager"] },
});

const tag = "themes";
const canRead = { ability: "comments.read" };
const canEdit = { ability: "themes.edit" };
const params = z.object({ id: z.uuid() });

export const themesRoutes = [
  defineRoute({
    method: "GET", url: "/api/themes", tag, access: canRead, query: themesQuery, reply: themesReply,
    summary: "What comments are about: themes with size, feeling, unmet needs, change, what rises, and three quotes each",
    answer: ({ actor, services, query }) => listThemes(services, actor.workspaceId, requireTrust(actor, query)),
  }),
  defineRoute({
    method: "POST", url: "/api/themes", tag, access: canEdit, body: newThemeBody, status: 201, reply: changedTheme,
    summary: "Make a theme of words; comments get it in the background",
    answer: ({ actor, services, body }) => makeTheme(services, actor, body),
  }),
  defineRoute({
    method: "PATCH", url: "/api/themes/:id", tag, access: canEdit, params, body: themeBody, reply: changedTheme,
    summary: "Name a theme, hide it or keep it",
    answer: ({ actor, services, params: { id }, body }) => changeTheme(services, actor, id, body),
  }),
  defineRoute({
    method: "DELETE", url: "/api/themes/:id", tag, access: canEdit, params, status: 204, reply: z.undefined(),
    summary: "Remove a theme that a person made",
    answer: ({ actor, services, params: { id } }) => removeTheme(services, actor, id).then(() => undefined),
  }),
  defineRoute({
    method: "POST", url: "/api/themes/:id/merging", tag, access: canEdit, params, body: mergingBody, reply: changedTheme,
    summary: "Merge a theme into another one",
    answer: ({ actor, services, params: { id }, body: { into } }) => mergeTheme(services, actor, id, into),
  }),
  defineRoute({
    method: "DELETE", url: "/api/themes/:id/merging", tag, access: canEdit, params, reply: changedTheme,
    summary: "Take a merging back",
    answer: ({ actor, services, params: { id } }) => unmergeTheme(services, actor, id),
  }),
  defineRoute({
    method: "POST", url: "/api/theme-discoveries", tag, access: canEdit, status: 201, reply: discovery,
    summary: "Look for themes in all comments anew; gives the search that runs already, if one does",
    answer: ({ actor, services }) => startDiscovery(services, actor),
  }),
  defineRoute({
    method: "GET", url: "/api/theme-discoveries/:id", tag, access: canRead, params, reply: discovery,
    summary: "How far a search for themes is",
    answer: ({ actor, services, params: { id } }) => getDiscovery(services, actor.workspaceId, id),
  }),
];
