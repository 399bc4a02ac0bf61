import { listCommentTexts, listNamesOfCustomers, mayQuote, maySeeCustomers } from "#customers";
import { listTeamRows } from "#people";
import type { Actor } from "#platform/access";
import { keepReadings } from "#platform/db";
import type { Services } from "#platform/services";
import { namesOfMembers } from "../maps/found-map.ts";
import { countPromises } from "../overlays/promises.queries.ts";
import { readWholeStepsOfMaps } from "../maps/details.ts";
import { bindSteps } from "../overlays/spots.rules.ts";
import { measureWaitsOfMaps } from "../overlays/waits.queries.ts";
import { readJourneySelection, showJourneyPeriod, type AskedJourney } from "../paths/selection.ts";
import type { JourneySelection } from "../paths/selection.queries.ts";
import { recallNaming } from "../touchpoints/naming.ts";
import { listTouchpoints } from "../touchpoints/touchpoints.queries.ts";
import { listGapAssignments, maySeeGap } from "./gap-assignments.ts";
import { findBrokenPromises, findGapsOfMaps, findInconsistencies, findUnmetNeeds, listPlanned, type MapMeasured, type PlannedStep, type SideBySide } from "./finding.rules.ts";
import type { Gap, GapKind, GapPlacesQuery, GapPlacesReply, GapsQuery, GapsReply } from "./gaps.contract.ts";
import { listGapWords, listMapDocuments, listNeeds, listReach, listScoreSums, listWordsOf, type ScoreSums, type Word } from "./gaps.queries.ts";
import { isExampleOf, sizeGaps, type FoundGap, type Reach, type SizedGap } from "./gaps.rules.ts";
import { listPlacedScores, listPlacesOfComments } from "./placed-scores.ts";

const GAPS_SHOWN = 200;
const TOUCHPOINTS_SHOWN = 500;
const PLACES_SHOWN = 200;
const WORDS_PER_GAP = 3;
// Some of those found may have been erased a moment ago.
const WORDS_FOUND = 5;
const EXAMPLES_PER_GAP = 3;
/** Customers of a gap who are looked for words of, and of all gaps together. */
const EXAMPLES_FOUND = 20;
const EXAMPLES_MAX = 1_000;
/** Maps of what is whose steps are compared, those changed last. */
const MAPS_COMPARED = 10;
/** Meetings whose order is looked at for one map; beyond, so many customers are left out that about as many remain. */
const MEETINGS_MAX = 100_000;

type ReachOf = (touchpoint: string) => Reach | undefined;
type Counts = Pick<GapsReply, "period" | "customers" | "comments" | "scores" | "maps" | "mapsLeftOut" | "isConsistent" | "placed"> & { leftOut: Omit<GapsReply["leftOut"], "aside"> };
type Sides = Omit<SideBySide, "places"> & { places: (SideBySide["places"][number] & { isOfOneMember: boolean })[] };
type Found = { gaps: SizedGap[]; words: Word[]; counts: Counts; sides: Sides[]; planned: PlannedStep[] };
// Assigning a gap shows the page anew, with other owners and the same figures.
const keepFound = keepReadings<Found>({ ms: 10_000, most: 20 });

/** Where delivery falls short of expectation, the largest first, with who took what on. */
export const listGaps = async (services: Services, actor: Actor, query: GapsQuery): Promise<GapsReply> => {
  const asked = await readJourneySelection(services, actor.workspaceId, query);
  const [{ gaps, words, counts, sides, planned }, assignments] = await Promise.all([recallFound(services, asked, query), listGapAssignments(services, actor)]);
  const assigned = new Map(assignments.map(({ key, id }) => [key, id]));
  const seen = gaps.filter(({ kind, isOfOneMember }) => maySeeGap(actor, { kind, isOfOneMember: isOfOneMember === true, ownerId: null }));
  const shown = seen.slice(0, GAPS_SHOWN);
  const aside = listTouchpointsAside(seenSides(actor, sides), planned);
  const [told, examples] = await Promise.all([
    tellWords(services, actor, shown.map((gap) => words.filter((word) => isExampleOf(word, gap)).slice(0, WORDS_FOUND))), nameExamples(services, actor, shown.map(({ happened }) => happened ?? [])),
  ]);
  return {
    ...counts, assignments, found: seen.length, touchpoints: aside.slice(0, TOUCHPOINTS_SHOWN), leftOut: { ...counts.leftOut, aside: Math.max(0, aside.length - TOUCHPOINTS_SHOWN) },
    items: shown.map(({ whereId: _, matches: __, happened: ___, isOfOneMember = false, ...gap }, at): Gap => ({ ...gap, isOfOneMember, words: told[at] ?? [], examples: examples[at] ?? [], assignmentId: assigned.get(gap.key) ?? null })),
  };
};

