import { defineAbilities } from "../access/access.api.ts";
import { recordAudit } from "../audit/audit.api.ts";
import { transaction } from "../db/db.api.ts";
import { publish } from "../events/events.api.ts";
import { httpErrors } from "../http/errors.ts";
import { defineRoute } from "../http/http.api.ts";
import type { Services } from "../services/services.api.ts";
import { workspaceChange, workspaceDetail } from "./workspaces.contract.ts";
import type { WorkspaceDetail } from "./workspaces.contract.ts";
import { findWorkspace, lockWorkspace, updateWorkspace } from "./workspaces.queries.ts";

export const workspacesAbilities = defineAbilities("workspaces", {
  "workspace.read": { meaning: "See the workspace's settings", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "workspace.change": { meaning: "Change the workspace's name and settings", roles: ["owner", "admin"] },
});

const showWorkspace = async (services: Services, id: string): Promise<WorkspaceDetail> => {
  const workspace = await findWorkspace(services.db, id);
  if (workspace === null) throw httpErrors.refuse("not_found", "This workspace has been deleted.");
  const { secret: _, ...shown } = workspace;
  return { ...shown, createdAt: workspace.createdAt.toISOString() };
};

export const workspacesRoutes = [
  defineRoute({
    method: "GET",
    url: "/api/workspace",
    summary: "The workspace of this session or key",
    tag: "platform",
    access: { ability: "workspace.read" },
    reply: workspaceDetail,
    answer: ({ actor, services }) => showWorkspace(services, actor.workspaceId),
  }),
  defineRoute({
    method: "PATCH",
    url: "/api/workspace",
    summary: "Change name or time zone",
    tag: "platform",
    access: { ability: "workspace.change" },
    body: workspaceChange,
    reply: workspaceDetail,
    answer: async ({ actor, services, body }) => {
      await transaction(services.db, async (tx) => {
        const before = await lockWorkspace(tx, actor.workspaceId);
        await updateWorkspace(tx, actor.workspaceId, body);
        if (body.timeZone !== undefined && body.timeZone !== before?.timeZone) await publish(tx, { name: "workspace.zone_changed", workspaceId: actor.workspaceId, payload: {} });
        await recordAudit(tx, actor, { action: "workspace.changed", subject: actor.workspaceId, details: body });
      });
      return showWorkspace(services, actor.workspaceId);
    },
  }),
];
