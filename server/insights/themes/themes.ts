import { listCommentTexts } from "#customers";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction, type Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { makeThemeOfWords, redact } from "@firsthand/text";
import { listRulesOfTheme } from "../alerts/alert-rules.queries.ts";
import { listReadings } from "../comments/readings.queries.ts";
import { spreadRemovals } from "./assignments.queries.ts";
import { beginDiscovery, themesErrors } from "./discoveries.ts";
import type { QuotePlace } from "./figures.queries.ts";
import { familyOf, type StoredTheme } from "./matching.rules.ts";
import { chooseQuotes } from "./themes.rules.ts";
import type { ChangedTheme, NewThemeBody, Quote, ThemeBody } from "./themes.contract.ts";
import { deleteTheme, listStoredThemes, lockTheme, lockThemeSet, raiseVersion, upsertThemes } from "./themes.queries.ts";

const OWN_THEMES_MAX = 100;
const WORDS_SHOWN = 10;
const QUOTES_SHOWN = 3;

/** Names a theme, hides it or keeps it. What a person did stays when themes are looked for anew.
 *  @throws not_found */
export const changeTheme = (services: Services, actor: Actor, id: string, body: ThemeBody): Promise<ChangedTheme> =>
  transaction(services.db, async (tx) => {
    const theme = await requireTheme(tx, actor.workspaceId, id);
    const isRenamed = body.name !== undefined && body.name !== theme.name;
    const after: StoredTheme = { ...theme, name: body.name ?? theme.name, isNamed: theme.isNamed || isRenamed, state: body.state ?? theme.state };
    await keepChange(tx, actor, after, isRenamed ? "theme.renamed" : `theme.${after.state}`, { before: theme.name, after: after.name, state: after.state });
    return { ...describeTheme(after), isAssigning: false };
  });

/** Lets a theme count for another one. Its comments stay its own, so that this can be undone.
 *  @throws not_found, theme_merged_in_a_circle */
export const mergeTheme = (services: Services, actor: Actor, id: string, into: string): Promise<ChangedTheme> =>
  transaction(services.db, async (tx) => {
    const theme = await requireTheme(tx, actor.workspaceId, id);
    const target = await requireTheme(tx, actor.workspaceId, into);
    // Retired ones too: a later search may find them again.
    const merged = familyOf(id, await listStoredThemes(tx, actor.workspaceId));
    if (merged.includes(into))
      throw themesErrors.refuse("theme_merged_in_a_circle", `"${theme.name}" cannot be merged into "${target.name}", which is itself part of it.`);
    const after = { ...theme, mergedInto: into };
    await keepChange(tx, actor, after, "theme.merged", { into });
    await spreadRemovals(tx, actor.workspaceId, merged, into);
    return { ...describeTheme(after), isAssigning: false };
  });

/** Lets a merged theme stand for itself again.
 *  @throws not_found */
export const unmergeTheme = (services: Services, actor: Actor, id: string): Promise<ChangedTheme> =>
  transaction(services.db, async (tx) => {
    const theme = await requireTheme(tx, actor.workspaceId, id);
    const after = { ...theme, mergedInto: null };
    if (theme.mergedInto !== null) await keepChange(tx, actor, after, "theme.unmerged", { from: theme.mergedInto });
    return { ...describeTheme(after), isAssigning: false };
  });

/** Makes a theme of words; comments get it in the background.
 *  @throws theme_words_unclear, theme_limit */
export const makeTheme = (services: Services, actor: Actor, body: NewThemeBody): Promise<ChangedTheme> =>
  transaction(services.db, async (tx) => {
    const { workspaceId } = actor;
    const model = makeThemeOfWords(body.words);
    if (model === null) throw themesErrors.refuse("theme_words_unclear", "These words only hold sentences together or tell a tone. Give words that say what a comment is about.");
    const version = await raiseVersion(tx, workspaceId, null);
    const own = (await listStoredThemes(tx, workspaceId)).filter(({ madeBy }) => madeBy === "person");
    if (own.length >= OWN_THEMES_MAX) throw themesErrors.refuse("theme_limit", `There are ${OWN_THEMES_MAX} themes made by people already. Hide or remove some first.`);
    const theme: StoredTheme = {
      ...model, id: newId(), name: body.name, isNamed: true, language: null, coherence: null, stability: null, state: "kept", mergedInto: null, madeBy: "person", madeAt: services.clock.now(), retiredAt: null,
    };
    await keepChange(tx, actor, theme, "theme.made", { words: body.words, version });
    await beginDiscovery(tx, { workspaceId, kind: "assignment", memberId: actor.memberId, at: services.clock.now() });
    return { ...describeTheme(theme), isAssigning: true };
  });

