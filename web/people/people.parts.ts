import { useMembers } from "./members/members.data.ts";

/** The names of the members by their id, for lists that name who did something. */
export const useMemberNames = (): ReadonlyMap<string, string> =>
  new Map((useMembers().data?.items ?? []).map(({ id, name }) => [id, name]));
