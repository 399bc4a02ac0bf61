import { listBuckets, listOffsets, previousPeriod, usualBucket } from "#customers";
import type { Services } from "#platform/services";
import { readSelection, showPeriod } from "../metrics/selection.ts";
import type { Selection } from "../metrics/metrics.queries.ts";
import { needNames } from "../comments/comments.contract.ts";
import type { ReadingFilters } from "../comments/comments.queries.ts";
import { countRead } from "./assignments.queries.ts";
import { COMMENTS_MIN, showDiscovery } from "./discoveries.ts";
import { findLatestDiscovery } from "./discoveries.queries.ts";
import { countThemeBuckets, countThemes, countThemeStretches, listQuotePlaces, type Roots, type ThemeCounts } from "./figures.queries.ts";
import { rootOf, type StoredTheme } from "./matching.rules.ts";
import { FALSE_ALARM_RATE, findRises, RISE_STRETCH_DAYS, RISE_STRETCHES } from "./rises.rules.ts";
import type { Theme, ThemesQuery, ThemesReply } from "./themes.contract.ts";
import { findThemeSet, listStoredThemes } from "./themes.queries.ts";
import { summariseThemes } from "./themes.rules.ts";
import { describeTheme, readQuotes } from "./themes.ts";

const DAY_MS = 86_400_000;
/** More quotes than shown are looked up: some say the same in the same words. */
const QUOTES_LOOKED_UP = 8;

/** Themes of the comments of a period: how many, how they feel, which needs they say are not met, what changed, what rises, and three quotes each. */
export const listThemes = async (services: Services, workspaceId: string, query: ThemesQuery): Promise<ThemesReply> => {
  const { selection, timeZone } = await readSelection(services, workspaceId, { ...query, language: undefined, emotion: undefined });
  const previous = previousPeriod(selection, timeZone);
  const [stored, themeSet, latest, commentsRead] = await Promise.all([
    listStoredThemes(services.db, workspaceId), findThemeSet(services.db, workspaceId), findLatestDiscovery(services.db, workspaceId), countRead(services.db, workspaceId, COMMENTS_MIN),
  ]);
  const shown = chooseShown(stored, query.hidden === "true");
  const asked = { filters: query, roots: shown.roots };
  const [counted, trend, rises, quotePlaces] = await Promise.all([
    countThemes(services.analytics, selection, previous, asked),
    readTrend(services, selection, timeZone, asked),
    readRises(services, selection, { ...asked, themes: shown.themes }),
    listQuotePlaces(services.analytics, selection, { ...asked, each: QUOTES_LOOKED_UP }),
  ]);
  const quotes = await readQuotes(services, workspaceId, quotePlaces);
  const of = (id: string, isCurrent: boolean): ThemeCounts => counted.themes.find((one) => one.themeId === id && one.isCurrent === isCurrent)?.counts ?? nothing;
  const figures = summariseThemes(shown.themes.map(({ id }) => ({ current: of(id, true), previousCount: of(id, false).count })), counted.all, needNames);
  const items = shown.themes.flatMap((theme, place): Theme[] => {
    const one = figures[place];
    // What people cared about shows also where nobody spoke of it; the rest would only be in the way.
    const isCaredFor = theme.isNamed || theme.state !== "proposed" || stored.some(({ mergedInto }) => mergedInto === theme.id);
    if (one === undefined || (one.count === 0 && !isCaredFor)) return [];
    return [{ ...describeTheme(theme), merged: stored.filter(({ mergedInto }) => mergedInto === theme.id).map(({ id, name }) => ({ id, name })), ...one, trend: trend.of(theme.id), rise: rises[place] ?? null, quotes: quotes.get(theme.id) ?? [] }];
  });
  return {
    period: showPeriod(selection), previous: showPeriod(previous), count: counted.all.current, withTheme: counted.all.withTheme, trendDays: trend.days, trendCounts: trend.of(""),
    items: items.toSorted((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1)),
    falseAlarmRate: FALSE_ALARM_RATE, discovery: latest === null ? null : showDiscovery(latest), discoveredAt: themeSet?.discoveredAt?.toISOString() ?? null,
    commentsMin: COMMENTS_MIN, commentsRead,
  };
};

const nothing: ThemeCounts = { count: 0, positive: 0, negative: 0, unmet: { EASY: 0, EXPECT: 0, PROMISE: 0, INFORM: 0, INDIVID: 0, RIGHT: 0 } };

/** Themes that stand for themselves, and for each theme the one it counts for. */
export const chooseShown = (stored: readonly StoredTheme[], isHidden: boolean): { themes: StoredTheme[]; roots: Roots } => {
  const living = stored.filter(({ retiredAt }) => retiredAt === null);
  const byId = new Map(living.map((theme) => [theme.id, theme]));
  const themes = living.filter((theme) => rootOf(theme.id, byId) === theme.id && (theme.state === "hidden") === isHidden);
  const ids = new Set(themes.map(({ id }) => id));
  const counted = living.flatMap(({ id }) => {
    const root = rootOf(id, byId);
    return ids.has(root) ? [{ id, root }] : [];
  });
  return { themes, roots: { themeIds: counted.map(({ id }) => id), rootIds: counted.map(({ root }) => root) } };
};

type Asked = { filters: ReadingFilters; roots: Roots };

const readTrend = async (services: Services, selection: Selection, timeZone: string, asked: Asked): Promise<{ days: string[]; of: (themeId: string) => number[] }> => {
  const bucket = usualBucket(selection);
  const days = (listBuckets(selection, bucket, timeZone) ?? []).map(({ key }) => key);
  if (days.length === 0) return { days, of: () => [] };
  const rows = await countThemeBuckets(services.analytics, selection, { ...asked, bucket, offsets: listOffsets(selection, timeZone) });
  const counts = new Map(rows.map(({ themeId, key, count }) => [`${themeId} ${key}`, count]));
  return { days, of: (themeId) => days.map((day) => counts.get(`${themeId} ${day}`) ?? 0) };
};

// The last 14 days of the period against the half year before, whatever part of it the period shows.
const readRises = async (services: Services, selection: Selection, asked: Asked & { themes: readonly StoredTheme[] }): Promise<Theme["rise"][]> => {
  const stretchMs = RISE_STRETCH_DAYS * DAY_MS;
  const range = { ...selection, fromMs: selection.toMs - RISE_STRETCHES * stretchMs };
  const rows = await countThemeStretches(services.analytics, range, { filters: asked.filters, roots: asked.roots, stretchMs, stretches: RISE_STRETCHES });
  const counts = new Map(rows.map(({ themeId, key, count }) => [`${themeId} ${key}`, count]));
  const of = (themeId: string): number[] => Array.from({ length: RISE_STRETCHES }, (_, place) => counts.get(`${themeId} ${place}`) ?? 0);
  const all = of("");
  return findRises(asked.themes.map(({ id }) => ({ theme: of(id), all })));
};

