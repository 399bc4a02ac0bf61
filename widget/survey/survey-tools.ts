import { calculatorOf } from "@firsthand/server/feedback/surveys/calculations.rules";
import { arrangeFor } from "@firsthand/server/feedback/surveys/order.rules";
import { fillText } from "@firsthand/server/feedback/surveys/piping.rules";
import { endingOfWalk, walk, type Walk } from "@firsthand/server/feedback/surveys/walk.rules";

type Given = Omit<Walk, "calculatorOf">;

export const surveyTools = {
  listShown: (given: Given) => walk({ ...given, calculatorOf }).shown,
  endingOf: (given: Given) => endingOfWalk({ ...given, calculatorOf }),
  fillText,
  arrangeFor,
};
export type SurveyTools = typeof surveyTools;
