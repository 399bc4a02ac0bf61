// What figures can be narrowed to: everything that is known, not only what a few answers name.
import { z } from "zod";
import { listPersonaNames, listSegmentNames, searchTraitValues } from "#customers";
import { listAllSurveyNames } from "#feedback";
import { listNamedThings, listTouchpoints } from "#journeys";
import { listNamedMembers, listTeamRows } from "#people";
import { keepReadings } from "#platform/db";
import type { Services } from "#platform/services";
import { labelGroups } from "./breakdown.ts";
import type { KnownBy, KnownValue, knownValuesQuery, KnownValuesReply } from "./known-values.contract.ts";
import { listSeenNames } from "./known-values.queries.ts";

const NAMED_MAX = 10_000;
// All facts are looked through for it, and what is new may wait that long to be chosen.
const keepSeen = keepReadings<string[]>({ ms: 20_000, most: 200 });

/** Values of one filter, as many as are asked for, with the names of those that were chosen before. */
export const listKnownValues = async (services: Services, workspaceId: string, query: z.output<typeof knownValuesQuery>): Promise<KnownValuesReply> => {
  const { by, chosen = [], limit } = query;
  const found = await listNames(services, workspaceId, query);
  const labels = await labelsOf(services, workspaceId, by, chosen);
  return {
    items: found.slice(0, limit),
    chosen: chosen.map((value) => (value === "" ? { value: null, label: null } : { value, label: labels.get(value) ?? value })),
    isMore: found.length > limit,
  };
};

type Wanted = { by: KnownBy; search: string; limit: number };

const listNames = async (services: Services, workspaceId: string, wanted: Wanted): Promise<KnownValue[]> => {
  const { by, search, limit } = wanted;
  const { db } = services;
  const named = (rows: readonly { id: string; name: string }[]): KnownValue[] => rows.filter(({ name }) => isLike(name, search)).slice(0, limit + 1).map(({ id, name }) => ({ value: id, label: name }));
  switch (by) {
    case "survey":
      return named(await listAllSurveyNames(db, workspaceId, NAMED_MAX));
    case "segment":
      return named(await listSegmentNames(db, workspaceId, NAMED_MAX));
    case "persona":
      return named(await listPersonaNames(db, workspaceId, NAMED_MAX));
    // Whoever is in no team, and what nobody served, can be chosen as well.
    case "team":
      return [...named(await listTeamRows(db, workspaceId)), ...unnamed(search)];
    case "member":
      return [...named(await listNamedMembers(db, workspaceId)), ...unnamed(search)];
    case "touchpoint":
    case "channel":
    case "stage":
    case "environment":
    case "product":
    case "source":
    case "department":
      return listPlaces(services, workspaceId, { ...wanted, by });
    default: {
      const name = by.slice("trait:".length);
      const values = await keepSeen(db, JSON.stringify([workspaceId, by, limit, search]), () => searchTraitValues(db, workspaceId, { name, search, limit: limit + 1 }));
      return values.map((value) => ({ value, label: value }));
    }
  }
};

type Place = "touchpoint" | "channel" | "stage" | "environment" | "product" | "source" | "department";

const listPlaces = async (services: Services, workspaceId: string, { by, search, limit }: Wanted & { by: Place }): Promise<KnownValue[]> => {
  const seen = await keepSeen(services.db, JSON.stringify([workspaceId, by, limit, search]), () => listSeenNames(services.analytics, workspaceId, { by, search, limit: limit + 1 }));
  const registered = seen.length > limit ? [] : (await listRegistered(services, workspaceId, by)).filter((name) => isLike(name, search));
  return [...new Set([...seen, ...registered])].map((name) => (name === "" ? { value: null, label: null } : { value: name, label: name }));
};

/** Names of the register, met or not. */
const listRegistered = async ({ db }: Services, workspaceId: string, by: Place): Promise<string[]> => {
  if (by === "product") return (await listNamedThings(db, workspaceId)).filter(({ kind }) => kind === "product").map(({ name }) => name);
  if (by === "source" || by === "department") return [];
  const touchpoints = await listTouchpoints(db, workspaceId);
  return touchpoints.flatMap((one) => (by === "touchpoint" ? one.name : one[by]) ?? []).filter((name) => name !== "");
};

const labelsOf = async (services: Services, workspaceId: string, by: KnownBy, chosen: readonly string[]): Promise<Map<string, string>> => {
  if (chosen.length === 0) return new Map();
  if (by === "segment" || by === "persona") return new Map((await listSegmentNames(services.db, workspaceId, NAMED_MAX)).map(({ id, name }) => [id, name]));
  return labelGroups(services, workspaceId, by, by === "survey" || by === "team" || by === "member" ? chosen.filter((id) => z.uuid().safeParse(id).success) : chosen);
};

const isLike = (name: string, search: string): boolean => name.toLowerCase().includes(search.toLowerCase());

const unnamed = (search: string): KnownValue[] => (search === "" ? [{ value: null, label: null }] : []);
