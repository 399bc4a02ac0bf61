import { defineRoute } from "#platform/http";
import { SurveyConversion } from "./conversions.contract.ts";
import { convertUpload } from "./conversions.ts";

export const conversionsRoutes = [
  defineRoute({
    method: "POST", url: "/api/survey-conversions", summary: "Convert a survey file of another tool, without saving it", tag: "feedback", access: { ability: "surveys.write" },
    upload: true, reply: SurveyConversion,
    answer: ({ request }) => convertUpload(request.body),
  }),
];
