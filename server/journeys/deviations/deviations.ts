import { setImmediate as breathe } from "node:timers/promises";
import { findCustomer, listNamesOfCustomers } from "#customers";
import type { Actor } from "#platform/access";
import { keepReadings } from "#platform/db";
import { defineErrors, requireAbility } from "#platform/http";
import type { Services } from "#platform/services";
import { readKinds, readMoney } from "../definitions/definitions.ts";
import { findLastMs } from "../definitions/definitions.queries.ts";
import { readWholeSteps } from "../maps/details.ts";
import { mapNotFound } from "../maps/maps.errors.ts";
import { findMap, type MapRow } from "../maps/maps.queries.ts";
import { bindSteps } from "../overlays/spots.rules.ts";
import { readViewpoint } from "../overlays/overlays.ts";
import { readJourneySelection, showJourneyPeriod, type AskedJourney } from "../paths/selection.ts";
import { recallNaming } from "../touchpoints/naming.ts";
import { namesOfWays, nameActivities } from "./activities.rules.ts";
import { makeLayer } from "./alignments.ts";
import { judgeVariants, listWaysWith, partOf, summarise, type Judged, type Laid } from "./deviations.rules.ts";
import type { AlignedCase, AlignedCasesReply, AlignedMove, DeviationKind, DeviationsQuery, DeviationsReply } from "./deviations.contract.ts";
import { countVariants, listCases, listMetEvents, listMetSpots, type CountedVariants, type FoundCase, type MetEvent, type Traces } from "./traces.queries.ts";

export const deviationErrors = defineErrors("deviations", {
  deviation_customer_missing: { status: 404, meaning: "There is no such customer in this workspace whose journey could be laid beside a map." },
});

/** Beyond so many customers, or interactions of theirs, so many customers are left out that about as many remain. */
const CUSTOMERS_MAX = 200_000;
const INTERACTIONS_MAX = 2_000_000;
const CASES_SHOWN = 10;
// Those who did the same are looked for by what they did; who did something nobody else did need not be among ten examples.
const VARIANTS_SOUGHT = 2_000;

type Prepared = { map: MapRow; asked: AskedJourney; viewpoint: DeviationsReply["viewpoint"]; traces: Traces; contacts: string[]; interactionsLeftOut: number };
type Aligned = CountedVariants & Judged;

/** How what customers did deviates from a map, how often, and what goes with it.
 *  @throws not_found, not_allowed for a map of one customer, and what `readJourneySelection` throws */
export const getDeviations = async (services: Services, actor: Actor, mapId: string, query: DeviationsQuery): Promise<DeviationsReply> => {
  const prepared = await prepare(services, actor, mapId, query);
  const { map, asked, viewpoint, traces, contacts } = prepared;
  const { line } = traces.activities;
  const [aligned, money] = await Promise.all([alignVariants(services, prepared, query), readMoney(services, actor.workspaceId)]);
  const { variants, besideCases, longCases, rareCases } = aligned;
  const { deviations, more, ...summary } = summarise(aligned, traces.activities, money !== null);
  return {
    period: showJourneyPeriod(asked.selection), segments: asked.segments, viewpoint, cut: query.cut, gapMinutes: query.cut === "session" ? query.gapMinutes : null,
    line: line.map(({ step }) => ({ stepId: step.id, name: step.name, isOptional: step.isOptional })), unboundSteps: map.document.steps.length - line.length,
    besideCases, longCases, variants: new Set(variants.map(({ codes }) => codes.join(","))).size, sampledShare: 1 / traces.every,
    leftOut: { interactions: prepared.interactionsLeftOut, cases: rareCases, deviations: more },
    ...summary, money, contacts, deviations,
  };
};

/** Customers with one deviation, planned and real beside each other. An unknown step or touchpoint has none.
 *  @throws not_allowed */
