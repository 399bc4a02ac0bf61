import { listCommentTexts, listNamesOfCustomers } from "#customers";
import type { Actor } from "#platform/access";
import { keepReadings } from "#platform/db";
import type { Services } from "#platform/services";
import { namesOfMembers } from "../maps/found-map.ts";
import { countPromises } from "../overlays/promises.queries.ts";
import { bindSteps } from "../overlays/spots.rules.ts";
import { measureWaits } from "../overlays/waits.queries.ts";
import { readJourneySelection, showJourneyPeriod } from "../paths/selection.ts";
import type { JourneySelection } from "../paths/selection.queries.ts";
import { mayName, mayQuote } from "../paths/trust.ts";
import { recallNaming } from "../touchpoints/naming.ts";
import { listGapAssignments, maySeeGap } from "./gap-assignments.ts";
import { findBrokenPromises, findGapsOfMaps, findInconsistencies, findUnmetNeeds, type MapMeasured } from "./finding.rules.ts";
import type { Gap, GapsQuery, GapsReply } from "./gaps.contract.ts";
import { listGapWords, listMapDocuments, listNeeds, listReach, listScoreSums, type Word } from "./gaps.queries.ts";
import { isExampleOf, sizeGaps, type Reach, type SizedGap } from "./gaps.rules.ts";

const GAPS_SHOWN = 200;
const WORDS_PER_GAP = 3;
// Some of those found may have been erased a moment ago.
const WORDS_FOUND = 5;
/** Customers of a gap who are looked for words of. */
const EXAMPLES_FOUND = 20;
/** Maps whose steps are compared: those of what is first, of these the ones changed last. */
const MAPS_COMPARED = 10;
/** Meetings whose order is looked at for one map; beyond, so many customers are left out that about as many remain. */
const MEETINGS_MAX = 100_000;

type Found = { gaps: SizedGap[]; words: Word[]; counts: Pick<GapsReply, "period" | "customers" | "comments" | "scores" | "maps" | "mapsLeftOut" | "isConsistent"> };
// Assigning a gap shows the page anew, with other owners and the same figures.
const keepFound = keepReadings<Found>({ ms: 10_000, most: 20 });

/** Where delivery falls short of expectation, the largest first, with who took what on. */
export const listGaps = async (services: Services, actor: Actor, query: GapsQuery): Promise<GapsReply> => {
  const { workspaceId } = actor;
  const [{ gaps, words, counts }, assignments] = await Promise.all([
    keepFound(services.db, JSON.stringify([workspaceId, query]), () => findGaps(services, workspaceId, query)),
    listGapAssignments(services, actor),
  ]);
  const assigned = new Map(assignments.map(({ key, id }) => [key, id]));
  const shown = gaps.filter(({ kind }) => maySeeGap(actor, { kind, ownerId: null })).slice(0, GAPS_SHOWN);
  const told = await tellWords(services, actor, shown.map((gap) => words.filter((word) => isExampleOf(word, gap)).slice(0, WORDS_FOUND)));
  return { ...counts, assignments, items: shown.map(({ placeId: _, matches: __, ...gap }, at): Gap => ({ ...gap, words: told[at] ?? [], assignmentId: assigned.get(gap.key) ?? null })) };
};

const findGaps = async (services: Services, workspaceId: string, query: GapsQuery): Promise<Found> => {
  const { analytics } = services;
  const { selection, timeZone } = await readJourneySelection(services, workspaceId, query);
  const { reach, customers } = await listReach(analytics, selection, services.clock.now().getTime());
  const reachOf = (touchpoint: string): Reach | undefined => reach.get(touchpoint);
  const [needs, scores, words, { maps, leftOut }, members] = [
    await listNeeds(analytics, selection), await listScoreSums(analytics, selection), await listGapWords(analytics, selection, WORDS_FOUND), await measureMaps(services, selection, reachOf), await namesOfMembers(services.db, workspaceId),
  ];
  const promises = await countPromises(analytics, { selection, timeZone, by: "touchpoint", touchpoints: null, examples: EXAMPLES_FOUND });
  const channels = findInconsistencies(scores, "channel", reachOf, (channel) => channel);
  const teams = findInconsistencies(scores, "member", reachOf, (id) => members.get(id) ?? null);
  const gaps = sizeGaps([...findUnmetNeeds(needs, reachOf), ...findGapsOfMaps(maps, scores, reachOf), ...findBrokenPromises(promises.counts, scores), ...channels.gaps, ...teams.gaps], reachOf);
  return {
    gaps, words,
    counts: {
      period: showJourneyPeriod(selection), customers, comments: needs.reduce((sum, { comments }) => sum + comments, 0), scores: scores.reduce((sum, { sums }) => sum + sums.count, 0), maps: maps.length, mapsLeftOut: leftOut,
      isConsistent: { tested: channels.tested + teams.tested, differing: channels.differing + teams.differing },
    },
  };
};

/** What is planned on maps beside what happened: waits between steps, and dates that were told. */
const measureMaps = async ({ db, analytics }: Services, selection: JourneySelection, reachOf: (touchpoint: string) => Reach | undefined): Promise<{ maps: MapMeasured[]; leftOut: number }> => {
  const naming = await recallNaming(db, selection.workspaceId);
  const measured: MapMeasured[] = [];
  const documents = await listMapDocuments(db, selection.workspaceId, MAPS_COMPARED);
  for (const { id, name, rootId, document } of documents) {
    const bound = bindSteps(document.steps, naming);
    if (!bound.some(({ matches }) => matches.length > 0)) continue;
    const meetings = bound.reduce((sum, { matches }) => sum + matches.reduce((own, { touchpoint }) => own + (reachOf(touchpoint)?.customers ?? 0), 0), 0);
    const every = Math.max(1, Math.ceil(meetings / MEETINGS_MAX));
    const waits = bound.some(({ step }) => step.nextWithinHours !== null) ? await measureWaits(analytics, selection, bound, every) : [];
    measured.push({ id, name, rootId, every, bound, waits });
  }
  return { maps: measured, leftOut: (documents[0]?.total ?? 0) - documents.length };
};

/** Comments whose words are still there. */
const tellWords = async ({ db }: Services, actor: Actor, chosen: readonly (readonly Word[])[]): Promise<Gap["words"][]> => {
  if (!mayQuote(actor)) return [];
  const isNamed = mayName(actor);
  const wanted = chosen.flat();
  const [texts, names] = await Promise.all([
    listCommentTexts(db, [...new Set(wanted.map(({ perceptionId }) => perceptionId))]),
    listNamesOfCustomers(db, [...new Set(wanted.flatMap(({ customer }) => (customer === null ? [] : [customer])))]),
  ]);
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  return chosen.map((words) =>
    words.flatMap(({ perceptionId, at, customer }) => {
      const text = texts.get(perceptionId);
      return text === undefined ? [] : [{ perceptionId, text, at, customerId: isNamed ? customer : null, customerName: customer === null || !isNamed ? null : (nameOf.get(customer) ?? null) }];
    }).slice(0, WORDS_PER_GAP));
};
