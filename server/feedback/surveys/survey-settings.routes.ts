import { defineRoute } from "#platform/http";
import { z } from "zod";
import { SurveySettings } from "./survey-settings.contract.ts";
import { changeSettings, readSettings } from "./survey-settings.ts";
import { getSurvey } from "./surveys.ts";

const tag = "feedback";
const one = z.object({ id: z.uuid() });

export const surveySettingsRoutes = [
  defineRoute({
    method: "GET", url: "/api/surveys/:id/settings", summary: "Who may answer, how often, and how long answers are kept", tag,
    access: { ability: "surveys.read" }, params: one, reply: SurveySettings,
    answer: async ({ actor, services, params }) => readSettings((await getSurvey(services, actor, params.id)).settings),
  }),
  defineRoute({
    method: "PUT", url: "/api/surveys/:id/settings", summary: "Set who may answer, how often, and how long answers are kept", tag,
    access: { ability: "surveys.write" }, params: one, body: SurveySettings, reply: SurveySettings,
    answer: ({ actor, services, params, body }) => changeSettings(services, actor, params.id, body),
  }),
];
