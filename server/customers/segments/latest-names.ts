// What the latest interactions are called: each is named once, however many ask.
import type { Naming } from "../experience/experience.contract.ts";
import type { ArrivalPlace, LatestInteraction } from "../interactions/interactions.queries.ts";
import type { NamedInteraction } from "./touchpoint-names.rules.ts";

type Arrival = LatestInteraction & ArrivalPlace;
type Kept = { workspaceId: string; last: ArrivalPlace; named: readonly NamedInteraction[] };

// A register that changed comes as another naming, and what was named by the former one goes with it.
const kept = new WeakMap<Naming, Kept>();

/** The latest interactions with the touchpoints that a naming gives them, the latest first.
 *  @param given.listArrivals those after a place, the latest first; only what came since the last question is asked for
 *  @param given.most so many are looked at */
export const nameLatest = async (naming: Naming, given: { workspaceId: string; most: number; listArrivals: (after: ArrivalPlace) => Promise<readonly Arrival[]> }): Promise<readonly NamedInteraction[]> => {
  const { workspaceId, most, listArrivals } = given;
  const found = kept.get(naming);
  const before = found?.workspaceId === workspaceId ? found : null;
  const arrived = await listArrivals(before?.last ?? { xid: "0", seq: 0 });
  const [latest] = arrived;
  if (latest === undefined) return before?.named ?? [];
  const fresh = arrived.filter(({ type }) => !["identify", "group", "alias"].includes(type)).map((interaction) => ({ name: interaction.name, touchpoint: naming(interaction).touchpoint }));
  const named = [...fresh, ...(before?.named ?? [])].slice(0, most);
  kept.set(naming, { workspaceId, last: { xid: latest.xid, seq: latest.seq }, named });
  return named;
};
