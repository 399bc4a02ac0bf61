// What rules are about beside what they watch: their theme and their surveys, by the names these have now.
import { listSurveyNames } from "#feedback";
import type { Queryable } from "#platform/db";
import type { Services } from "#platform/services";
import { findLatestDiscovery } from "../themes/discoveries.queries.ts";
import { familyOf, rootOf } from "../themes/matching.rules.ts";
import { listThemeMergers } from "../themes/themes.queries.ts";
import type { AlertFilters } from "./alerts.contract.ts";
import type { Subject } from "./watched.rules.ts";

const STALE_MS = 30 * 60_000;

/** Names for many rules or alerts from one reading. A theme that was merged goes by what it counts for. */
export const readSubjects = async ({ db }: { db: Queryable }, workspaceId: string, all: readonly AlertFilters[]): Promise<(filters: AlertFilters) => Subject> => {
  const surveyIds = [...new Set(all.flatMap(({ survey = [] }) => survey).filter((id) => id !== ""))];
  const isThemed = all.some(({ theme }) => theme !== undefined);
  // One after the other: a transaction has one connection.
  const surveys = surveyIds.length === 0 ? [] : await listSurveyNames(db, workspaceId, surveyIds);
  const themes = isThemed ? await listThemeMergers(db, workspaceId) : [];
  const byId = new Map(themes.map((theme) => [theme.id, theme]));
  const themeOf = (id: string): Subject["theme"] => {
    const root = byId.get(rootOf(id, byId));
    return root === undefined ? null : { id: root.id, name: root.name };
  };
  return ({ theme, survey = [] }) => ({
    theme: theme === undefined ? null : themeOf(theme),
    surveys: survey.flatMap((id) => surveys.find((one) => one.id === id)?.name ?? []),
  });
};

/** The themes whose comments count for a theme: all that are merged into what it counts for. None when it is gone. */
export const listThemeFamily = async (services: Services, workspaceId: string, theme: string | undefined): Promise<string[]> => {
  if (theme === undefined) return [];
  const themes = await listThemeMergers(services.db, workspaceId);
  return familyOf(rootOf(theme, new Map(themes.map((one) => [one.id, one]))), themes);
};

/** Whether comments are being given their themes anew: some have those of before still, and shares would jump at the seam. */
export const isGivingThemes = async (services: Services, workspaceId: string): Promise<boolean> => {
  const latest = await findLatestDiscovery(services.db, workspaceId);
  return latest !== null && latest.state === "running" && latest.phase === "assigning" && latest.movedAt.getTime() > services.clock.now().getTime() - STALE_MS;
};