/** One touchpoint at all its channels, places, teams and members, and what was planned for it beside what came. */
export const listGapPlaces = async (services: Services, actor: Actor, { touchpoint, ...query }: GapPlacesQuery): Promise<GapPlacesReply> => {
  const asked = await readJourneySelection(services, actor.workspaceId, query);
  const { sides, planned } = await recallFound(services, asked, query);
  const own = seenSides(actor, sides).filter((one) => one.touchpoint === touchpoint);
  return {
    period: showJourneyPeriod(asked.selection),
    comparisons: own.map(({ kind, p, isBeyondChance, places }) => ({
      kind, p, isBeyondChance, count: places.length, places: places.slice(0, PLACES_SHOWN).map(({ name, count, mean, low, high, isCompared }) => ({ name, count, mean, low, high, isCompared })),
    })),
    steps: planned.filter(({ touchpoints }) => touchpoints.includes(touchpoint)).map(({ touchpoints: _, ...step }) => step),
  };
};

const recallFound = (services: Services, asked: AskedJourney, query: GapsQuery): Promise<Found> =>
  keepFound(services.db, JSON.stringify([asked.selection.workspaceId, query, asked.selection.segments]), () => findGaps(services, asked));

/** Without what is said of one member, for those who may not see that; two are needed to lie side by side. */
const seenSides = (actor: Actor, sides: readonly Sides[]): Sides[] =>
  sides
    .map((side) => ({ ...side, places: side.places.filter(({ isOfOneMember }) => maySeeGap(actor, { kind: side.kind, isOfOneMember, ownerId: null })) }))
    .filter(({ places }) => places.length > 1);

/** What can be looked at side by side, the most scores first. */
const listTouchpointsAside = (sides: readonly Sides[], planned: readonly PlannedStep[]): GapsReply["touchpoints"] => {
  const names = [...new Set([...sides.toSorted((one, other) => other.scores - one.scores).map(({ touchpoint }) => touchpoint), ...planned.flatMap(({ touchpoints }) => touchpoints)])];
  const differing = new Set(sides.flatMap(({ touchpoint, isBeyondChance }) => (isBeyondChance ? [touchpoint] : [])));
  return names.map((name) => ({ name, differs: differing.has(name) }));
};

const findGaps = async (services: Services, { selection, timeZone }: AskedJourney): Promise<Found> => {
  const { analytics } = services;
  const { reach, customers, leftOut: touchpointsLeftOut } = await listReach(analytics, selection, services.clock.now().getTime());
  const reachOf: ReachOf = (touchpoint) => reach.get(touchpoint);
  const [{ needs, leftOut: commentsLeftOut }, sums, words, { maps, leftOut }] = [await listNeeds(analytics, selection), await listScoreSums(analytics, selection), await listGapWords(analytics, selection, WORDS_FOUND), await measureMaps(services, selection, reachOf)];
  const promises = await countPromises(analytics, { selection, timeZone, by: "touchpoint", touchpoints: null, examples: EXAMPLES_FOUND });
  const scores = sums.channels.map(({ touchpoint, place, sums: own }) => ({ touchpoint, channel: place, sums: own }));
  const { gaps: differing, teamOf, sides, ...consistency } = await compareAcross(services, selection, sums, reachOf);
  const found = [...findUnmetNeeds(needs, reachOf), ...findGapsOfMaps(maps, scores, reachOf), ...findBrokenPromises(promises.counts, promises.broken, scores), ...differing];
  return {
    gaps: sizeGaps(found, reachOf), words: (await placeWords(services, selection, found, words)).map((word) => ({ ...word, team: teamOf(word) })), sides, planned: listPlanned(maps, scores),
    counts: {
      period: showJourneyPeriod(selection), customers, comments: needs.reduce((sum, { comments }) => sum + comments, 0), scores: scores.reduce((sum, { sums }) => sum + sums.count, 0), maps: maps.length, mapsLeftOut: leftOut,
      leftOut: { touchpoints: touchpointsLeftOut, comments: commentsLeftOut, ...sums.leftOut },
      ...consistency,
    },
  };
};

