import type { z } from "zod";
import { boxesOf, listNamesOfCustomers, listPerceptionsBeside, type ListedPerception } from "#customers";
import { nextCursor, readCursor } from "#platform/db";
import type { Services } from "#platform/services";
import { hideTexts } from "../comments/hidden-texts.ts";
import { listAnswerPlaces, listLatestPlaces } from "./answer-places.queries.ts";
import { onePerSitting, showAnswers, showAsked, type AnswerPlace } from "./answers.rules.ts";
import { getMetric } from "./custom-metrics.ts";
import { bandAt, usualScaleOf, type Metric } from "./metric-kinds.rules.ts";
import { readRows, refuseWrongFilters } from "./metric-rows.ts";
import type { Answer, answersQuery, AnswersReply, BandName, latestQuery, LatestReply, Scale, SpanReply } from "./metrics.contract.ts";
import { countScales, findSpan } from "./metrics.queries.ts";
import { chooseScale } from "./metrics.rules.ts";
import { listAsked } from "./outreach.ts";
import { metricsErrors, readSelection, requireScale, type Asked } from "./selection.ts";

type AnswersQuery = z.output<typeof answersQuery>;

/** Who the answers are for: whoever may not see customers gets no names, no ids of customers, and texts with the personal data hidden. */
export type AnswersReader = { seesCustomers: boolean };

/** The answers and people behind a number, a page at a time, newest first. Behind a response rate are those asked, answered or not.
 *  @throws metric_unknown, cursor_wrong, scale_not_scoreable, filter_not_for_metric and those of the filters */
export const listAnswers = async (services: Services, workspaceId: string, query: AnswersQuery, reader: AnswersReader): Promise<AnswersReply> => {
  const found = await getMetric(services, workspaceId, query.metric);
  refuseWrongFilters(found, query);
  const { metric } = found;
  const wanted = requireScale(metric, query.scale);
  const after = query.cursor === undefined || query.cursor === "" ? null : readPlace(query.cursor);
  const asked = await readSelection(services, workspaceId, query);
  if (metric.source === "outreach") return listPeopleAsked(services, { ...asked, query, after }, reader);
  const { selection } = asked;
  const { limit } = query;
  const source = await readRows(services, workspaceId, found, { period: selection, filters: query });
  // Without a scale the rows are those behind the tile, which chooses its scale the same way.
  const { scale } = chooseScale(metric, wanted === null ? await countScales(services.analytics, selection, source) : [], wanted);
  const places = await listAnswerPlaces(services.analytics, selection, {
    source,
    usual: usualScaleOf(metric),
    scale,
    boxes: query.band === undefined ? null : boxesIn(metric, scale, query.band),
    value: query.value ?? null,
    after,
    limit: limit + 1,
  });
  const page = places.slice(0, limit);
  const last = page.at(-1);
  const records = await listPerceptionsBeside(services.db, workspaceId, page.map(({ id }) => id));
  const worth = metric.source === "feelings" ? null : { measure: metric.measure, scale };
  return {
    items: await nameAnswers(services, workspaceId, { places: page, records, worth }, reader),
    nextCursor: places.length > limit && last !== undefined ? nextCursor([last.at, last.id]) : null,
  };
};

const listPeopleAsked = async (
  services: Services,
  { query, after, ...asked }: Asked & { query: AnswersQuery; after: { at: string; id: string } | null },
  { seesCustomers }: AnswersReader,
): Promise<AnswersReply> => {
  const { band, value, limit } = query;
  const people = await listAsked(services, { ...asked, filters: query }, { band, value, after, limit: limit + 1 });
  const page = people.slice(0, limit);
  const last = page.at(-1);
  const names = seesCustomers ? await readNames(services, asked.selection.workspaceId, page.map(({ customerId }) => customerId)) : null;
  return {
    items: page.map((person) => showAsked(person, names)),
    nextCursor: people.length > limit && last !== undefined ? nextCursor([last.atText, last.id]) : null,
  };
};

/** The newest answers of all kinds, one per response. */
export const listLatest = async (services: Services, workspaceId: string, query: z.output<typeof latestQuery>, reader: AnswersReader): Promise<LatestReply> => {
  const { selection } = await readSelection(services, workspaceId, query);
  // A response mostly brings a score, a comment and a choice or two.
  const places = await listLatestPlaces(services.analytics, selection, query.limit * 4);
  const records = await listPerceptionsBeside(services.db, workspaceId, places.map(({ id }) => id));
  return { items: await nameAnswers(services, workspaceId, { places: onePerSitting(places, records, query.limit), records }, reader) };
};

/** When the first and the last answer came, so that a screen can offer the period that holds something. */
export const findAnswerSpan = (services: Services, workspaceId: string): Promise<SpanReply> => findSpan(services.analytics, workspaceId);

const nameAnswers = async (
  services: Services,
  workspaceId: string,
  { places, records, worth = null }: { places: readonly AnswerPlace[]; records: readonly ListedPerception[]; worth?: Parameters<typeof showAnswers>[3] },
  { seesCustomers }: AnswersReader,
): Promise<Answer[]> => {
  if (!seesCustomers) return showAnswers(places, await hideTexts(services, workspaceId, records), null, worth);
  return showAnswers(places, records, await readNames(services, workspaceId, places.map(({ customer }) => customer)), worth);
};

const readNames = async (services: Services, workspaceId: string, customers: readonly (string | null)[]): Promise<Map<string, string>> => {
  const known = [...new Set(customers.filter((id) => id !== null))];
  const named = known.length === 0 ? [] : await listNamesOfCustomers(services.db, workspaceId, known);
  return new Map(named.map(({ id, name }) => [id, name]));
};

// A band of another metric holds nothing; one past every scale says so to the query without a case of its own.
const boxesIn = ({ measure }: Metric, scale: Scale, band: BandName): number[] => {
  const boxes = boxesOf(scale).filter((box) => bandAt(measure, scale, box) === band);
  return boxes.length === 0 ? [Math.min(scale.min, scale.max) - 1] : boxes;
};

const readPlace = (cursor: string): { at: string; id: string } => {
  const [at, id] = readCursor(cursor, 2) ?? [];
  const isPlace = typeof at === "string" && typeof id === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u.test(at) && !Number.isNaN(Date.parse(at)) && /^[0-9a-f-]{36}$/u.test(id);
  if (!isPlace) throw metricsErrors.refuse("cursor_wrong", "The cursor is none that a page of this list gave out. Start again without it.");
  return { at, id };
};
