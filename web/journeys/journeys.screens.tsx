import { IconMapPin } from "@tabler/icons-react";
import { defineScreens } from "../shell/screens.ts";
import { touchpointsTexts } from "./touchpoints/touchpoints.texts.ts";

export const journeysScreens = defineScreens({
  module: "journeys",
  screens: [{ path: "/touchpoints", ability: "touchpoints.read", load: async () => (await import("./touchpoints/TouchpointListScreen.tsx")).TouchpointListScreen }],
  navigation: [{ group: "understand", to: "/touchpoints", label: touchpointsTexts.say("title"), icon: IconMapPin, order: 30, key: "t", ability: "touchpoints.read" }],
});
