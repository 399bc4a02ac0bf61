// What rules are about beside what they watch: their theme, and the surveys, teams, members and segments they are narrowed to, by the names these have now.
import { listPersonaNames, listSegmentNames, type SegmentUse } from "#customers";
import { listSurveyNames } from "#feedback";
import { listNamedMembers, listTeamRows } from "#people";
import type { Queryable } from "#platform/db";
import type { Services } from "#platform/services";
import { findLatestDiscovery } from "../themes/discoveries.queries.ts";
import { listCustomMetrics } from "../metrics/custom-metrics.queries.ts";
import { familyOf, rootOf } from "../themes/matching.rules.ts";
import { listThemeMergers } from "../themes/themes.queries.ts";
import { listRulesOfSegment } from "./alert-rules.queries.ts";
import type { AlertFilters } from "./alerts.contract.ts";
import { idNames, type IdName, type Subject } from "./watched.rules.ts";

const SEGMENTS_MAX = 10_000;
const FORMULAS_MAX = 1_000;
const STALE_MS = 30 * 60_000;

/** Names for many rules or alerts from one reading. A theme that was merged goes by what it counts for. */
export const readSubjects = async ({ db }: { db: Queryable }, workspaceId: string, all: readonly AlertFilters[]): Promise<(filters: AlertFilters) => Subject> => {
  const isThemed = all.some(({ theme }) => theme !== undefined);
  const known = await readNames(db, workspaceId, all);
  const themes = isThemed ? await listThemeMergers(db, workspaceId) : [];
  const byId = new Map(themes.map((theme) => [theme.id, theme]));
  const themeOf = (id: string): Subject["theme"] => {
    const root = byId.get(rootOf(id, byId));
    return root === undefined ? null : { id: root.id, name: root.name };
  };
  const formulas = new Map(all.some(({ metric }) => metric !== undefined) ? (await listCustomMetrics(db, workspaceId, FORMULAS_MAX)).map((one) => [one.id, one]) : []);
  return ({ theme, metric, ...filters }) => ({
    theme: theme === undefined ? null : themeOf(theme),
    formula: formulas.get(metric ?? "") ?? null,
    names: new Map(idNames.flatMap((name) => idsOf([filters], name).flatMap((id) => { const said = known[name].get(id); return said === undefined ? [] : [[id, said]]; }))),
  });
};

/** Names of everything that filters name by an id, of this workspace alone. Kinds nobody names are not looked up. */
const readNames = async (db: Queryable, workspaceId: string, all: readonly AlertFilters[]): Promise<Record<IdName, ReadonlyMap<string, string>>> => {
  const known: Record<IdName, ReadonlyMap<string, string>> = { survey: new Map(), team: new Map(), member: new Map(), segment: new Map(), persona: new Map() };
  // One after the other: a transaction has one connection.
  for (const name of idNames) {
    const ids = idsOf(all, name);
    if (ids.length > 0) known[name] = new Map((await listNamed(db, workspaceId, name, ids)).map((one) => [one.id, one.name]));
  }
  return known;
};

const idsOf = (all: readonly AlertFilters[], name: IdName): string[] => [...new Set(all.flatMap((filters) => filters[name] ?? []))].filter((id) => id !== "");

const listNamed = (db: Queryable, workspaceId: string, name: IdName, ids: readonly string[]): Promise<readonly { id: string; name: string }[]> => {
  switch (name) {
    case "survey":
      return listSurveyNames(db, workspaceId, ids);
    case "team":
      return listTeamRows(db, workspaceId);
    case "member":
      return listNamedMembers(db, workspaceId);
    case "segment":
      return listSegmentNames(db, workspaceId, SEGMENTS_MAX);
    case "persona":
      return listPersonaNames(db, workspaceId, SEGMENTS_MAX);
  }
};

/** Alert rules that look at the people of a segment, so that it is not deleted under them. */
export const listSegmentUses = async (db: Queryable, workspaceId: string, segmentId: string): Promise<SegmentUse[]> =>
  (await listRulesOfSegment(db, workspaceId, segmentId)).map((name) => ({ kind: "alert rule", name }));

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
