import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { Survey } from "../surveys/surveys.contract.ts";
import { SurveyConversion } from "./conversions.contract.ts";

let installation: Installation;
let organisation: Organisation;

beforeAll(async () => {
  installation = await makeInstallation();
  organisation = await installation.makeOrganisation();
});
afterAll(() => installation.stop());

const binary = { "content-type": "application/octet-stream" };
const convert = (client: Client, content: string) => client.ask("POST", "/api/survey-conversions", Buffer.from(content), binary);
const form = JSON.stringify({ title: "Visit", pages: [{ elements: [{ type: "rating", name: "score", title: "How was it?" }, { type: "comment", name: "why", visibleIf: "{score} <= 2" }] }] });

describe("a survey file", () => {
  test("is converted without being saved, and then makes a survey that can be published", async () => {
    const reply = await convert(organisation.manager, form);
    expect(reply.status).toBe(200);
    const { definition, report } = SurveyConversion.parse(reply.body);
    expect(report).toMatchObject({ format: "surveyjs", name: "Visit", counts: { dropped: 0 } });
    expect(await organisation.manager.ask("GET", "/api/surveys")).toMatchObject({ body: { items: [] } });

    const survey = Survey.parse((await organisation.manager.ask("POST", "/api/surveys", { name: report.name, definition })).body);
    expect(await organisation.manager.ask("POST", `/api/surveys/${survey.id}/versions`)).toMatchObject({ status: 201, body: { status: "open" } });
  });

  test("of no known kind is refused with the reason", async () => {
    expect(await convert(organisation.manager, "a,b\n1,2\n")).toMatchObject({ status: 422, body: { error: { code: "survey_file_unreadable", details: { reason: "file_unknown" } } } });
    expect(await convert(organisation.manager, "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")).toMatchObject({ status: 422, body: { error: { details: { reason: "file_damaged" } } } });
  });

  test("is converted only for members who may build surveys", async () => {
    expect((await convert(organisation.viewer, form)).status).toBe(403);
    expect((await convert(installation.nobody, form)).status).toBe(401);
  });
});
