import { findCustomer, findSegment, listCommentTexts, listNamesOfCustomers, mayQuote, maySeeCustomers } from "#customers";
import type { Actor } from "#platform/access";
import { defineErrors, requireAbility } from "#platform/http";
import type { Services } from "#platform/services";
import type { MapCard } from "../maps/document.contract.ts";
import type { Viewpoint } from "../maps/maps.contract.ts";
import { readWholeSteps } from "../maps/details.ts";
import { listForks } from "../maps/forks.rules.ts";
import { mapNotFound } from "../maps/maps.errors.ts";
import { findMap } from "../maps/maps.queries.ts";
import { readJourneySelection, showJourneyPeriod, type AskedJourney } from "../paths/selection.ts";
import type { JourneySelection } from "../paths/selection.queries.ts";
import { recallNaming } from "../touchpoints/naming.ts";
import type { OverlayCustomer, OverlayQuery, OverlayReply, OverlayWord } from "./overlays.contract.ts";
import { countMeetings } from "./meetings.queries.ts";
import { countReadings, countScores, listEntries, listWords, type FoundWord } from "./overlays.queries.ts";
import { countPromises } from "./promises.queries.ts";
import { compareOverlays } from "./comparison.rules.ts";
import { layOver, showForks, type SpotCount } from "./overlays.rules.ts";
import { bindSteps, failuresAt, stepsAt, touchpointsOf, type BoundStep } from "./spots.rules.ts";
import { measureWaits } from "./waits.queries.ts";

export const overlayErrors = defineErrors("overlays", {
  overlay_customer_missing: { status: 404, meaning: "There is no such customer in this workspace to lay on a map." },
});

const WORDS_PER_STEP = 3;
// Some of those found may have been erased a moment ago.
const WORDS_FOUND = 6;
const ENTRIES_MAX = 500;
/** Interactions whose order is looked at for times between steps; beyond, so many customers are left out that about as many remain. */
export const ORDERED_MAX = 100_000;

/** What every step of a map shows from data, beside a second period or segment when one is asked for.
 *  @throws not_found, not_allowed, overlay_customer_missing and what `readJourneySelection` throws */
export const getOverlay = async (services: Services, actor: Actor, mapId: string, query: OverlayQuery): Promise<OverlayReply> => {
  if (query.customer !== undefined) requireAbility(actor, "customers.read");
  const [map, naming] = await Promise.all([findMap(services.db, actor.workspaceId, mapId), recallNaming(services.db, actor.workspaceId)]);
  if (map === null) throw mapNotFound();
  const bound = bindSteps(await readWholeSteps(services.db, actor.workspaceId, map.document.steps), naming);
  const { segment, viewpoint } = await readViewpoint(services, actor.workspaceId, map.viewpoint, query.segment);
  const asked = await readJourneySelection(services, actor.workspaceId, { from: query.from, to: query.to, channel: query.channel, segment });
  const isCompared = query.againstFrom !== undefined || query.againstTo !== undefined || query.againstSegment !== undefined;
  const against = isCompared
    ? await readJourneySelection(services, actor.workspaceId, {
        from: query.againstFrom ?? (query.againstTo === undefined ? query.from : undefined),
        to: query.againstTo ?? (query.againstFrom === undefined ? query.to : undefined),
        channel: query.channel, segment: query.againstSegment ?? segment,
      })
    : null;
  const customerId = query.customer ?? (map.viewpoint.kind === "customer" ? map.viewpoint.customerId : null);
  const given = { actor, bound, cards: map.document.cards };
  const [first, second, customer] = await Promise.all([
    measureSteps(services, asked, given),
    against === null ? null : measureSteps(services, against, given),
    customerId === null || !maySeeCustomers(actor) ? null : layCustomer(services, asked.selection, bound, { actor, customerId, isAsked: query.customer !== undefined }),
  ]);
  return { ...first, viewpoint, against: second, comparison: second === null ? [] : compareOverlays(first, second), customer };
};

type Measured = Omit<OverlayReply, "viewpoint" | "against" | "comparison" | "customer">;

