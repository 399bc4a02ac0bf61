// Who is told of customers. A key may read figures, maps and comments without having been trusted with who customers are and what they wrote
// of themselves: whatever names them, lists them or is narrowed by what they are asks here first.
import { can, type Actor } from "#platform/access";
import { requireAbility } from "#platform/http";

/** Whether somebody may see who customers are: names, ids, and texts with the personal data in them. */
export const maySeeCustomers = (actor: Actor): boolean => can(actor, "customers.read");

/** Words as they were written tell who wrote them: what is personal in them is known only where comments are read. */
export const mayQuote = (actor: Actor): boolean => can(actor, "comments.read") && maySeeCustomers(actor);

type ByTraits = { trait?: unknown; property?: unknown; by?: unknown; split?: unknown; adjust?: unknown; duration?: unknown; leftTrait?: unknown };

/** Whether something is narrowed, split or adjusted by what customers are or did: an address is a trait too, and a score of whoever has it is that person's. */
export const asksTraits = ({ trait, property, by, split, adjust, duration, leftTrait }: ByTraits): boolean =>
  [trait, property, adjust, duration, leftTrait].some((given) => given !== undefined) || [by, split].some((given) => typeof given === "string" && given.startsWith("trait:"));

/** Asking for traits is reading customers.
 *  @returns the question as it was given
 *  @throws not_allowed */
export const requireTrust = <Asked extends object>(actor: Actor, asked: Asked & ByTraits): Asked => {
  if (asksTraits(asked)) requireAbility(actor, "customers.read");
  return asked;
};
