import { listSpansOfCustomer, subjectText } from "#customers";
import type { Actor } from "#platform/access";
import { nextCursor, readCursor } from "#platform/db";
import { AppError } from "#platform/http";
import type { Services } from "#platform/services";
import { z } from "zod";
import { isTooFewToShow } from "../surveys/survey-settings.rules.ts";
import { readSettings } from "../surveys/survey-settings.ts";
import { findSurvey } from "../surveys/surveys.queries.ts";
import type { ResponsePage, ResponseQuery } from "./response-list.contract.ts";
import { countResponses, listResponseRows } from "./response-list.queries.ts";
import type { ResponseFilter } from "./response-list.queries.ts";
import { readSearch } from "./search.rules.ts";
import { showResponses } from "./shown-responses.ts";

// Identifiers of one person; a device passed around has many spans but one identifier.
const SPANS_MAX = 2_000;

/** A page of the responses asked for, or nothing where so few fit that they could be traced to people. */
export const listResponses = async (services: Services, actor: Actor, query: ResponseQuery): Promise<z.infer<typeof ResponsePage>> => {
  const filter = await filterFrom(services, actor.workspaceId, query);
  if (await isHidden(services, actor.workspaceId, query, filter)) return { items: [], nextCursor: null, isTooFewToShow: true };
  const rows = await listResponseRows(services.db, actor.workspaceId, filter, { before: readPosition(query.cursor), limit: query.limit + 1 });
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: await showResponses(services.db, actor.workspaceId, shown),
    nextCursor: rows.length > query.limit && last !== undefined ? nextCursor([last.startedAt.toISOString(), last.id]) : null,
    isTooFewToShow: false,
  };
};

const filterFrom = async (services: Services, workspaceId: string, query: ResponseQuery): Promise<ResponseFilter> => ({
  surveyId: query.surveyId ?? null, state: query.state ?? null, outcome: query.outcome ?? null, channel: query.channel ?? null, language: query.language ?? null,
  tag: query.tag ?? null, scoreMin: query.scoreMin ?? null, scoreMax: query.scoreMax ?? null, hasComment: query.hasComment ?? null,
  subjects: await subjectsFrom(services, workspaceId, query), search: readSearch(query.search), from: query.from ?? null, to: query.to ?? null,
});

// A customer of another workspace, or one that is gone, is nobody: nothing fits.
const subjectsFrom = async (services: Services, workspaceId: string, { subject, customerId }: ResponseQuery): Promise<string[] | null> => {
  if (customerId === undefined) return subject === undefined ? null : [subject];
  const spans = await listSpansOfCustomer(services.db, workspaceId, customerId, SPANS_MAX);
  const own = [...new Set(spans.map((span) => subjectText(span)))];
  return subject === undefined ? own : own.filter((one) => one === subject);
};

// Survey, time and state are no groups of people; whatever else narrows a list down makes one.
const isHidden = async (services: Services, workspaceId: string, query: ResponseQuery, filter: ResponseFilter): Promise<boolean> => {
  if (query.surveyId === undefined || !isNarrowed(query)) return false;
  const survey = await findSurvey(services.db, workspaceId, query.surveyId);
  const threshold = survey === null ? 1 : readSettings(survey.settings).anonymityThreshold;
  return threshold > 1 && isTooFewToShow(await countResponses(services.db, workspaceId, filter, threshold), threshold);
};

const isNarrowed = ({ language, channel, subject, customerId }: ResponseQuery): boolean =>
  [language, channel, subject, customerId].some((value) => value !== undefined);

const readPosition = (cursor: string | undefined): { startedAt: string; id: string } | null => {
  if (cursor === undefined) return null;
  const position = z.tuple([z.iso.datetime(), z.uuid()]).safeParse(readCursor(cursor, 2));
  if (!position.success) throw new AppError("invalid_input", 400, "The cursor is not one of ours. Start again without it.");
  return { startedAt: position.data[0], id: position.data[1] };
};
