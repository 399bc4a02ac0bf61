import { can, type Actor } from "../access/access.api.ts";
import { httpErrors } from "./errors.ts";

/** For what somebody asks for: by a route, or by what they ask it for.
 *  @throws not_allowed */
export const requireAbility = (actor: Actor, ability: string): void => {
  if (!can(actor, ability)) throw httpErrors.refuse("not_allowed", `This needs the ability "${ability}", which you do not have here. Ask an admin of the workspace.`, { ability });
};