const measureSteps = async ({ db, analytics }: Services, { selection, timeZone, segments }: AskedJourney, { actor, bound, cards }: { actor: Actor; bound: readonly BoundStep[]; cards: readonly MapCard[] }): Promise<Measured> => {
  const forks = listForks(bound.map(({ step }) => step));
  const isBound = bound.some(({ matches, failures }) => matches.length + failures.length > 0);
  const frame = { period: showJourneyPeriod(selection), segments, fromMs: selection.fromMs, toMs: selection.toMs };
  if (!isBound) {
    const customers = { everybody: 0, steps: [], failed: [], ways: [] };
    const nothing = { spots: [], readings: [], promises: [], waits: [], words: [], customers };
    return { ...frame, customers: 0, sampledShare: 1, steps: layOver(bound, cards, nothing), forks: showForks(bound, forks, customers) };
  }
  const counting = countMeetings(analytics, selection, { bound, forks });
  const waiting = counting.then(async ({ spots }) => {
    const every = Math.max(1, Math.ceil(orderedRows(bound, spots) / ORDERED_MAX));
    return { every, waits: await measureWaits(analytics, selection, bound, every) };
  });
  const [{ spots, customers }, { every, waits }, scores, readings, { counts: promises }, found] = await Promise.all([
    counting, waiting,
    countScores(analytics, selection, bound),
    countReadings(analytics, selection, bound),
    countPromises(analytics, { selection, timeZone, by: "spot", touchpoints: touchpointsOf(bound), examples: 0 }),
    mayQuote(actor) ? listWords(analytics, selection, bound, WORDS_FOUND) : [],
  ]);
  const words = await chooseWords(db, actor.workspaceId, { bound, found });
  return { ...frame, customers: customers.everybody, sampledShare: 1 / every, steps: layOver(bound, cards, { spots: [...spots, ...scores], customers, readings, promises, waits, words }), forks: showForks(bound, forks, customers) };
};

const orderedRows = (bound: readonly BoundStep[], spots: readonly SpotCount[]): number => spots.reduce((sum, place) => sum + place.ofKnown * stepsAt(bound, place).length, 0);

/** For each step a few comments whose words are still there; those found first tell most. */
const chooseWords = async (db: Services["db"], workspaceId: string, { bound, found }: { bound: readonly BoundStep[]; found: readonly FoundWord[] }): Promise<OverlayWord[][]> => {
  const chosen = bound.map((_, at) => found.filter((word) => stepsAt(bound, word).includes(at)).slice(0, WORDS_FOUND));
  const wanted = chosen.flat();
  const [texts, names] = await Promise.all([
    listCommentTexts(db, [...new Set(wanted.map(({ id }) => id))]),
    listNamesOfCustomers(db, workspaceId, [...new Set(wanted.flatMap(({ customer }) => (customer === null ? [] : [customer])))]),
  ]);
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  return chosen.map((words) =>
    words.flatMap(({ id, at, customer, feeling }) => {
      const text = texts.get(id);
      return text === undefined ? [] : [{ perceptionId: id, text, at, customerId: customer, customerName: customer === null ? null : (nameOf.get(customer) ?? null), feeling, isInferred: feeling !== null }];
    }).slice(0, WORDS_PER_STEP),
  );
};

/** One customer's own facts and feelings, on the steps they lie on. */
const layCustomer = async (
  { db, analytics }: Services, selection: JourneySelection, bound: readonly BoundStep[], { actor, customerId, isAsked }: { actor: Actor; customerId: string; isAsked: boolean },
): Promise<OverlayCustomer | null> => {
  const found = await findCustomer(db, selection.workspaceId, customerId);
  if (found === null) {
    // A map of somebody who was erased is still a map.
    if (!isAsked) return null;
    throw overlayErrors.refuse("overlay_customer_missing", "There is no such customer here. They may have been erased.");
  }
  const latest = await listEntries(analytics, { ...selection, customers: [found.id], segments: null }, ENTRIES_MAX + 1);
  const shown = latest.slice(0, ENTRIES_MAX).toReversed();
  const texts = await listCommentTexts(db, shown.filter(({ hasText }) => hasText && mayQuote(actor)).map(({ id }) => id));
  const entries = shown.map(({ hasText: _, touchpoint, ...entry }) => {
    const place = { touchpoint, channel: entry.channel };
    const at = (steps: readonly number[]): string[] => steps.flatMap((one) => bound[one]?.step.id ?? []);
    return { ...entry, touchpoint: touchpoint === "" ? null : touchpoint, stepIds: at(stepsAt(bound, place)), failureOf: at(failuresAt(bound, place)), text: texts.get(entry.id) ?? null };
  });
  return { id: found.id, name: found.name, entries, isCut: latest.length > ENTRIES_MAX };
};

/** Who is meant when the request does not say: whoever the map is about. */
export const readViewpoint = async (
  services: Services, workspaceId: string, viewpoint: Viewpoint, asked: string[] | undefined,
): Promise<{ segment: string[] | undefined; viewpoint: OverlayReply["viewpoint"] }> => {
  if (asked !== undefined) return { segment: asked, viewpoint: "asked" };
  const id = viewpoint.kind === "segment" || viewpoint.kind === "persona" ? viewpoint.segmentId : null;
  if (id === null) return { segment: undefined, viewpoint: "everyone" };
  return (await findSegment(services.db, workspaceId, id)) === null ? { segment: undefined, viewpoint: "segment_gone" } : { segment: [id], viewpoint: "segment" };
};