/** Removes a theme that a person made.
 *  @throws not_found, theme_not_own, theme_watched */
export const removeTheme = (services: Services, actor: Actor, id: string): Promise<void> =>
  transaction(services.db, async (tx) => {
    const { workspaceId } = actor;
    const theme = await requireTheme(tx, workspaceId, id);
    if (theme.madeBy !== "person") throw themesErrors.refuse("theme_not_own", `"${theme.name}" was found by the machine and would be found again. Hide it instead.`);
    const [rule] = await listRulesOfTheme(tx, workspaceId, id);
    if (rule !== undefined) throw themesErrors.refuse("theme_watched", `The rule "${rule}" watches "${theme.name}". Delete the rule first, or let it watch something else.`, { rule });
    await raiseVersion(tx, workspaceId, null);
    await deleteTheme(tx, workspaceId, id);
    await beginDiscovery(tx, { workspaceId, kind: "assignment", memberId: actor.memberId, at: services.clock.now() });
    await recordAudit(tx, actor, { action: "theme.removed", subject: id, details: { name: theme.name } });
    await publish(tx, { name: "themes.changed", workspaceId, payload: { themeId: id } });
  });

const keepChange = async (tx: Queryable, actor: Actor, theme: StoredTheme, action: string, details: Record<string, unknown>): Promise<void> => {
  await upsertThemes(tx, actor.workspaceId, [theme]);
  await recordAudit(tx, actor, { action, subject: theme.id, details });
  await publish(tx, { name: "themes.changed", workspaceId: actor.workspaceId, payload: { themeId: theme.id } });
};

const requireTheme = async (tx: Queryable, workspaceId: string, id: string): Promise<StoredTheme> => {
  // A search reads all themes and writes them back: what was changed in between would be lost.
  await lockThemeSet(tx, workspaceId);
  const theme = await lockTheme(tx, workspaceId, id);
  if (theme === null) throw httpErrors.refuse("not_found", "There is no such theme in this workspace. A later search may not have found it again.");
  return theme;
};

/** Three comments of each theme, personal data blacked out. */
export const readQuotes = async (services: Services, workspaceId: string, places: readonly QuotePlace[]): Promise<Map<string, Quote[]>> => {
  const ids = [...new Set(places.map(({ id }) => id))];
  const [texts, readings] = await Promise.all([listCommentTexts(services.db, ids), listReadings(services.db, workspaceId, ids)]);
  const personalData = new Map(readings.map((reading) => [reading.id, reading.personalData]));
  const quotes = new Map<string, Quote[]>();
  for (const { themeId, id, at, sentiment } of places) {
    const [text, places_] = [texts.get(id), personalData.get(id)];
    // Nothing is quoted that was not looked through for personal data.
    if (text === undefined || places_ === undefined) continue;
    quotes.set(themeId, [...(quotes.get(themeId) ?? []), { id, at, sentiment, text: redact(text, places_) }]);
  }
  return new Map([...quotes].map(([themeId, list]) => [themeId, chooseQuotes(list, QUOTES_SHOWN)]));
};

/** A theme without its figures. */
export const describeTheme = (theme: StoredTheme): Omit<ChangedTheme, "isAssigning"> => ({
  id: theme.id,
  name: theme.name,
  words: theme.terms.slice(0, WORDS_SHOWN).map(({ term }) => term),
  language: theme.language,
  state: theme.state,
  madeBy: theme.madeBy,
  madeAt: theme.madeAt.toISOString(),
  mergedInto: theme.mergedInto,
});
