// From a request to what the queries of paths understand.
import { listCustomerIdsWithTrait, listPropertyOfInteractions } from "#customers";
import { keepReadings } from "#platform/db";
import { defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import type { PathCut, PathFilters, PathQuery } from "./paths.contract.ts";
import { JOURNEY_PEOPLE_MAX, journeySelectionErrors, readJourneySelection } from "./selection.ts";
import type { JourneySelection } from "./selection.queries.ts";
import { areStepsKept, hasInteractionsBefore, isOfStoredSteps, listStepIds } from "./steps.queries.ts";
import type { Marks, Objects, PathsAsked } from "./steps.queries.ts";

export const pathErrors = defineErrors("paths", {
  path_cut_unclear: { status: 400, meaning: "Paths cut by object need the name of a property, paths cut by touchpoint one that begins or ends them." },
  path_filter_unclear: { status: 400, meaning: "A filter of paths is half given: followsFirst and followsThen belong together." },
  path_objects_too_many: { status: 400, meaning: "Paths by object or with a property are worked out for at most 200,000 interactions and 500,000 values, because properties are kept with the records alone. Choose a shorter period." },
  path_funnel_unclear: { status: 400, meaning: "A funnel needs two to ten steps." },
});

/** @throws path_cut_unclear, path_filter_unclear, path_objects_too_many, and what `readJourneySelection` throws */
export const readPathsAsked = async (services: Services, workspaceId: string, query: PathQuery): Promise<PathsAsked> => {
  const cut = readCut(query);
  const filters = readFilters(query);
  const selection = await narrowToTraits(services, (await readJourneySelection(services, workspaceId, query)).selection, query.trait ?? []);
  const marks = await readMarks(services, selection, query.property ?? []);
  const asked = { selection, level: query.level, cut, filters, objects: null, marks, isStored: false, isPreceded: false };
  if (cut.by === "object") return { ...asked, objects: await readObjects(services, selection, cut.property) };
  if (!isOfStoredSteps(asked) || !(await areStepsKept(services.analytics, workspaceId))) return asked;
  return { ...asked, isStored: true, isPreceded: await hasInteractionsBefore(services.analytics, workspaceId, selection.fromMs) };
};

const readCut = ({ cut, gapMinutes, object, start, end }: PathQuery): PathCut => {
  switch (cut) {
    case "customer":
      return { by: cut };
    case "session":
      return { by: cut, gapS: gapMinutes * 60 };
    case "object":
      if (object === undefined) throw pathErrors.refuse("path_cut_unclear", "Name the property that tells objects apart, such as order_id.");
      return { by: cut, property: object };
    case "touchpoint":
      if (start === undefined && end === undefined) throw pathErrors.refuse("path_cut_unclear", "Name what begins a path, or what ends it.");
      return { by: cut, starts: start ?? [], ends: end ?? [] };
  }
};

const readFilters = (query: PathQuery): PathFilters => {
  const { startsWith, endsWith, passes, avoids, variant, followsFirst: first, followsThen: then } = query;
  if ((first === undefined) !== (then === undefined)) throw pathErrors.refuse("path_filter_unclear", "Name both what comes first and what follows it.");
  return {
    startsWith, endsWith, passes, avoids, variant, properties: query.property,
    repeats: query.repeats === undefined ? undefined : { name: query.repeats, times: query.repeatsTimes },
    follows: first === undefined || then === undefined ? undefined : { first, then, isDirect: query.followsHow === "directly", withinS: query.followsWithinS ?? null },
  };
};

// The parts of a screen ask within a moment of each other.
const keepHolders = keepReadings<readonly string[]>({ ms: 3_000, most: 20 });

/** Only customers of whom every trait says what is asked for. */
const narrowToTraits = async (services: Services, selection: JourneySelection, traits: readonly string[]): Promise<JourneySelection> => {
  const { workspaceId } = selection;
  let customers = selection.customers;
  for (const trait of traits) {
    const holders = await keepHolders(services.db, JSON.stringify([workspaceId, trait]), () => listCustomerIdsWithTrait(services.db, workspaceId, readAttribute(trait), JOURNEY_PEOPLE_MAX + 1));
    if (holders.length > JOURNEY_PEOPLE_MAX) throw journeySelectionErrors.refuse("journey_people_too_many", `More than ${JOURNEY_PEOPLE_MAX} customers have "${trait}". Ask for a trait that fewer have.`);
    const found = new Set(holders);
    customers = customers === null ? holders : customers.filter((id) => found.has(id));
  }
  return { ...selection, customers };
};

const readMarks = async (services: Services, selection: JourneySelection, properties: readonly string[]): Promise<Marks[]> => {
  const marks: Marks[] = [];
  for (const property of properties) {
    const { name, value } = readAttribute(property);
    const { ids, values } = await readObjects(services, selection, name);
    marks.push({ ids: ids.filter((_, at) => values[at] === value) });
  }
  return marks;
};

const readAttribute = (attribute: string): { name: string; value: string } => {
  const at = attribute.indexOf("=");
  return { name: attribute.slice(0, at).trim(), value: attribute.slice(at + 1).trim() };
};

const OBJECTS_MAX = 200_000;
/** An interaction may carry thousands of objects, and all their ids go to the analytics store as one text. */
const VALUES_MAX = 500_000;
const PORTION = 20_000;
// The parts of a screen ask within a moment of each other.
const keepObjects = keepReadings<Objects>({ ms: 5_000, most: 4 });

// Properties are not in the analytics copy, so they are looked up in the record for the interactions in question.
const readObjects = (services: Services, selection: JourneySelection, property: string): Promise<Objects> =>
  keepObjects(services.db, JSON.stringify([selection, property]), async () => {
    const ids = await listStepIds(services.analytics, selection, OBJECTS_MAX + 1);
    if (ids.length > OBJECTS_MAX) throw pathErrors.refuse("path_objects_too_many", `The period holds more than ${OBJECTS_MAX} interactions. Choose a shorter one, a segment or a channel.`);
    const found: { id: string; value: string }[] = [];
    for (let start = 0; start < ids.length; start += PORTION) {
      const room = VALUES_MAX + 1 - found.length;
      for (const one of await listPropertyOfInteractions(services.db, selection.workspaceId, ids.slice(start, start + PORTION), property.split("."), room)) found.push(one);
      if (found.length > VALUES_MAX) throw pathErrors.refuse("path_objects_too_many", `The interactions of the period carry more than ${VALUES_MAX} values of "${property}". Choose a shorter one, a segment or a channel.`);
    }
    return { ids: found.map(({ id }) => id), values: found.map(({ value }) => value) };
  });
