import { z } from "zod";
import { defineAbilities } from "#platform/access";
import { defineRoute, requireAbility } from "#platform/http";
import type { Actor } from "#platform/access";
import { measureBoard, measureTilesFor } from "./board-numbers.ts";
import { boardAccess, boardsReply, ownedBoard } from "./board-access.contract.ts";
import { requireBoard } from "./board-access.ts";
import { createBoardBody, orderBody, saveBoardBody, templatesReply } from "./dashboards.contract.ts";
import { bringBack, createBoard, deleteBoard, duplicateBoard, listAllBoards, orderAllBoards, saveBoard, setAccess, showBoard } from "./dashboards.ts";
import { listTemplates } from "./templates.ts";
import { askedOfBoard, askedOfTiles, boardNumbers } from "./tiles.contract.ts";
import { listVocabulary } from "./vocabulary.ts";

export const dashboardsAbilities = defineAbilities("dashboards", {
  "dashboards.read": { meaning: "See dashboards", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "dashboards.edit": { meaning: "Make, change, order and delete dashboards", roles: ["owner", "admin", "manager"] },
  "dashboards.share": { meaning: "Give a dashboard to people outside: by a link, or by mail on certain days", roles: ["owner", "admin", "manager"] },
});

const tag = "dashboards";
const canRead = { ability: "dashboards.read" };
const canEdit = { ability: "dashboards.edit" };
const params = z.object({ id: z.uuid() });

// Who may see a board but no metrics is refused here, so that tiles are no way around.
const requireMetrics = (actor: Actor): void => requireAbility(actor, "metrics.read");

export const dashboardsRoutes = [
  defineRoute({
    method: "GET", url: "/api/dashboards", summary: "Dashboards that you may see, in the order members gave them", tag, access: canRead, reply: boardsReply,
    answer: async ({ actor, services }) => ({ items: await listAllBoards(services, actor) }),
  }),
  defineRoute({
    method: "GET", url: "/api/dashboard-templates", summary: "Dashboards to start from, and what tiles can show", tag, access: canRead, reply: templatesReply,
    answer: async ({ actor, services }) => ({ items: listTemplates(), ...(await listVocabulary(services, actor.workspaceId)) }),
  }),
  defineRoute({
    method: "POST", url: "/api/dashboards", summary: "Make a dashboard: from tiles, from a template, or empty", tag, access: canEdit, body: createBoardBody, status: 201, reply: ownedBoard,
    answer: ({ actor, services, body }) => createBoard(services, actor, body),
  }),
  defineRoute({
    method: "PUT", url: "/api/dashboards/order", summary: "Put dashboards in order", tag, access: canEdit, body: orderBody, status: 204, reply: z.undefined(),
    answer: ({ actor, services, body }) => orderAllBoards(services, actor, body.ids).then(() => undefined),
  }),
  defineRoute({
    method: "POST", url: "/api/dashboards/data", summary: "The numbers of tiles that need not belong to a dashboard", tag, access: canRead, body: askedOfTiles, reply: boardNumbers,
    answer: ({ actor, services, body }) => {
      requireMetrics(actor);
      return measureTilesFor(services, actor, body);
    },
  }),
  defineRoute({
    method: "GET", url: "/api/dashboards/:id", summary: "One dashboard with its tiles", tag, access: canRead, params, reply: ownedBoard,
    answer: ({ actor, services, params: { id } }) => showBoard(services, actor, id),
  }),
  defineRoute({
    method: "PATCH", url: "/api/dashboards/:id", summary: "Change a dashboard, unless somebody else did meanwhile", tag, access: canEdit, params, body: saveBoardBody, reply: ownedBoard,
    answer: ({ actor, services, params: { id }, body }) => saveBoard(services, actor, id, body),
  }),
  defineRoute({
    method: "DELETE", url: "/api/dashboards/:id", summary: "Delete a dashboard; it can be brought back for thirty days", tag, access: canEdit, params, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params: { id } }) => deleteBoard(services, actor, id).then(() => undefined),
  }),
  defineRoute({
    method: "POST", url: "/api/dashboards/:id/restoration", summary: "Bring a deleted dashboard back", tag, access: canEdit, params, reply: ownedBoard,
    answer: ({ actor, services, params: { id } }) => bringBack(services, actor, id),
  }),
  defineRoute({
    method: "PUT", url: "/api/dashboards/:id/access", summary: "Say who of the workspace sees a dashboard, and who changes it", tag, access: canEdit, params, body: boardAccess, reply: ownedBoard,
    answer: ({ actor, services, params: { id }, body }) => setAccess(services, actor, id, body),
  }),
  defineRoute({
    method: "POST", url: "/api/dashboards/:id/copies", summary: "Make a dashboard with the same tiles", tag, access: canEdit, params, status: 201, reply: ownedBoard,
    answer: ({ actor, services, params: { id } }) => duplicateBoard(services, actor, id),
  }),
  defineRoute({
    method: "POST", url: "/api/dashboards/:id/data", summary: "The numbers of all tiles, with the filters above the dashboard", tag, access: canRead, params, body: askedOfBoard, reply: boardNumbers,
    answer: async ({ actor, services, params: { id }, body }) => {
      requireMetrics(actor);
      await requireBoard(services, actor, { id, to: "see" });
      return measureBoard(services, actor, id, body);
    },
  }),
];
