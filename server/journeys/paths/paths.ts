import { listNamesOfCustomers, maySeeCustomers, wilsonInterval } from "#customers";
import type { Actor } from "#platform/access";
import type { Services } from "#platform/services";
import { pathErrors, readPathsAsked } from "./asked.ts";
import { countAnyFunnel, countFlow, countOrderedFunnel, countStrictFunnel } from "./flow.queries.ts";
import type { FunnelCount } from "./flow.queries.ts";
import { drawFlow } from "./flow.rules.ts";
import { findLastMs } from "../definitions/definitions.queries.ts";
import type {
  FlowQuery, FlowReply, FunnelQuery, FunnelReply, PathQuery, PlaceQuery, PlaceReply, ReturnQuery, ReturnReply, SilencesQuery, SilencesReply, TravellersQuery, TravellersReply, VariantsQuery, VariantsReply,
} from "./paths.contract.ts";
import { showJourneyPeriod } from "./selection.ts";
import { countReturns, describeStep, listSilencesBetween, listSilent } from "./silences.queries.ts";
import type { PathsAsked } from "./steps.queries.ts";
import { listStepsOfVariants, listTravellers, listVariants } from "./variants.queries.ts";

const STEPS_SHOWN = 100;
const EXAMPLES_MAX = 20;

const shown = ({ selection }: PathsAsked, { level, cut }: PathQuery) => ({ period: showJourneyPeriod(selection), level, cut });

/** The most frequent ways from the first step to the last. */
export const listPathVariants = async (services: Services, workspaceId: string, query: VariantsQuery): Promise<VariantsReply> => {
  const asked = await readPathsAsked(services, workspaceId, query);
  const { totals, variants } = await listVariants(services.analytics, asked, query.limit);
  const steps = await listStepsOfVariants(services.analytics, asked, variants, STEPS_SHOWN);
  const items = variants.map(({ customerNo: _customerNo, ...variant }) => ({ ...variant, path: steps.get(variant.id) ?? [], share: totals.paths === 0 ? 0 : variant.paths / totals.paths }));
  return { ...shown(asked, query), ...totals, items };
};

/** Paths by the number of their steps. */
export const drawPathFlow = async (services: Services, workspaceId: string, query: FlowQuery): Promise<FlowReply> => {
  const asked = await readPathsAsked(services, workspaceId, query);
  return { ...shown(asked, query), ...drawFlow(await countFlow(services.analytics, asked, query), query.steps) };
};

/** How many paths get from step to step.
 *  @throws path_funnel_unclear */
export const countFunnel = async (services: Services, workspaceId: string, query: FunnelQuery): Promise<FunnelReply> => {
  const names = query.step ?? [];
  if (names.length < 2 || names.length > 10) throw pathErrors.refuse("path_funnel_unclear", `A funnel has two to ten steps, not ${names.length}.`);
  const asked = await readPathsAsked(services, workspaceId, query);
  const counts = await funnels[query.mode](services.analytics, asked, names);
  const first = counts[0]?.paths ?? 0;
  const steps = counts.map((count: FunnelCount, at) => {
    const before = counts[at - 1]?.paths ?? count.paths;
    return { name: names[at] ?? "", ...count, share: first === 0 ? null : count.paths / first, stepShare: before === 0 ? null : count.paths / before };
  });
  return { ...shown(asked, query), mode: query.mode, steps };
};

const funnels = { ordered: countOrderedFunnel, strict: countStrictFunnel, any: countAnyFunnel };
const DAY_MS = 86_400_000;
const unitsMs = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS };

/** How many customers who were first met in the period on the paths asked for came back after so many days, weeks or months. */
export const countReturning = async (services: Services, workspaceId: string, query: ReturnQuery): Promise<ReturnReply> => {
  const asked = await readPathsAsked(services, workspaceId, query);
  const knownUntilMs = await findLastMs(services.analytics, workspaceId, services.clock.now().getTime());
  const counted = await countReturns(services.analytics, asked, { unitMs: unitsMs[query.unit], most: query.most, first: query.first ?? null, back: query.back ?? null, knownUntilMs });
  return {
    ...shown(asked, query),
    customers: counted[0]?.eligible ?? 0,
    points: counted.slice(1).map((count) => ({ ...count, ...shareOf(count.returned, count.eligible) })),
  };
};

const shareOf = (count: number, of: number): { share: number | null; low: number | null; high: number | null } => {
  const interval = wilsonInterval(count, of);
  return { share: of === 0 ? null : count / of, low: interval?.low ?? null, high: interval?.high ?? null };
};

/** Where customers are silent for longer than some time, and who still is. */
export const listSilences = async (services: Services, workspaceId: string, query: SilencesQuery): Promise<SilencesReply> => {
  const asked = await readPathsAsked(services, workspaceId, query);
  const longerThanS = query.longerThanHours * 3600;
  // A log that ended, or days to come, say nothing of silence. Facts of the very last moment count.
  const endMs = Math.min(asked.selection.toMs, await findLastMs(services.analytics, workspaceId, services.clock.now().getTime()));
  const [silences, silent] = await Promise.all([listSilencesBetween(services.analytics, asked, longerThanS), listSilent(services.analytics, asked, { longerThanS, endMs })]);
  return { ...shown(asked, query), longerThanHours: query.longerThanHours, silences, silent };
};

/** Who met one thing, or one thing right after another. */
export const showPlace = async (services: Services, actor: Actor, query: PlaceQuery): Promise<PlaceReply> => {
  const asked = await readPathsAsked(services, actor.workspaceId, query);
  const { examples, ...place } = await describeStep(services.analytics, asked, { node: query.node, previous: query.previous }, EXAMPLES_MAX);
  if (!maySeeCustomers(actor)) return { ...shown(asked, query), ...place, examples: [] };
  const names = new Map((await listNamesOfCustomers(services.db, actor.workspaceId, examples.map(({ customerId }) => customerId))).map(({ id, name }) => [id, name]));
  return { ...shown(asked, query), ...place, examples: examples.map((example) => ({ ...example, name: names.get(example.customerId) ?? null })) };
};

/** Customers who were seen last, with their steps, to be shown moving over the graph. */
export const listPathTravellers = async (services: Services, actor: Actor, query: TravellersQuery): Promise<TravellersReply> => {
  const asked = await readPathsAsked(services, actor.workspaceId, query);
  // Steps with their times tell who somebody is, even without the id.
  if (!maySeeCustomers(actor)) return { ...shown(asked, query), travellers: [] };
  return { ...shown(asked, query), travellers: await listTravellers(services.analytics, asked, { customers: query.customers, steps: STEPS_SHOWN }) };
};