type TeamOf = (said: { touchpoint: string; team: string | null }) => string | null;
type Compared = Pick<Counts, "isConsistent" | "placed"> & { gaps: FoundGap[]; teamOf: TeamOf; sides: Sides[] };

/** The same touchpoint through several channels, at several places, with several teams and members. */
const compareAcross = async (services: Services, selection: JourneySelection, scores: ScoreSums, reachOf: ReachOf): Promise<Compared> => {
  const { db } = services;
  const { workspaceId } = selection;
  const [members, teams, register, placed] = [await namesOfMembers(db, workspaceId), await listTeamRows(db, workspaceId), await listTouchpoints(db, workspaceId), await listPlacedScores(services, selection)];
  const nameOfTeam = new Map(teams.map(({ id, name }) => [id, name]));
  const owning = new Map(register.map(({ name, team }) => [name, team]));
  // Teams go by name: that of whoever served, else of the team that answers for the touchpoint, which the register knows as a word.
  const teamOf: TeamOf = ({ touchpoint, team }) => (team === null ? (owning.get(touchpoint) ?? null) : (nameOfTeam.get(team) ?? null));
  const teamAt = ({ touchpoint, place }: { touchpoint: string; place: string | null }): string | null => teamOf({ touchpoint, team: place });
  const all = [
    findInconsistencies(scores.channels, { kind: "channel", whereOf: ({ place }) => place, nameOf: (channel) => channel }, reachOf),
    findInconsistencies(placed.scores, { kind: "place", whereOf: ({ place }) => place, nameOf: (place) => place }, reachOf),
    findInconsistencies(scores.teams, { kind: "team", whereOf: teamAt, nameOf: (name) => name }, reachOf),
    findInconsistencies(scores.members, { kind: "member", whereOf: ({ place }) => place, nameOf: (id) => members.get(id) ?? null }, reachOf),
  ];
  const isOfOneMember = (kind: GapKind, touchpoint: string, whereId: string | null): boolean => {
    const own = kind === "team" ? scores.teams.filter((one) => one.touchpoint === touchpoint && teamAt(one) === whereId) : [];
    return own.length > 0 && own.every(({ only }) => only !== null && only === own[0]?.only);
  };
  return {
    gaps: all.flatMap(({ gaps }) => gaps).map((gap) => ({ ...gap, isOfOneMember: isOfOneMember(gap.kind, gap.touchpoint, gap.whereId) })),
    sides: all.flatMap(({ sides }) => sides).map((side) => ({ ...side, places: side.places.map((one) => ({ ...one, isOfOneMember: isOfOneMember(side.kind, side.touchpoint, one.whereId) })) })),
    teamOf, placed: { looked: placed.looked, known: placed.known },
    isConsistent: { tested: all.reduce((sum, { tested }) => sum + tested, 0), differing: all.reduce((sum, one) => sum + one.differing, 0) },
  };
};

/** Words with their places where these matter, and words of the customers that gaps were counted of. */
const placeWords = async (services: Services, selection: JourneySelection, gaps: readonly FoundGap[], words: readonly Word[]): Promise<Word[]> => {
  const places = await listPlacesOfComments(services, selection, [...new Set(gaps.flatMap(({ kind, touchpoint }) => (kind === "place" ? [touchpoint] : [])))]);
  const counted = [...new Set(gaps.flatMap(({ happened }) => (happened ?? []).map(({ customer }) => customer)))].slice(0, EXAMPLES_MAX);
  const placed = [...places.keys()].filter((id) => !words.some(({ perceptionId, kind }) => perceptionId === id && kind === "negative"));
  const more = [...(counted.length === 0 ? [] : await listWordsOf(services.analytics, selection, { customers: counted })), ...(placed.length === 0 ? [] : await listWordsOf(services.analytics, selection, { ids: placed }))];
  const known = new Set(words.flatMap(({ perceptionId, kind }) => (kind === "negative" ? [perceptionId] : [])));
  const others = more.filter(({ perceptionId }) => !known.has(perceptionId) && known.add(perceptionId));
  return [...words, ...others].toSorted((one, other) => one.tells - other.tells || other.saidMs - one.saidMs || (one.perceptionId < other.perceptionId ? -1 : 1)).map((word) => ({ ...word, place: places.get(word.perceptionId) ?? null }));
};

