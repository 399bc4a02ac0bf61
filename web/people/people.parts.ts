import { useQuery } from "@tanstack/react-query";
import { membersQuery, useMembers } from "./members/members.data.ts";

/** The names of the members by their id, for lists that name who did something. */
export const useMemberNames = (): ReadonlyMap<string, string> =>
  new Map((useMembers().data?.items ?? []).map(({ id, name }) => [id, name]));

/** Members to choose from, such as the owner of something; none for whoever may not see them. */
export const useMemberChoices = (): readonly { value: string; label: string }[] =>
  useQuery({ ...membersQuery, retry: false }).data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? [];
