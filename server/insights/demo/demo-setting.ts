// What the demo workspace has besides records: surveys that were asked, places reviews come from, a register of touchpoints, teams, maps, segments and
// personas, made as members make them.
import type { Actor } from "#platform/access";
import { newId } from "#platform/db";
import type { Services } from "#platform/services";
import { createSegment, listSegmentNames, recountSegment, refreshStatistics } from "#customers";
import { createReviewSource, createSurvey, findSurvey, publishSurvey } from "#feedback";
import { copyMap, createEntries, createMap, createTouchpoint, listAllMaps, listNamedThings, listTouchpoints, sendEdits } from "#journeys";
import { createTeam, listTeamRows } from "#people";
import { dayMs, isoText } from "./demo-calendar.rules.ts";
import { demoTeams, products, shops } from "./demo-company.rules.ts";
import { demoGroups } from "./demo-groups.rules.ts";
import { demoMapNames, drawDemoMap, editsToPlan } from "./demo-map.rules.ts";
import type { SurveyKey } from "./demo-model.rules.ts";
import type { DemoSurvey } from "./demo-rows.rules.ts";
import { reviewSources } from "./demo-reviews.rules.ts";
import { demoSurveys } from "./demo-surveys.rules.ts";
import { demoTouchpoints } from "./demo-touchpoints.rules.ts";
import type { DemoNote } from "./demo.contract.ts";

// More than anybody makes while the demo loads.
const SEGMENTS_MAX = 200;

const nobody = (workspaceId: string): Actor => ({ kind: "member", workspaceId, memberId: null, keyId: null, role: "owner", abilities: new Set() });

/** Publishes the surveys of the demo company; those it has already stay.
 *  @returns their ids by key */
export const publishSurveys = async (services: Services, workspaceId: string, present: DemoNote["surveyIds"]): Promise<DemoNote["surveyIds"]> => {
  const ids: DemoNote["surveyIds"] = { ...present };
  for (const { key, name, definition } of demoSurveys) {
    if (ids[key] !== undefined) continue;
    const { id } = await createSurvey(services, nobody(workspaceId), { name, definition });
    await publishSurvey(services, nobody(workspaceId), id);
    ids[key] = id;
  }
  return ids;
};

/** The published surveys as the records need them; one that somebody deleted meanwhile is left out. */
export const readSurveys = async (services: Services, workspaceId: string, ids: DemoNote["surveyIds"]): Promise<Map<SurveyKey, DemoSurvey>> => {
  const read = new Map<SurveyKey, DemoSurvey>();
  for (const { key } of demoSurveys) {
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

/** Adds the places reviews of the demo company come from; those it has already stay.
 *  @returns their ids by place */
export const addReviewSources = async (services: Services, workspaceId: string, present: DemoNote["reviewSourceIds"]): Promise<DemoNote["reviewSourceIds"]> => {
  const ids: DemoNote["reviewSourceIds"] = { ...present };
  for (const { place, name, kind } of reviewSources) {
    if (ids[place] !== undefined) continue;
    const { source } = await createReviewSource(services, nobody(workspaceId), { name, kind, settings: {}, secrets: {} });
    ids[place] = source.id;
  }
  return ids;
};

/** Registers the touchpoints of the demo company; those it has already stay. */
export const registerTouchpoints = async (services: Services, workspaceId: string, memberIds: ReadonlyMap<string, string>): Promise<void> => {
  const present = new Set((await listTouchpoints(services.db, workspaceId)).map(({ name }) => name));
  for (const { owner, ...touchpoint } of demoTouchpoints) {
    if (present.has(touchpoint.name)) continue;
    await createTouchpoint(services, nobody(workspaceId), { ...touchpoint, rules: [...touchpoint.rules], documents: [...touchpoint.documents], ownerId: owner === null ? null : (memberIds.get(owner) ?? null) });
  }
};

/** Registers what the demo company sells and where, so that comments that name it are known; what it has already stays. */
export const registerThings = async (services: Services, workspaceId: string): Promise<void> => {
  const present = new Set((await listNamedThings(services.db, workspaceId)).map(({ name }) => name));
  const plain = { field: null, parentId: null, phase: null };
  const things = [
    ...products.map(({ name, sku, word }) => ({ ...plain, kind: "product" as const, name, alsoCalled: [sku, word] })),
    ...shops.map(({ name }) => ({ ...plain, kind: "place" as const, name, alsoCalled: [] })),
  ];
  await createEntries(services, nobody(workspaceId), things.filter(({ name }) => !present.has(name)));
};

/** Draws the map of the demo company, and a copy of it that shows how it shall be; those it has already stay. */
export const drawMaps = async (services: Services, workspaceId: string): Promise<void> => {
  const actor = nobody(workspaceId);
  const present = await listAllMaps(services, workspaceId, false);
  const drawn = present.find(({ state }) => state === "as_is");
  const asIs = drawn ?? (await createMap(services, actor, { name: demoMapNames.asIs, state: "as_is", viewpoint: { kind: "everyone" }, from: { kind: "document", document: drawDemoMap() } }));
  const copied = present.find(({ state }) => state === "to_be");
  if (copied !== undefined && copied.revision > 0) return;
  const { id, revision } = copied ?? (await copyMap(services, actor, asIs.id, { name: demoMapNames.toBe, state: "to_be" }));
  await sendEdits(services, actor, id, { id: newId(), knows: revision, edits: editsToPlan(drawDemoMap()) });
};

/** Makes the segments and personas of the demo company; those it has already stay. */
export const describeCustomers = async (services: Services, workspaceId: string): Promise<void> => {
  const present = new Set((await listSegmentNames(services.db, workspaceId, SEGMENTS_MAX)).map(({ name }) => name));
  for (const group of demoGroups) if (!present.has(group.name)) await createSegment(services, nobody(workspaceId), group);
};

/** Counts them, so that lists show how many customers are in each before anybody opens one. Nobody waits for it. */
export const countGroups = async (services: Services, workspaceId: string): Promise<void> => {
  await refreshStatistics(services.db);
  for (const { id } of await listSegmentNames(services.db, workspaceId, SEGMENTS_MAX)) await recountSegment(services, workspaceId, id);
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
