import { calculatorOf } from "@firsthand/server/feedback/surveys/calculations.rules";
import { arrangeFor } from "@firsthand/server/feedback/surveys/order.rules";
import { fillText } from "@firsthand/server/feedback/surveys/piping.rules";

export const surveyTools = { calculatorOf, fillText, arrangeFor };
export type SurveyTools = typeof surveyTools;
