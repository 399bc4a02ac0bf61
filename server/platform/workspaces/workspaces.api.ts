export { createWorkspace } from "./workspaces.ts";
export { deleteWorkspace, findWorkspace, listWorkspaces, saveSetUpToken } from "./workspaces.queries.ts";
export type { Workspace } from "./workspaces.queries.ts";
