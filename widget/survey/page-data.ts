import type { PageTexts } from "@firsthand/server/feedback/survey-page/page-texts.rules";
import type { SurveyContext, SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import type { PageFacts } from "./session.ts";

/** What the server writes into the public page for its script. */
export type PageData = PageFacts & { definition: SurveyDefinition; context: SurveyContext; texts: PageTexts };

/** What the builder sends to its preview. */
export type PreviewData = { definition: SurveyDefinition; language: string; texts: PageTexts; questionId: string | null };
