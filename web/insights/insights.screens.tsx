import { IconHome } from "@tabler/icons-react";
import { defineScreens } from "../shell/screens.ts";
import { metricsTexts } from "./metrics/metrics.texts.ts";

export const insightsScreens = defineScreens({
  module: "insights",
  screens: [{ path: "/", load: async () => (await import("./metrics/HomeScreen.tsx")).HomeScreen }],
  navigation: [{ group: "start", to: "/", label: metricsTexts.say("title"), icon: IconHome, order: 10, key: "h" }],
});
