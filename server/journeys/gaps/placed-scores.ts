// Where what was scored or said took place: a shop, a branch. Messages say so, so they are looked up in the record.
import { listInteractionsById } from "#customers";
import type { Services } from "#platform/services";
import { sumsOf, type CustomerSums } from "../definitions/sums.rules.ts";
import { listEntries } from "../places/places.queries.ts";
import { nameSightings } from "../places/sightings.rules.ts";
import type { JourneySelection } from "../paths/selection.queries.ts";
import { listSaid, type SaidAsked, type SaidAt } from "./placed-scores.queries.ts";

const SCORES = { what: "scores", touchpoints: null, perTouchpoint: 1_000, most: 10_000 } as const;
const COMMENTS_PER_TOUCHPOINT = 200;
const COMMENTS_MAX = 2_000;
const FACTS_AT_ONCE = 1_000;

export type PlacedScores = { scores: { touchpoint: string; place: string; sums: CustomerSums }[]; looked: number; known: number };

/** The latest scores of each touchpoint by place, as far as the place is known. */
export const listPlacedScores = async (services: Services, selection: JourneySelection): Promise<PlacedScores> => {
  const { said, places } = await placeSaid(services, selection, SCORES);
  const known = said.flatMap(({ id, touchpoint, score, customer }, at) => {
    const place = places[at] ?? null;
    // Whoever is not known may be anybody.
    return place === null || score === null ? [] : [{ touchpoint, place, score, who: customer ?? id }];
  });
  const grouped = Map.groupBy(known, ({ touchpoint, place }) => JSON.stringify([touchpoint, place]));
  const scores = [...grouped.values()].flatMap((own) => own.slice(0, 1).map(({ touchpoint, place }) => {
    const spoken = [...Map.groupBy(own, ({ who }) => who).values()].map(({ length }) => length);
    return { touchpoint, place, sums: { ...sumsOf(own.map(({ score }) => score)), spokenSquares: spoken.reduce((sum, times) => sum + times ** 2, 0) } };
  }));
  return { scores, looked: said.length, known: known.length };
};

/** The places of negative comments at some touchpoints, by the comment. */
export const listPlacesOfComments = async (services: Services, selection: JourneySelection, touchpoints: readonly string[]): Promise<Map<string, string>> => {
  if (touchpoints.length === 0) return new Map();
  const { said, places } = await placeSaid(services, selection, { what: "comments", touchpoints, perTouchpoint: COMMENTS_PER_TOUCHPOINT, most: COMMENTS_MAX });
  return new Map(said.flatMap(({ id }, at): [string, string][] => (typeof places[at] === "string" ? [[id, places[at]]] : [])));
};

const placeSaid = async ({ db, analytics }: Services, selection: JourneySelection, asked: SaidAsked): Promise<{ said: SaidAt[]; places: (string | null)[] }> => {
  const said = await listSaid(analytics, selection, asked);
  const ids = [...new Set(said.flatMap(({ facts }) => facts))];
  const found: Awaited<ReturnType<typeof listInteractionsById>> = [];
  for (let start = 0; start < ids.length; start += FACTS_AT_ONCE) for (const one of await listInteractionsById(db, selection.workspaceId, ids.slice(start, start + FACTS_AT_ONCE))) found.push(one);
  const entries = await listEntries(db, selection.workspaceId, "place");
  const named = nameSightings(found, "place", entries, entries.flatMap(({ field }) => (field === null ? [] : [field])));
  const placeOf = new Map(found.map(({ id }, at) => [id, named[at] ?? null]));
  return { said, places: said.map(({ facts }) => facts.map((id) => placeOf.get(id) ?? null).find((place) => place !== null) ?? null) };
};
