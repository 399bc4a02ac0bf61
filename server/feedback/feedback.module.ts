import { registerSegmentUses } from "#customers";
import { defineModule } from "#platform/manifest";
import { conversionErrors } from "./conversions/conversions.errors.ts";
import { conversionsRoutes } from "./conversions/conversions.routes.ts";
import { delightedJobs, delightedSchedules } from "./delighted/delighted.jobs.ts";
import { delightedListeners } from "./delighted/delighted.listeners.ts";
import { delightedRoutes } from "./delighted/delighted.routes.ts";
import { delightedErrors } from "./delighted/delighted.ts";
import { dialoguesListeners } from "./dialogues/dialogues.listeners.ts";
import { dialoguesAbilities, dialoguesRoutes } from "./dialogues/dialogues.routes.ts";
import { dialogueErrors } from "./dialogues/dialogues.ts";
import { bounceErrors, bounceReader } from "./distributions/bounces.ts";
import { distributionsJobs, distributionsSchedules } from "./distributions/distributions.jobs.ts";
import { moveReading } from "./distributions/distributions.queries.ts";
import { textGatewaySecrets } from "./distributions/gateway-secrets.ts";
import { distributionsListeners } from "./distributions/distributions.listeners.ts";
import { distributionsAbilities, distributionsRoutes, mailAndTextRoutes } from "./distributions/distributions.routes.ts";
import { distributionErrors } from "./distributions/distributions.ts";
import { invitationPagesRoutes } from "./distributions/invitation-pages.routes.ts";
import { exportsAbilities, exportsRoutes } from "./exports/exports.routes.ts";
import { fileErrors } from "./files/files.errors.ts";
import { filesJobs, filesSchedules, stripAfterStart } from "./files/files.jobs.ts";
import { filesRoutes, publicFilesRoutes } from "./files/files.routes.ts";
import { kioskPageRoutes } from "./kiosks/kiosk-page.routes.ts";
import { kioskErrors } from "./kiosks/kiosks.ts";
import { kiosksAbilities, kiosksRoutes } from "./kiosks/kiosks.routes.ts";
import { posterErrors } from "./posters/posters.ts";
import { postersAbilities, postersRoutes, scannedCodeRoutes } from "./posters/posters.routes.ts";
import { interviewErrors } from "./interviews/interviews.ts";
import { interviewsJobs } from "./interviews/interviews.jobs.ts";
import { interviewsListeners } from "./interviews/interviews.listeners.ts";
import { interviewsAbilities, interviewsRoutes } from "./interviews/interviews.routes.ts";
import { reportErrors } from "./reports/reports.errors.ts";
import { reportsRoutes } from "./reports/reports.routes.ts";
import { responseWorkRoutes } from "./responses/response-work.routes.ts";
import { responsesJobs, responsesSchedules } from "./responses/responses.jobs.ts";
import { responsesListeners } from "./responses/responses.listeners.ts";
import { responsesAbilities, responsesRoutes } from "./responses/responses.routes.ts";
import { responseErrors } from "./responses/responses.ts";
import { notificationReader } from "./reviews/notification-mails.ts";
import { publishedRoutes } from "./reviews/published.routes.ts";
import { reviewErrors } from "./reviews/reviews.errors.ts";
import { reviewsJobs, reviewsSchedules } from "./reviews/reviews.jobs.ts";
import { reviewsListeners } from "./reviews/reviews.listeners.ts";
import { reviewSourceSecrets } from "./reviews/source-secrets.ts";
import { reviewSourcesRoutes, reviewsAbilities, reviewsRoutes, reviewWebhookRoutes } from "./reviews/reviews.routes.ts";
import { testimonialsRoutes } from "./reviews/testimonials.routes.ts";
import { surveyPageRoutes } from "./survey-page/survey-page.routes.ts";
import { listSegmentUses } from "./surveys/segment-uses.queries.ts";
import { surveysListeners } from "./surveys/surveys.listeners.ts";
import { surveySettingsRoutes } from "./surveys/survey-settings.routes.ts";
import { surveysAbilities, surveysRoutes } from "./surveys/surveys.routes.ts";
import { surveyErrors } from "./surveys/surveys.ts";
import { widgetErrors } from "./widgets/widgets.ts";
import { widgetFileRoutes, widgetsRoutes } from "./widgets/widgets.routes.ts";
import { formbricksErrors } from "./formbricks/formbricks.ts";
import { formbricksRawRoutes, formbricksRoutes } from "./formbricks/formbricks.routes.ts";

const tellUses = async (): Promise<{ stop: () => Promise<void> }> => {
  registerSegmentUses(listSegmentUses);
  return { stop: async () => undefined };
};

export const feedbackModule = defineModule({
  name: "feedback",
  // Restored responses are noted anew as they come in.
  backup: { leftOut: ["feedback.response_changes"], note: async () => [], afterRestore: moveReading },
  routes: [...surveysRoutes, ...surveySettingsRoutes, ...responsesRoutes, ...responseWorkRoutes, ...filesRoutes, ...reportsRoutes, ...exportsRoutes, ...interviewsRoutes, ...dialoguesRoutes, ...kiosksRoutes, ...postersRoutes, ...reviewsRoutes, ...reviewSourcesRoutes, ...testimonialsRoutes, ...conversionsRoutes, ...widgetsRoutes, ...formbricksRoutes, ...distributionsRoutes, ...mailAndTextRoutes],
  rawRoutes: [invitationPagesRoutes, delightedRoutes, surveyPageRoutes, kioskPageRoutes, scannedCodeRoutes, publicFilesRoutes, reviewWebhookRoutes, publishedRoutes, widgetFileRoutes, formbricksRawRoutes],
  abilities: [...distributionsAbilities, ...surveysAbilities, ...responsesAbilities, ...exportsAbilities, ...interviewsAbilities, ...dialoguesAbilities, ...kiosksAbilities, ...postersAbilities, ...reviewsAbilities],
  errors: [...distributionErrors.list, ...bounceErrors.list, ...delightedErrors.list, ...surveyErrors.list, ...responseErrors.list, ...fileErrors.list, ...reportErrors.list, ...interviewErrors.list, ...dialogueErrors.list, ...kioskErrors.list, ...posterErrors.list, ...reviewErrors.list, ...conversionErrors.list, ...widgetErrors.list, ...formbricksErrors.list],
  start: [tellUses, stripAfterStart],
  mailReaders: [bounceReader, notificationReader],
  secretStores: [reviewSourceSecrets, textGatewaySecrets],
  jobs: [...distributionsJobs, ...delightedJobs, ...interviewsJobs, ...responsesJobs, ...filesJobs, ...reviewsJobs],
  schedules: [...distributionsSchedules, ...delightedSchedules, ...responsesSchedules, ...filesSchedules, ...reviewsSchedules],
  listeners: [...surveysListeners, ...distributionsListeners, ...delightedListeners, ...interviewsListeners, ...dialoguesListeners, ...responsesListeners, ...reviewsListeners],
});
