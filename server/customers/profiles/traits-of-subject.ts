import type { Queryable } from "#platform/db";
import { parseSubject } from "../identity/identifiers.rules.ts";
import { listNewestTraits } from "./traits.queries.ts";

/** What is known of a person now, by any of their identifiers.
 *  @param subject such as "user:42"; null is nobody
 *  @param names the traits wanted, nothing else is looked up
 *  @returns single values only: lists and objects are left out */
export const listTraitsOfSubject = async (
  db: Queryable,
  workspaceId: string,
  subject: string | null,
  names: readonly string[],
): Promise<Record<string, string | number | boolean>> => {
  const identifier = subject === null ? null : parseSubject(subject);
  const traits = await listNewestTraits(db, workspaceId, identifier, names);
  return Object.fromEntries(traits.flatMap(({ name, value }): [string, string | number | boolean][] =>
    typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? [[name, value]] : []));
};
