import { distributionsTexts } from "../distributions/distributions.texts.ts";
import { reportsTexts } from "../reports/reports.texts.ts";
import { interviewsTexts } from "../interviews/interviews.texts.ts";
import { kiosksTexts } from "../kiosks/kiosks.texts.ts";
import { widgetsTexts } from "../widgets/widgets.texts.ts";
import { answeringTexts } from "../responses/answering.texts.ts";
import { surveysTexts } from "./surveys.texts.ts";

/** The pages of one survey, in the order of work. A feature that brings one adds its line here and its screen in feedback.screens.ts;
 *  `path` comes after /surveys/<id>, `label` from the feature's own texts. */
export const SURVEY_TABS: readonly { path: string; label: string; ability: string }[] = [
  { path: "", label: surveysTexts.say("tabBuild"), ability: "surveys.read" },
  { path: "/share", label: surveysTexts.say("tabShare"), ability: "surveys.read" },
  { path: "/mail", label: distributionsTexts.say("tab"), ability: "distributions.read" },
  { path: "/website", label: widgetsTexts.say("tab"), ability: "surveys.read" },
  { path: "/places", label: kiosksTexts.say("tab"), ability: "kiosks.read" },
  { path: "/interviews", label: interviewsTexts.say("tab"), ability: "interviews.read" },
  { path: "/rules", label: answeringTexts.say("tab"), ability: "surveys.read" },
  { path: "/report", label: reportsTexts.say("tab"), ability: "responses.read" },
];
