import { IconHome, IconMessages } from "@tabler/icons-react";
import { defineScreens } from "../shell/screens.ts";
import { commentsTexts } from "./comments/comments.texts.ts";
import { metricsTexts } from "./metrics/metrics.texts.ts";

export const insightsScreens = defineScreens({
  module: "insights",
  screens: [
    { path: "/", load: async () => (await import("./metrics/HomeScreen.tsx")).HomeScreen },
    { path: "/comments", ability: "comments.read", load: async () => (await import("./comments/CommentsScreen.tsx")).CommentsScreen },
  ],
  navigation: [
    { group: "start", to: "/", label: metricsTexts.say("title"), icon: IconHome, order: 10, key: "h" },
    { group: "understand", to: "/comments", label: commentsTexts.say("title"), icon: IconMessages, order: 10, key: "m", ability: "comments.read" },
  ],
});
