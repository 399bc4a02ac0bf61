import type { z } from "zod";
import { type ListedPerception, listNamesOfCustomers, listPerceptionsBeside, maySeeCustomers, previousPeriod } from "#customers";
import { openShareCorrector } from "@firsthand/text";
import type { Actor } from "#platform/access";
import { nextCursor, readCursor } from "#platform/db";
import { defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { labelGroups } from "../metrics/breakdown.ts";
import { readSelection, showPeriod } from "../metrics/selection.ts";
import { showThemesOf, type CommentTheme } from "../themes/comment-themes.ts";
import { familyOf } from "../themes/matching.rules.ts";
import { listThemeMergers } from "../themes/themes.queries.ts";
import { emotionNames, needNames, sentimentNames, type Comment, type CommentFilters, type commentsQuery, type CommentsReply, type CorrectedBy, type groupsQuery, type GroupsReply, type SummaryReply } from "./comments.contract.ts";
import { countLanguages, countReadings, countReadingsBy, listCommentPlaces, type CommentPlace, type ReadingFilters } from "./comments.queries.ts";
import { showQuestion, summariseGroup, summariseReadings } from "./comments.rules.ts";
import { correctorsFor, isChosenByReading, openCorrectors, type Correctors } from "./corrected-shares.rules.ts";
import { familyOfNamed } from "./known-names.rules.ts";
import { hidePersonal } from "./hidden.rules.ts";
import { loadNamesOfWorkspace } from "./known-names.ts";
import { listReadings, type StoredReading } from "./readings.queries.ts";
import { judgedSources, explainReadings } from "./text-engine.ts";
import { findTaught } from "./taught.ts";

export const commentsErrors = defineErrors("comments", {
  comments_cursor_wrong: { status: 400, meaning: "The cursor is none that a page of this list gave out. Start again without it." },
  comment_mark_empty: { status: 400, meaning: "The words that are to be marked lie behind the end of the comment, or are blanks alone." },
  comment_unread: { status: 503, meaning: "The comment could not be read with what is marked in it. Nothing was changed; try again." },
  comment_marks_many: { status: 409, meaning: "200 stretches of words have been marked in this comment. Take some back first." },
});

/** What the comments of a period say: feeling, needs, emotions, languages, each share with its interval and its change. */
export const summariseComments = async (services: Services, workspaceId: string, filters: CommentFilters): Promise<SummaryReply> => {
  const { selection, timeZone } = await readPlaces(services, workspaceId, filters);
  const readings = await readReadingFilters(services, workspaceId, filters);
  const previous = previousPeriod(selection, timeZone);
  const [counts, languages] = await Promise.all([
    countReadings(services.analytics, selection, previous, readings),
    countLanguages(services.analytics, selection, readings),
  ]);
  const names = { sentiments: sentimentNames, needs: needNames, emotions: emotionNames };
  const correctors = correctorsFor(counts.current, findCorrectors(filters));
  return {
    period: showPeriod(selection), previous: showPeriod(previous), languages, correctedBy: correctors === null ? null : describeCorrection(),
    ...summariseReadings(counts.current, counts.previous, names, correctors),
  };
};

// Language and emotion are asked of the readings, beside needs and feeling.
export const readPlaces = (services: Services, workspaceId: string, filters: CommentFilters) =>
  readSelection(services, workspaceId, { ...filters, language: undefined, emotion: undefined });

// A theme stands for all that were merged into it, and a name for all that the thing is or was called.
export const readReadingFilters = async (services: Services, workspaceId: string, filters: CommentFilters): Promise<ReadingFilters> => ({
  ...filters,
  themeIds: filters.theme === undefined ? undefined : familyOf(filters.theme, await listThemeMergers(services.db, workspaceId)),
  named: filters.mention === undefined ? undefined : familyOfNamed(filters.mention, await loadNamesOfWorkspace(services, workspaceId)),
});

// A model that a workspace has taught is corrected like the plain one: what people set right they chose, mostly because it was wrong, and so
// it does not tell how often the others are.
const findCorrectors = (filters: CommentFilters): Correctors | null => (isChosenByReading(filters) ? null : openCorrectors(judgedSources(), openShareCorrector));

const describeCorrection = (): CorrectedBy => {
  const sources = judgedSources();
  return { sources: sources.length, comments: sources.reduce((sum, { comments }) => sum + comments, 0) };
};

const GROUPS_MAX = 50;

/** What the comments say by touchpoint, channel, survey, team and so on. */
export const summariseGroups = async (services: Services, workspaceId: string, query: z.output<typeof groupsQuery>): Promise<GroupsReply> => {
  const { selection } = await readPlaces(services, workspaceId, query);
  const correctors = findCorrectors(query);
  const groups = await countReadingsBy(services.analytics, selection, { by: query.by, filters: await readReadingFilters(services, workspaceId, query), limit: GROUPS_MAX });
  const labels = await labelGroups(services, workspaceId, query.by, groups.map(({ name }) => name));
  return {
    by: query.by,
    correctedBy: correctors === null ? null : describeCorrection(),
    groups: groups.map(({ name, counts }) => ({ value: name === "" ? null : name, label: labels.get(name) ?? null, ...summariseGroup(counts, needNames, correctors) })),
  };
};

/** Comments for whoever asks: without the right to see customers, personal data is told by its kind and nobody is named.
 *  @throws comments_cursor_wrong */
export const showComments = async (services: Services, actor: Actor, query: z.output<typeof commentsQuery>): Promise<CommentsReply> => {
  const reply = await listComments(services, actor.workspaceId, query);
  return maySeeCustomers(actor) ? reply : { ...reply, items: reply.items.map(hidePersonal) };
};

/** Comments with what was read in them and the words that carried it, newest first.
 *  @throws comments_cursor_wrong */
export const listComments = async (services: Services, workspaceId: string, query: z.output<typeof commentsQuery>): Promise<CommentsReply> => {
  const { selection } = await readPlaces(services, workspaceId, query);
  const after = query.cursor === undefined || query.cursor === "" ? null : readPlace(query.cursor);
  const places = await listCommentPlaces(services.analytics, selection, { filters: await readReadingFilters(services, workspaceId, query), after, limit: query.limit + 1 });
  const page = places.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: await describeComments(services, workspaceId, page),
    nextCursor: places.length > query.limit && last !== undefined ? nextCursor([last.at, last.id]) : null,
  };
};

