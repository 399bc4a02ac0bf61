import type { PageTexts } from "@firsthand/server/feedback/survey-page/page-texts.rules";
import type { SurveyContext, SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import type { SendingRules } from "./sending.ts";
import type { PageFacts } from "./session.ts";

/** What the server writes into the public page for its script. */
export type PageData = PageFacts & { definition: SurveyDefinition; context: SurveyContext; texts: PageTexts; sending?: SendingRules };

/** What the builder sends to its preview. */
export type PreviewData = { definition: SurveyDefinition; language: string; texts: PageTexts; questionId: string | null };
