import { defineRoute, requireAbility } from "#platform/http";
import { requireTrust } from "#customers";
import { z } from "zod";
import { listDriverAnswers } from "./answers-behind.ts";
import { DriverAnswers, DriverAnswersQuery, SurveyDrivers, SurveyDriversQuery } from "./drivers.contract.ts";
import { showSurveyDrivers } from "./drivers.ts";

export const driversRoutes = [
  defineRoute({
    method: "GET", url: "/api/surveys/:id/drivers", summary: "What goes with a survey's outcome, and how much: shares of explained variance with intervals", tag: "metrics",
    // Whoever may see the report of a survey: it is made from the same answers.
    access: { ability: "responses.read" }, params: z.object({ id: z.uuid() }), query: SurveyDriversQuery, reply: SurveyDrivers,
    answer: ({ actor, services, params, query }) => showSurveyDrivers(services, actor.workspaceId, params.id, requireTrust(actor, query)),
  }),
  defineRoute({
    method: "GET", url: "/api/surveys/:id/drivers/answers", summary: "The answers and customers behind a part of a factor, such as those who rated it low, lowest outcome first; needs customers.read too", tag: "metrics",
    access: { ability: "responses.read" }, params: z.object({ id: z.uuid() }), query: DriverAnswersQuery, reply: DriverAnswers,
    answer: ({ actor, services, params, query }) => {
      requireAbility(actor, "customers.read");
      return listDriverAnswers(services, actor.workspaceId, params.id, query);
    },
  }),
];
