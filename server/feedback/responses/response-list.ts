import { listSpansOfCustomer, readPeriod, subjectText } from "#customers";
import type { Actor } from "#platform/access";
import { nextCursor, readCursor } from "#platform/db";
import { AppError } from "#platform/http";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { z } from "zod";
import type { ResponsePage, ResponseQuery, WantedResponses } from "./response-list.contract.ts";
import type { ResponseFilter } from "./response-filter.queries.ts";
import { listResponseRows, listResponsesByIds, listSurveysTooFewOf } from "./response-list.queries.ts";
import type { SurveyResponse } from "./responses.contract.ts";
import { readSearch } from "./search.rules.ts";
import { showResponses } from "./shown-responses.ts";

// Identifiers of one person; a device passed around has many spans but one identifier.
const SPANS_MAX = 2_000;

/** A page of the responses asked for, without those of surveys of which so few fit that they could be traced to people. */
export const listResponses = async (services: Services, actor: Actor, query: ResponseQuery): Promise<z.infer<typeof ResponsePage>> => {
  const filter = await filterWanted(services, actor.workspaceId, query);
  const rows = await listResponseRows(services.db, actor.workspaceId, filter, { before: readPosition(query.cursor), limit: query.limit + 1 });
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: await showResponses(services.db, actor.workspaceId, shown),
    nextCursor: rows.length > query.limit && last !== undefined ? nextCursor([last.answeredAt.toISOString(), last.id]) : null,
    isTooFewToShow: rows.length === 0 && query.cursor === undefined && filter.surveysLeftOut.length > 0,
  };
};

/** Responses by their ids, with answers in words and whose they are; one that is gone by now is missing.
 *  @param ids at most some hundreds, of one workspace
 *  @returns in no order */
export const readResponses = async ({ db }: Services, workspaceId: string, ids: readonly string[]): Promise<SurveyResponse[]> =>
  ids.length === 0 ? [] : showResponses(db, workspaceId, await listResponsesByIds(db, workspaceId, ids));

/** The responses meant, without surveys of which too few fit; the same for the list and for files of it. */
export const filterWanted = async (services: Services, workspaceId: string, wanted: WantedResponses): Promise<ResponseFilter> => {
  const filter = await filterFrom(services, workspaceId, wanted);
  return isNarrowed(wanted) ? { ...filter, surveysLeftOut: await listSurveysTooFewOf(services.db, workspaceId, filter) } : filter;
};

const filterFrom = async (services: Services, workspaceId: string, query: WantedResponses): Promise<ResponseFilter> => ({
  surveyId: query.surveyId ?? null, surveysLeftOut: [], state: query.state ?? null, outcome: query.outcome ?? null, channel: query.channel ?? null, language: query.language ?? null,
  tag: query.tag ?? null, scoreMin: query.scoreMin ?? null, scoreMax: query.scoreMax ?? null, hasComment: query.hasComment ?? null,
  subjects: await subjectsFrom(services, workspaceId, query), search: readSearch(query.search), ...(await timesFrom(services, workspaceId, query)),
});

const EVER = { from: "1900-01-01", to: "2900-01-01" };

const timesFrom = async ({ db }: Services, workspaceId: string, { from, to }: WantedResponses): Promise<Pick<ResponseFilter, "from" | "to">> => {
  if (from === undefined && to === undefined) return { from: null, to: null };
  const timeZone = (await findWorkspace(db, workspaceId))?.timeZone ?? "UTC";
  const period = readPeriod({ from: from ?? EVER.from, to: to ?? EVER.to }, timeZone, 0);
  // What ends before it begins holds nothing.
  if (period === null) return { from: EVER.to, to: EVER.from };
  return { from: from === undefined ? null : new Date(period.fromMs).toISOString(), to: to === undefined ? null : new Date(period.toMs).toISOString() };
};

// A customer of another workspace, or one that is gone, is nobody: nothing fits.
const subjectsFrom = async (services: Services, workspaceId: string, { subject, customerId }: WantedResponses): Promise<string[] | null> => {
  if (customerId === undefined) return subject === undefined ? null : [subject];
  const spans = await listSpansOfCustomer(services.db, workspaceId, customerId, SPANS_MAX);
  const own = [...new Set(spans.map((span) => subjectText(span)))];
  return subject === undefined ? own : own.filter((one) => one === subject);
};

// Survey, time and state are no groups of people; whatever else narrows a list down makes one.
const isNarrowed = ({ language, channel, subject, customerId }: WantedResponses): boolean =>
  [language, channel, subject, customerId].some((value) => value !== undefined);

const readPosition = (cursor: string | undefined): { answeredAt: string; id: string } | null => {
  if (cursor === undefined) return null;
  const position = z.tuple([z.iso.datetime(), z.uuid()]).safeParse(readCursor(cursor, 2));
  if (!position.success) throw new AppError("invalid_input", 400, "The cursor is not one of ours. Start again without it.");
  return { answeredAt: position.data[0], id: position.data[1] };
};