/** What is planned on maps beside what happened: waits between steps. */
const measureMaps = async ({ db, analytics }: Services, selection: JourneySelection, reachOf: ReachOf): Promise<{ maps: MapMeasured[]; leftOut: number }> => {
  const naming = await recallNaming(db, selection.workspaceId);
  const documents = await listMapDocuments(db, selection.workspaceId, MAPS_COMPARED);
  const whole = await readWholeStepsOfMaps(db, selection.workspaceId, documents.map(({ document }) => document.steps));
  const maps = documents.flatMap(({ id, name, rootId }, place) => {
    const bound = bindSteps(whole[place] ?? [], naming);
    if (!bound.some(({ matches }) => matches.length > 0)) return [];
    const meetings = bound.reduce((sum, { matches }) => sum + matches.reduce((own, { touchpoint }) => own + (reachOf(touchpoint)?.customers ?? 0), 0), 0);
    const every = Math.max(1, Math.ceil(meetings / MEETINGS_MAX));
    return [{ id, name, rootId, every, bound }];
  });
  const timed = maps.filter(({ bound }) => bound.some(({ step }) => step.nextWithinHours !== null));
  const waits = await measureWaitsOfMaps(analytics, selection, timed, EXAMPLES_FOUND);
  return { maps: maps.map((map) => ({ ...map, waits: waits[timed.indexOf(map)] ?? [] })), leftOut: (documents[0]?.total ?? 0) - documents.length };
};

/** Comments whose words are still there. */
const tellWords = async ({ db }: Services, actor: Actor, chosen: readonly (readonly Word[])[]): Promise<Gap["words"][]> => {
  if (!mayQuote(actor)) return [];
  const wanted = chosen.flat();
  const [texts, nameOf] = await Promise.all([
    listCommentTexts(db, [...new Set(wanted.map(({ perceptionId }) => perceptionId))]), readNames(db, actor, wanted.flatMap(({ customer }) => (customer === null ? [] : [customer]))),
  ]);
  return chosen.map((words) =>
    words.flatMap(({ perceptionId, at, customer }) => {
      const text = texts.get(perceptionId);
      return text === undefined ? [] : [{ perceptionId, text, at, customerId: customer, customerName: customer === null ? null : (nameOf.get(customer) ?? null) }];
    }).slice(0, WORDS_PER_GAP));
};

/** Customers something came late for, those who are still there. */
const nameExamples = async ({ db }: Services, actor: Actor, chosen: readonly NonNullable<FoundGap["happened"]>[]): Promise<Gap["examples"][]> => {
  const wanted = chosen.map((happened) => happened.slice(0, 2 * EXAMPLES_PER_GAP));
  const nameOf = await readNames(db, actor, wanted.flat().map(({ customer }) => customer));
  return wanted.map((happened) =>
    happened.flatMap(({ customer, byMs, cameMs }) =>
      nameOf.has(customer) ? [{ customerId: customer, name: nameOf.get(customer) ?? null, by: new Date(byMs).toISOString(), came: cameMs === null ? null : new Date(cameMs).toISOString() }] : [],
    ).slice(0, EXAMPLES_PER_GAP));
};

const readNames = async (db: Services["db"], actor: Actor, ids: readonly string[]): Promise<Map<string, string>> =>
  maySeeCustomers(actor) && ids.length > 0 ? new Map((await listNamesOfCustomers(db, actor.workspaceId, [...new Set(ids)])).map(({ id, name }) => [id, name])) : new Map();
