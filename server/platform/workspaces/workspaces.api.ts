export { createWorkspace } from "./workspaces.ts";
export { deleteWorkspace, findWorkspace, listWorkspaces, saveSetUpToken, updateWorkspace } from "./workspaces.queries.ts";
export type { Workspace } from "./workspaces.queries.ts";
