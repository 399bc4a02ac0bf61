import { findCustomer, listSpansOfCustomer } from "#customers";
import type { Actor } from "#platform/access";
import type { Services } from "#platform/services";
import { requireAbility } from "#platform/http";
import type { WordsOnMap } from "./words.contract.ts";
import { listMapsHolding } from "./words.queries.ts";
import { findNames, namesToSeek } from "./words.rules.ts";

const MAPS_MAX = 500;
const FOUND_MAX = 200;

/** Where maps name a customer in words that members wrote. Erasing her leaves them as they are: whether "Jo Hill" on a card is she or her namesake only a
 *  member can say, and a word struck out of a sentence by a program may still tell who it was. So they are shown before she is erased.
 *  @throws not_allowed */
export const listWordsAbout = async (services: Services, actor: Actor, customerId: string): Promise<WordsOnMap[]> => {
  requireAbility(actor, "customers.read");
  const { workspaceId } = actor;
  const customer = await findCustomer(services.db, workspaceId, customerId);
  if (customer === null) return [];
  const spans = await listSpansOfCustomer(services.db, workspaceId, customer.id);
  const names = namesToSeek([customer.name, customer.email, ...spans.filter(({ kind }) => kind === "email" || kind === "phone").map(({ value }) => value)]);
  if (names.length === 0) return [];
  return (await listMapsHolding(services.db, workspaceId, names, MAPS_MAX)).flatMap((map) => findNames(map, names)).slice(0, FOUND_MAX);
};
