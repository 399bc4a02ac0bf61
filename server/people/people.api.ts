export { makeSetUpLink } from "./sessions/sessions.ts";
export { findApiKey, findWriteKey } from "./keys/keys.ts";
export { deleteUnusedAccounts, findAccountByEmail, insertAccount, insertMember, listOwnerAccounts, moveSessionsAway } from "./sessions/sessions.queries.ts";
export { createTeam } from "./teams/teams.ts";
export { listNamedMembers, listTeamRows, listTeamsOfMembers } from "./teams/teams.queries.ts";
export { loadStaffing } from "./teams/staffing.ts";
export type { Staffing } from "./teams/staffing.ts";
export { listMembers } from "./members/members.queries.ts";
