// What the demo workspace has besides records: surveys that were asked, a register of touchpoints, teams and a map, made as members make them.
import type { Actor } from "#platform/access";
import type { Services } from "#platform/services";
import { createSurvey, findSurvey, publishSurvey } from "#feedback";
import { createMap, createTouchpoint, listAllMaps, listTouchpoints } from "#journeys";
import { createTeam, listTeamRows } from "#people";
import { dayMs, isoText } from "./demo-calendar.rules.ts";
import { demoTeams } from "./demo-company.rules.ts";
import { demoMapName, drawDemoMap } from "./demo-map.rules.ts";
import type { SurveyKey } from "./demo-model.rules.ts";
import type { DemoSurvey } from "./demo-rows.rules.ts";
import { demoTouchpoints } from "./demo-touchpoints.rules.ts";
import type { DemoNote } from "./demo.contract.ts";

const surveys = [
  { key: "relationship", name: "How are we doing?", templateId: "relationship" },
  { key: "delivery", name: "Your delivery", templateId: "purchase" },
  { key: "support", name: "Your talk with us", templateId: "support" },
  { key: "shop", name: "Your visit to the shop", templateId: "purchase" },
] as const;

const nobody = (workspaceId: string): Actor => ({ kind: "member", workspaceId, memberId: null, keyId: null, role: "owner", abilities: new Set() });

/** Publishes the surveys of the demo company; those it has already stay.
 *  @returns their ids by key */
export const publishSurveys = async (services: Services, workspaceId: string, present: DemoNote["surveyIds"]): Promise<DemoNote["surveyIds"]> => {
  const ids: DemoNote["surveyIds"] = { ...present };
  for (const { key, name, templateId } of surveys) {
    if (ids[key] !== undefined) continue;
    const { id } = await createSurvey(services, nobody(workspaceId), { name, templateId });
    await publishSurvey(services, nobody(workspaceId), id);
    ids[key] = id;
  }
  return ids;
};

/** The published surveys as the records need them; one that somebody deleted meanwhile is left out. */
export const readSurveys = async (services: Services, workspaceId: string, ids: DemoNote["surveyIds"]): Promise<Map<SurveyKey, DemoSurvey>> => {
  const read = new Map<SurveyKey, DemoSurvey>();
  for (const { key } of surveys) {
    const id = ids[key];
    const survey = id === undefined ? null : await findSurvey(services.db, workspaceId, id);
    if (survey === null || survey.published === null || survey.publishedVersion === null) continue;
    const questions = survey.published.questions.map((question) => ({
      id: question.id, type: question.type, title: question.title["en"] ?? question.id,
      options: question.type === "single" || question.type === "multi" ? question.options.map((option) => ({ id: option.id, label: option.label["en"] ?? option.id })) : [],
    }));
    read.set(key, { id: survey.id, version: survey.publishedVersion, questions });
  }
  return read;
};

/** Registers the touchpoints of the demo company; those it has already stay. */
export const registerTouchpoints = async (services: Services, workspaceId: string, memberIds: ReadonlyMap<string, string>): Promise<void> => {
  const present = new Set((await listTouchpoints(services.db, workspaceId)).map(({ name }) => name));
  for (const { owner, ...touchpoint } of demoTouchpoints) {
    if (present.has(touchpoint.name)) continue;
    await createTouchpoint(services, nobody(workspaceId), { ...touchpoint, rules: [...touchpoint.rules], documents: [...touchpoint.documents], ownerId: owner === null ? null : (memberIds.get(owner) ?? null) });
  }
};

/** Draws the map of the demo company, unless it has one. */
export const drawMap = async (services: Services, workspaceId: string): Promise<void> => {
  if ((await listAllMaps(services, workspaceId, false)).length > 0) return;
  await createMap(services, nobody(workspaceId), { name: demoMapName, state: "as_is", viewpoint: { kind: "everyone" }, from: { kind: "document", document: drawDemoMap() } });
};

/** Puts the members of the demo company into teams; teams it has already stay. */
export const formTeams = async (services: Services, workspaceId: string, { memberIds, now }: { memberIds: ReadonlyMap<string, string>; now: number }): Promise<void> => {
  const present = new Set((await listTeamRows(services.db, workspaceId)).map(({ name }) => name));
  const day = (daysAgo: number | null): string | null => (daysAgo === null ? null : isoText(now - daysAgo * dayMs).slice(0, 10));
  for (const { name, department, posts } of demoTeams) {
    if (present.has(name)) continue;
    const members = posts.flatMap(({ agent, fromDaysAgo, toDaysAgo }) => {
      const memberId = memberIds.get(agent);
      return memberId === undefined ? [] : [{ memberId, from: day(fromDaysAgo), to: day(toDaysAgo) }];
    });
    await createTeam(services, nobody(workspaceId), { name, departments: [{ department, from: null, to: null }], members });
  }
};
