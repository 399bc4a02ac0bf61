// A key may read maps, paths or gaps without having been trusted with who customers are and what they wrote.
import { can, type Actor } from "#platform/access";
import { httpErrors } from "#platform/http";
import type { PathQuery } from "./paths.contract.ts";

export const mayName = (actor: Actor): boolean => can(actor, "customers.read");
/** Words as they were written tell who wrote them: what is personal in them is known only where comments are read. */
export const mayQuote = (actor: Actor): boolean => can(actor, "comments.read") && mayName(actor);

/** For what needs more than the ability its route asks for.
 *  @throws not_allowed */
export const requireAbility = (actor: Actor, ability: string): void => {
  if (!can(actor, ability)) throw httpErrors.refuse("not_allowed", `This also needs the ability "${ability}", which you do not have here. Ask an admin of the workspace.`, { ability });
};

/** Whose paths carry an address or a plan tells who somebody is: asking for it is reading customers.
 *  @returns the query as it was given
 *  @throws not_allowed */
export const requireTrust = <Asked extends Pick<PathQuery, "property" | "trait">>(actor: Actor, query: Asked): Asked => {
  if (query.trait !== undefined || query.property !== undefined) requireAbility(actor, "customers.read");
  return query;
};
