import { useQuery } from "@tanstack/react-query";
import { type Choices, failureOf, withChosen } from "../ui/choices.ts";
import { membersQuery, useMembers } from "./members/members.data.ts";

/** The names of the members by their id, for lists that name who did something. */
export const useMemberNames = (): ReadonlyMap<string, string> =>
  new Map((useMembers().data?.items ?? []).map(({ id, name }) => [id, name]));

/** Members to choose from, such as the owner of something, and the one chosen, who may have left.
 *  @param name of the one chosen, where it is known */
export const useMemberChoices = (chosen: string | null | undefined, name?: string | null): Choices => {
  const { data, error } = useQuery({ ...membersQuery, retry: false });
  const names = new Map(typeof chosen === "string" && typeof name === "string" ? [[chosen, name]] : []);
  return { choices: withChosen(data?.items.map((one) => ({ value: one.id, label: one.name })), [chosen], names), failure: failureOf(error) };
};
