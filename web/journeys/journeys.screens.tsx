import { IconMapPin, IconRouteAltRight } from "@tabler/icons-react";
import { defineScreens } from "../shell/screens.ts";
import { defineTexts } from "../ui/texts.ts";

// The words of the navigation alone: all others load with their screens, and weigh nothing before.
const words = defineTexts("journeys-navigation", { touchpoints: "Touchpoints", channels: "Channels" });

export const journeysScreens = defineScreens({
  module: "journeys",
  screens: [
    { path: "/touchpoints", ability: "touchpoints.read", load: async () => (await import("./touchpoints/TouchpointListScreen.tsx")).TouchpointListScreen },
    { path: "/channels", ability: "touchpoints.read", load: async () => (await import("./channels/ChannelsScreen.tsx")).ChannelsScreen },
  ],
  navigation: [
    { group: "understand", to: "/touchpoints", label: words.say("touchpoints"), icon: IconMapPin, order: 30, key: "t", ability: "touchpoints.read" },
    { group: "understand", to: "/channels", label: words.say("channels"), icon: IconRouteAltRight, order: 32, ability: "touchpoints.read" },
  ],
});