export const listDeviatingCases = async (services: Services, actor: Actor, mapId: string, asked: { kind: DeviationKind; part: string; query: DeviationsQuery }): Promise<AlignedCasesReply> => {
  requireAbility(actor, "customers.read");
  const prepared = await prepare(services, actor, mapId, asked.query);
  const { traces } = prepared;
  const { variants, judged, kinds } = await alignVariants(services, prepared, asked.query);
  const wantedKind = kinds.findIndex((found) => found.kind === asked.kind && partOf(found, traces.activities) === asked.part);
  const ways = listWaysWith({ variants, judged }, wantedKind);
  const sought = ways.slice(0, VARIANTS_SOUGHT);
  if (sought.length === 0) return { items: [], waysLeftOut: 0 };
  return { items: await showCases(services, prepared, await listCases(services.analytics, prepared.asked.selection, traces, sought, CASES_SHOWN)), waysLeftOut: ways.length - sought.length };
};

/** The latest cases of one customer, planned and real beside each other.
 *  @throws not_allowed, deviation_customer_missing */
export const listCasesOfCustomer = async (services: Services, actor: Actor, mapId: string, customerId: string, query: DeviationsQuery): Promise<AlignedCasesReply> => {
  requireAbility(actor, "customers.read");
  const found = await findCustomer(services.db, actor.workspaceId, customerId);
  if (found === null) throw deviationErrors.refuse("deviation_customer_missing", "There is no such customer here. They may have been erased.");
  const prepared = await prepare(services, actor, mapId, { ...query, segment: [""] }, found.id);
  if (prepared.traces.activities.line.length === 0) return { items: [], waysLeftOut: 0 };
  return { items: await showCases(services, prepared, await listCases(services.analytics, prepared.asked.selection, prepared.traces, null, CASES_SHOWN)), waysLeftOut: 0 };
};

const prepare = async (services: Services, actor: Actor, mapId: string, query: DeviationsQuery, customerId?: string): Promise<Prepared> => {
  const { workspaceId } = actor;
  const [map, naming] = await Promise.all([findMap(services.db, workspaceId, mapId), recallNaming(services.db, workspaceId)]);
  if (map === null) throw mapNotFound();
  const { segment, viewpoint } = await readViewpoint(services, workspaceId, map.viewpoint, query.segment);
  const asked = await readJourneySelection(services, workspaceId, { from: query.from, to: query.to, channel: query.channel, segment });
  const viewed = map.viewpoint.kind === "customer" && query.segment === undefined ? map.viewpoint.customerId : null;
  // Figures of one customer are hers, also without her name.
  if (viewed !== null) requireAbility(actor, "customers.read");
  // She may have been merged into another since the map was drawn.
  const only = customerId ?? (viewed === null ? null : ((await findCustomer(services.db, workspaceId, viewed))?.id ?? viewed));
  const selection = only === null ? asked.selection : { ...asked.selection, customers: [only], segments: null };
  const [{ spots, customers, leftOut }, { isContact }, steps] = await Promise.all([listMetSpots(services.analytics, selection), readKinds(services, workspaceId), readWholeSteps(services.db, workspaceId, map.document.steps)]);
  const activities = nameActivities(bindSteps(steps, naming), spots);
  const interactions = spots.reduce((sum, place) => sum + place.interactions, 0);
  const every = Math.max(1, Math.ceil(Math.max(customers / CUSTOMERS_MAX, interactions / INTERACTIONS_MAX)));
  const contacts = [...new Set(spots.map(({ touchpoint }) => touchpoint))].filter(isContact);
  const gapMs = query.cut === "session" ? query.gapMinutes * 60_000 : null;
  return { map, asked: { ...asked, selection }, viewpoint, contacts, interactionsLeftOut: leftOut, traces: { spots, activities, gapMs, every } };
};

// Opening a deviation asks what the list of all just asked. Moves are not kept: a hundred thousand variants of hundreds of steps would fill the memory.
const keepAligned = keepReadings<Aligned>({ ms: 20_000, most: 20 });

