// Who is told of customers. A key may read figures, comments and outcomes without having been trusted with who customers are and what they
// wrote of themselves: whatever names them, lists them or is narrowed by what they are asks here first.
import { can, type Actor } from "#platform/access";
import { httpErrors } from "#platform/http";

/** Whether somebody may see who customers are: names, ids, and texts with the personal data in them. */
export const maySeeCustomers = (actor: Actor): boolean => can(actor, "customers.read");

/** For what is about single customers as a whole.
 *  @throws not_allowed */
export const requireCustomers = (actor: Actor): void => {
  if (!maySeeCustomers(actor)) throw httpErrors.refuse("not_allowed", "This also needs the ability \"customers.read\", which you do not have here. Ask an admin of the workspace.", { ability: "customers.read" });
};

type ByTraits = { trait?: unknown; by?: unknown; split?: unknown; adjust?: unknown; duration?: unknown; leftTrait?: unknown };

/** Whether something is narrowed, split or adjusted by traits of customers: an address is a trait too, and a score of whoever has it is that person's. */
export const asksTraits = ({ trait, by, split, adjust, duration, leftTrait }: ByTraits): boolean =>
  [trait, adjust, duration, leftTrait].some((given) => given !== undefined) || [by, split].some((given) => typeof given === "string" && given.startsWith("trait:"));

/** Asking for traits is reading customers.
 *  @returns the question as it was given
 *  @throws not_allowed */
export const requireTrust = <Asked extends object>(actor: Actor, asked: Asked & ByTraits): Asked => {
  if (asksTraits(asked)) requireCustomers(actor);
  return asked;
};
