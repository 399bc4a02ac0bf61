import { type AppError, defineErrors, httpErrors } from "#platform/http";

export const dashboardErrors = defineErrors("dashboards", {
  dashboard_limit: { status: 409, meaning: "The workspace has 500 dashboards already, or 100 of them belong to you. Delete some first." },
  dashboard_changed: { status: 409, meaning: "Somebody else changed the dashboard meanwhile; `details` says who, when and to which version. Load it again, or save yours as a copy." },
  dashboard_template_unknown: { status: 400, meaning: "There is no template with this id; GET /api/dashboard-templates lists them." },
  dashboard_not_changeable: { status: 403, meaning: "Whose dashboard it is keeps changing it, and giving it outside, to themselves; who sees it is said by them, and by owners and admins of the workspace." },
  dashboard_not_yours: { status: 403, meaning: "Only whose dashboard it is keeps it to themselves; owners and admins of the workspace may let teams or roles see it." },
  dashboard_access_empty: { status: 400, meaning: "A dashboard seen by some names no team and no role." },
  dashboard_team_unknown: { status: 400, meaning: "One of the teams that are to see a dashboard is not of this workspace." },
  dashboard_tile_twice: { status: 400, meaning: "Two tiles of the dashboard have the same id." },
});

export const boardNotFound = (): AppError => httpErrors.refuse("not_found", "There is no such dashboard in this workspace.");