const alignVariants = async (services: Services, { map, asked: { selection }, traces, contacts }: Prepared, query: DeviationsQuery): Promise<Aligned> => {
  if (!traces.activities.activities.some(({ steps }) => steps.length > 0)) {
    // Nobody met a step: how many did something else need not be counted to show an empty page.
    return { variants: [], judged: [], kinds: [], clustering: {}, besideCases: 0, longCases: 0, rareCases: 0 };
  }
  const said = [query.from ?? "", query.to ?? "", selection.customers?.join(" ") ?? "", selection.segments, query.channel?.join("\n") ?? "", traces.gapMs];
  return keepAligned(services.db, JSON.stringify([selection.workspaceId, map.id, map.revision, said, traces.activities.codes, traces.activities.activities]), async () => {
    const money = await readMoney(services, selection.workspaceId);
    const knownUntilMs = await findLastMs(services.analytics, selection.workspaceId, services.clock.now().getTime());
    const counted = await countVariants(services.analytics, selection, traces, { contacts, money, knownUntilMs });
    return { ...counted, ...(await judgeVariants(counted.variants, traces.activities, makeLayer(traces.activities), breathe)) };
  });
};

const showCases = async ({ db, analytics }: Services, { asked: { selection }, traces }: Prepared, found: readonly FoundCase[]): Promise<AlignedCase[]> => {
  if (found.length === 0) return [];
  const customers = [...new Set(found.map(({ customer }) => customer))];
  const [events, names] = await Promise.all([
    listMetEvents(analytics, { ...selection, customers }, found),
    listNamesOfCustomers(db, selection.workspaceId, customers),
  ]);
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  const codeOf = new Map(traces.spots.map(({ touchpoint, channel }, at) => [JSON.stringify([touchpoint, channel]), traces.activities.codes[at]]));
  const lay = makeLayer(traces.activities);
  return found.map(({ customer, fromMs, toMs }) => {
    const own = events.flatMap((event) => {
      const code = event.customer === customer && event.ms >= fromMs && event.ms <= toMs ? codeOf.get(JSON.stringify([event.touchpoint, event.channel])) : undefined;
      return code === undefined ? [] : [{ event, code }];
    });
    const laid = lay(own.map(({ code }) => code));
    return {
      customer: { id: customer, name: nameOf.get(customer) ?? null }, from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(),
      cost: laid.cost, fitness: laid.fitness, moves: showMoves(laid, own, traces),
    };
  });
};

const movesShown = { sync: "sync", missing: "missing", adHoc: "ad_hoc", outOfOrder: "out_of_order" } as const;

const showMoves = ({ moves }: Laid, own: readonly { event: MetEvent; code: number }[], { activities: named }: Traces): AlignedMove[] => {
  const { line, activities } = named;
  const stepAt = (at: number | null | undefined): Pick<AlignedMove, "stepId" | "stepName"> => {
    const step = at === null || at === undefined ? undefined : line[at]?.step;
    return { stepId: step?.id ?? null, stepName: step?.name ?? null };
  };
  const spotOf = (place: number): Pick<AlignedMove, "touchpoint" | "channel" | "at"> => {
    const event = own[place]?.event;
    return { touchpoint: event?.touchpoint ?? null, channel: event?.channel ?? null, at: event === undefined ? null : new Date(event.ms).toISOString() };
  };
  const failuresOf = (place: number): AlignedMove[] => (activities[own[place]?.code ?? -1]?.failureOf ?? []).map((at) => ({ kind: "failure", ...stepAt(at), ways: [], ...spotOf(place) }));
  const shown: AlignedMove[] = [];
  let next = 0;
  const passTo = (place: number): void => {
    for (; next < place; next++) shown.push(...failuresOf(next));
  };
  for (const { kind, traceAt, lineAt, fork } of moves) {
    if (traceAt === null) shown.push({ kind: "missing", ...stepAt(lineAt), ways: fork === null ? [] : namesOfWays(named, fork), touchpoint: null, channel: null, at: null });
    else {
      passTo(traceAt);
      const activity = activities[own[traceAt]?.code ?? -1];
      shown.push({ kind: movesShown[kind], ...stepAt(lineAt ?? activity?.steps[0]), ways: [], ...spotOf(traceAt) });
      passTo(traceAt + 1);
    }
  }
  passTo(own.length);
  return shown;
};