const describeComments = async (services: Services, workspaceId: string, places: readonly CommentPlace[]): Promise<Comment[]> => {
  const ids = places.map(({ id }) => id);
  const customers = [...new Set(places.flatMap(({ customer }) => (customer === null ? [] : [customer])))];
  const readings = new Map((await listReadings(services.db, workspaceId, ids)).map((reading) => [reading.id, reading]));
  const records = new Map((await listPerceptionsBeside(services.db, workspaceId, ids)).map((record) => [record.id, record]));
  const names = new Map((customers.length === 0 ? [] : await listNamesOfCustomers(services.db, workspaceId, customers)).map(({ id, name }) => [id, name]));
  const themes = await showThemesOf(services.db, workspaceId, ids);
  const taught = await findTaught(services, workspaceId);
  // A comment erased a moment ago is gone from the record before it is gone from the copy.
  const found = places.flatMap((place) => {
    const [record, reading] = [records.get(place.id), readings.get(place.id)];
    return record?.text == null || reading === undefined ? [] : [{ place, record, reading, text: record.text }];
  });
  const highlights = await explainReadings(found.map(({ text, reading: { sentiment, emotion, needs, isUrgent } }) => ({ text, sentiment, emotion, needs, isUrgent })), taught?.correction ?? null);
  return found.map(({ place: { at, customer, touchpoint, channel, stage }, record, reading, text }, index) => ({
    ...showComment(record, text, reading, { highlights: highlights[index] ?? [], themes: themes.get(record.id) ?? [] }), at, customer: customer === null ? null : { id: customer, name: names.get(customer) ?? null }, touchpoint, channel, stage,
  }));
};

const showComment = (record: ListedPerception, text: string, reading: StoredReading, beside: { highlights: Comment["highlights"]; themes: CommentTheme[] }): Omit<Comment, "at" | "customer" | "touchpoint" | "channel" | "stage"> => ({
  id: record.id,
  text,
  question: showQuestion(record.question, reading.asked !== null),
  asked: reading.asked,
  language: reading.language,
  sentiment: reading.sentiment,
  sentimentScore: reading.sentimentScore,
  emotion: reading.emotion,
  needs: reading.needs,
  isUrgent: reading.isUrgent,
  isUnsure: reading.isUnsure,
  confidence: reading.confidence,
  ...beside,
  personalData: reading.personalData,
  mentions: reading.mentions,
  marks: reading.marks,
  corrected: reading.corrected,
  modelVersion: reading.modelVersion,
  source: record.source,
  surveyId: record.surveyId,
  responseId: record.responseId,
});

const readPlace = (cursor: string): { at: string; id: string } => {
  const [at, id] = readCursor(cursor, 2) ?? [];
  const isPlace = typeof at === "string" && typeof id === "string" && !Number.isNaN(Date.parse(at)) && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u.test(at) && /^[0-9a-f-]{36}$/u.test(id);
  if (!isPlace) throw commentsErrors.refuse("comments_cursor_wrong", "The cursor is none that a page of this list gave out. Start again without it.");
  return { at, id };
};
