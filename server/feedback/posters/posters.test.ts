import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { makeDefinition } from "../feedback.make.ts";
import { Survey } from "../surveys/surveys.contract.ts";
import { Poster } from "./posters.contract.ts";

let installation: Installation;
let organisation: Organisation;

beforeAll(async () => {
  installation = await makeInstallation();
  organisation = await installation.makeOrganisation();
});
afterAll(() => installation.stop());

const publishSurvey = async (): Promise<Survey> => {
  const created = Survey.parse((await organisation.manager.ask("POST", "/api/surveys", { name: "Receipt", definition: makeDefinition() })).body);
  return Survey.parse((await organisation.manager.ask("POST", `/api/surveys/${created.id}/versions`)).body);
};
const makePoster = async (given: Record<string, unknown> = {}): Promise<{ poster: Poster; survey: Survey }> => {
  const survey = await publishSurvey();
  return { survey, poster: Poster.parse((await organisation.manager.ask("POST", "/api/posters", { surveyId: survey.id, place: "Till 3 & more", touchpoint: "Shop", ...given })).body) };
};
const scan = (poster: Poster) => installation.nobody.ask("GET", new URL(poster.url).pathname);

describe("a printed code", () => {
  test("leads to its survey with place and touchpoint, and counts scans", async () => {
    const { poster, survey } = await makePoster();
    expect(await scan(poster)).toMatchObject({ status: 302, headers: { location: `/s/${survey.slug}?channel=qr&source=Till+3+%26+more&touchpoint=Shop` } });
    await Promise.all([scan(poster), scan(poster)]);
    expect((await organisation.viewer.ask("GET", `/api/posters/${poster.id}`)).body).toMatchObject({ scans: 3, lastScannedAt: expect.any(String) });
  });

  test("stays good when another survey stands behind it", async () => {
    const { poster } = await makePoster();
    const other = await publishSurvey();
    await organisation.manager.ask("PATCH", `/api/posters/${poster.id}`, { surveyId: other.id, touchpoint: null });
    expect((await scan(poster)).headers["location"]).toBe(`/s/${other.slug}?channel=qr&source=Till+3+%26+more`);
  });

  test("leads nowhere once its poster is removed", async () => {
    const { poster } = await makePoster();
    expect((await organisation.manager.ask("DELETE", `/api/posters/${poster.id}`)).status).toBe(204);
    expect(await scan(poster)).toMatchObject({ status: 302, headers: { location: "/s/unknown" } });
  });

  test.each(["/q/nothing", "/q/AAAAAAA", "/q/..%2f..%2f", "/q/%00"])("%s leads nowhere", async (address) => {
    expect((await installation.nobody.ask("GET", address)).headers["location"] ?? "/s/unknown").toBe("/s/unknown");
  });

  test("comes as a picture of its address", async () => {
    const { poster } = await makePoster();
    const reply = await organisation.viewer.ask("GET", `/api/posters/${poster.id}/qr.svg`);
    expect(reply.headers["content-type"]).toBe("image/svg+xml");
    expect(reply.text).toMatch(/^<svg /);
  });
});

test.each<[string, Record<string, unknown>]>([["without a place", { place: "" }], ["with a tag", { place: "<b>" }], ["with an endless headline", { headline: "x".repeat(500) }]])("a poster %s is refused", async (_title, given) => {
  const survey = await publishSurvey();
  expect((await organisation.manager.ask("POST", "/api/posters", { surveyId: survey.id, place: "Door", ...given })).status).toBe(400);
});

test("posters belong to their workspace and to who may change them", async () => {
  const { poster, survey } = await makePoster();
  const stranger = await installation.makeOrganisation();
  expect((await organisation.agent.ask("DELETE", `/api/posters/${poster.id}`)).status).toBe(403);
  expect((await stranger.manager.ask("GET", `/api/posters/${poster.id}`)).status).toBe(404);
  expect((await stranger.manager.ask("POST", "/api/posters", { surveyId: survey.id, place: "Door" })).status).toBe(404);
  expect((await stranger.manager.ask("GET", "/api/posters")).body).toEqual({ items: [] });
});
