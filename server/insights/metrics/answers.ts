import type { z } from "zod";
import { bandOf, boxesOf, listNamesOfCustomers, listPerceptionsBeside, type ListedPerception } from "#customers";
import { nextCursor, readCursor } from "#platform/db";
import type { Services } from "#platform/services";
import { onePerSitting, showAnswers, type AnswerPlace } from "./answers.rules.ts";
import type { Answer, answersQuery, AnswersReply, BandName, latestQuery, LatestReply, MetricName, Scale, SpanReply } from "./metrics.contract.ts";
import { countScales, findSpan, listAnswerPlaces, listLatestPlaces } from "./metrics.queries.ts";
import { chooseScale } from "./metrics.rules.ts";
import { metricsErrors, readSelection, requireScale } from "./selection.ts";

/** The answers and people behind a number, a page at a time, newest first.
 *  @throws cursor_wrong, scale_not_scoreable */
export const listAnswers = async (services: Services, workspaceId: string, query: z.output<typeof answersQuery>): Promise<AnswersReply> => {
  const { selection } = await readSelection(services, workspaceId, query);
  const { metric, limit } = query;
  const wanted = requireScale(metric, query.scale);
  const after = query.cursor === undefined || query.cursor === "" ? null : readPlace(query.cursor);
  // Without a scale the rows are those behind the tile, which chooses its scale the same way.
  const { scale } = chooseScale(metric, wanted === null ? await countScales(services.analytics, selection, metric) : [], wanted);
  const places = await listAnswerPlaces(services.analytics, selection, {
    metric,
    scale,
    boxes: query.band === undefined ? null : boxesIn(metric, scale, query.band),
    value: query.value ?? null,
    after,
    limit: limit + 1,
  });
  const page = places.slice(0, limit);
  const last = page.at(-1);
  const records = await listPerceptionsBeside(services.db, workspaceId, page.map(({ id }) => id));
  return {
    items: await nameAnswers(services, page, records),
    nextCursor: places.length > limit && last !== undefined ? nextCursor([last.at, last.id]) : null,
  };
};

/** The newest answers of all kinds, one per response. */
export const listLatest = async (services: Services, workspaceId: string, query: z.output<typeof latestQuery>): Promise<LatestReply> => {
  const { selection } = await readSelection(services, workspaceId, query);
  // A response mostly brings a score, a comment and a choice or two.
  const places = await listLatestPlaces(services.analytics, selection, query.limit * 4);
  const records = await listPerceptionsBeside(services.db, workspaceId, places.map(({ id }) => id));
  return { items: await nameAnswers(services, onePerSitting(places, records, query.limit), records) };
};

/** When the first and the last answer came, so that a screen can offer the period that holds something. */
export const findAnswerSpan = (services: Services, workspaceId: string): Promise<SpanReply> => findSpan(services.analytics, workspaceId);

const nameAnswers = async (services: Services, places: readonly AnswerPlace[], records: readonly ListedPerception[]): Promise<Answer[]> => {
  const customers = [...new Set(places.flatMap(({ customer }) => (customer === null ? [] : [customer])))];
  const named = customers.length === 0 ? [] : await listNamesOfCustomers(services.db, customers);
  return showAnswers(places, records, new Map(named.map(({ id, name }) => [id, name])));
};

// A band of another metric holds nothing; -1 past every scale says so to the query without a case of its own.
const boxesIn = (metric: MetricName, scale: Scale, band: BandName): number[] => {
  const boxes = boxesOf(scale).filter((box) => bandOf(metric, scale, box) === band);
  return boxes.length === 0 ? [Math.min(scale.min, scale.max) - 1] : boxes;
};

const readPlace = (cursor: string): { at: string; id: string } => {
  const [at, id] = readCursor(cursor, 2) ?? [];
  const isPlace = typeof at === "string" && typeof id === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u.test(at) && !Number.isNaN(Date.parse(at)) && /^[0-9a-f-]{36}$/u.test(id);
  if (!isPlace) throw metricsErrors.refuse("cursor_wrong", "The cursor is none that a page of this list gave out. Start again without it.");
  return { at, id };
};
