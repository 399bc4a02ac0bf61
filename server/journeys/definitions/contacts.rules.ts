// What counts as turning to the organisation for help.
import { guessKind } from "../touchpoints/guess.rules.ts";
import type { Touchpoint, TouchpointKind } from "../touchpoints/touchpoints.contract.ts";

type Registered = Pick<Touchpoint, "name" | "kind" | "initiator">;
export type Kinds = { kindOf: (touchpoint: string) => TouchpointKind; isContact: (touchpoint: string) => boolean };

/** What touchpoints are, by the register, and where it is silent by their names.
 *  A contact is support that a customer turns to: a visit to the shop is no effort of that sort, and what the organisation starts itself
 *  (a call back) asks nothing of anybody. */
export const tellKinds = (register: readonly Registered[]): Kinds => {
  const byName = new Map(register.map((touchpoint) => [touchpoint.name, touchpoint]));
  const kindOf = (name: string): TouchpointKind => byName.get(name)?.kind ?? guessKind(name);
  return { kindOf, isContact: (name) => kindOf(name) === "support" && byName.get(name)?.initiator !== "organisation" };
};
