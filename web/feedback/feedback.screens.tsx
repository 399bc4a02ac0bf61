import { IconClipboardList, IconDeviceTablet, IconMessage2, IconPhoneCall, IconStar } from "@tabler/icons-react";
import { defineScreens } from "../shell/screens.ts";
import { defineTexts } from "../ui/texts.ts";

// The words of the navigation alone: all others load with their screens, and weigh nothing before.
const words = defineTexts("feedback-navigation", { interviews: "Calls", kiosks: "Kiosks & posters", surveys: "Surveys", responses: "Responses", reviews: "Reviews" });

export const feedbackScreens = defineScreens({
  module: "feedback",
  screens: [
    { path: "/surveys", ability: "surveys.read", load: async () => (await import("./surveys/SurveyListScreen.tsx")).SurveyListScreen },
    { path: "/surveys/import", ability: "surveys.write", load: async () => (await import("./conversions/ImportSurveyScreen.tsx")).ImportSurveyScreen },
    { path: "/surveys/$surveyId/response-imports", ability: "surveys.write", load: async () => (await import("./conversions/ImportResponsesScreen.tsx")).ImportResponsesScreen },
    { path: "/surveys/$surveyId", ability: "surveys.read", load: async () => (await import("./surveys/SurveyBuilderScreen.tsx")).SurveyBuilderScreen },
    { path: "/surveys/$surveyId/share", ability: "surveys.read", load: async () => (await import("./surveys/SurveyShareScreen.tsx")).SurveyShareScreen },
    { path: "/surveys/$surveyId/mail", ability: "distributions.read", load: async () => (await import("./distributions/MailScreen.tsx")).MailScreen },
    { path: "/surveys/$surveyId/mail/$distributionId", ability: "distributions.read", load: async () => (await import("./distributions/DistributionScreen.tsx")).DistributionScreen },
    { path: "/surveys/$surveyId/website", ability: "surveys.read", load: async () => (await import("./widgets/WebsiteScreen.tsx")).WebsiteScreen },
    { path: "/surveys/$surveyId/report", ability: "responses.read", load: async () => (await import("./reports/ReportScreen.tsx")).ReportScreen },
    { path: "/surveys/$surveyId/places", ability: "kiosks.read", load: async () => (await import("./kiosks/PlacesScreen.tsx")).PlacesScreen },
    { path: "/surveys/$surveyId/interviews", ability: "interviews.read", load: async () => (await import("./interviews/CallListsScreen.tsx")).CallListsScreen },
    { path: "/call-lists", ability: "interviews.read", load: async () => (await import("./interviews/CallListsScreen.tsx")).CallListsScreen },
    { path: "/call-lists/$listId", ability: "interviews.call", load: async () => (await import("./interviews/InterviewScreen.tsx")).InterviewScreen },
    { path: "/kiosks", ability: "kiosks.read", load: async () => (await import("./kiosks/PlacesScreen.tsx")).PlacesScreen },
    { path: "/posters/$posterId", ability: "posters.read", load: async () => (await import("./posters/PosterScreen.tsx")).PosterScreen },
    { path: "/surveys/$surveyId/rules", ability: "surveys.read", load: async () => (await import("./responses/AnsweringScreen.tsx")).AnsweringScreen },
    { path: "/responses", ability: "responses.read", load: async () => (await import("./responses/ResponseListScreen.tsx")).ResponseListScreen },
    { path: "/responses/$responseId", ability: "responses.read", load: async () => (await import("./responses/ResponseScreen.tsx")).ResponseScreen },
    { path: "/reviews", ability: "reviews.read", load: async () => (await import("./reviews/ReviewListScreen.tsx")).ReviewListScreen },
    { path: "/reviews/testimonials", ability: "reviews.read", load: async () => (await import("./reviews/TestimonialListScreen.tsx")).TestimonialListScreen },
    { path: "/reviews/sources", ability: "reviews.read", load: async () => (await import("./reviews/SourceListScreen.tsx")).SourceListScreen },
  ],
  navigation: [
    { group: "listen", to: "/call-lists", label: words.say("interviews"), icon: IconPhoneCall, order: 45, key: "l", ability: "interviews.read" },
    { group: "listen", to: "/kiosks", label: words.say("kiosks"), icon: IconDeviceTablet, order: 40, key: "k", ability: "kiosks.read" },
    { group: "listen", to: "/surveys", label: words.say("surveys"), icon: IconClipboardList, order: 10, key: "s", ability: "surveys.read" },
    { group: "listen", to: "/responses", label: words.say("responses"), icon: IconMessage2, order: 20, key: "r", ability: "responses.read" },
    { group: "listen", to: "/reviews", label: words.say("reviews"), icon: IconStar, order: 50, ability: "reviews.read" },
  ],
});
