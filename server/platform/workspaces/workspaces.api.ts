export { createWorkspace } from "./workspaces.ts";
export { deleteWorkspace, findWorkspace, keepWorkspace, listWorkspaces, lockWorkspace, saveSetUpToken, updateWorkspace } from "./workspaces.queries.ts";
export type { Workspace } from "./workspaces.queries.ts";
