export { createWorkspace } from "./workspaces.ts";
export { findWorkspace, deleteWorkspace, listWorkspaces } from "./workspaces.queries.ts";
export type { Workspace } from "./workspaces.queries.ts";
