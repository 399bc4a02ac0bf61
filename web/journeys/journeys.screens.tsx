import { IconMap2, IconMapPin, IconRoute, IconRouteAltRight, IconTargetArrow } from "@tabler/icons-react";
import { defineScreens } from "../shell/screens.ts";
import { defineTexts } from "../ui/texts.ts";

// The words of the navigation alone: all others load with their screens, and weigh nothing before.
const words = defineTexts("journeys-navigation", { touchpoints: "Touchpoints", channels: "Channels", maps: "Maps", gaps: "Gaps", paths: "Paths" });

export const journeysScreens = defineScreens({
  module: "journeys",
  screens: [
    { path: "/touchpoints", ability: "touchpoints.read", load: async () => (await import("./touchpoints/TouchpointListScreen.tsx")).TouchpointListScreen },
    { path: "/channels", ability: "touchpoints.read", load: async () => (await import("./channels/ChannelsScreen.tsx")).ChannelsScreen },
    { path: "/paths", ability: "paths.read", load: async () => (await import("./paths/PathsScreen.tsx")).PathsScreen },
    { path: "/paths/effects", ability: "paths.read", load: async () => (await import("./effects/EffectsScreen.tsx")).EffectsScreen },
    { path: "/gaps", ability: "gaps.read", load: async () => (await import("./gaps/GapsScreen.tsx")).GapsScreen },
    { path: "/maps", ability: "maps.read", load: async () => (await import("./maps/MapListScreen.tsx")).MapListScreen },
    { path: "/maps/$mapId", ability: "maps.read", load: async () => (await import("./maps/MapScreen.tsx")).MapScreen },
    { path: "/maps/$mapId/deviations", ability: "maps.read", load: async () => (await import("./deviations/DeviationsScreen.tsx")).DeviationsScreen },
  ],
  navigation: [
    { group: "understand", to: "/paths", label: words.say("paths"), icon: IconRoute, order: 28, ability: "paths.read" },
    { group: "understand", to: "/maps", label: words.say("maps"), icon: IconMap2, order: 26, key: "j", ability: "maps.read" },
    { group: "understand", to: "/gaps", label: words.say("gaps"), icon: IconTargetArrow, order: 29, ability: "gaps.read" },
    { group: "understand", to: "/touchpoints", label: words.say("touchpoints"), icon: IconMapPin, order: 30, key: "t", ability: "touchpoints.read" },
    { group: "understand", to: "/channels", label: words.say("channels"), icon: IconRouteAltRight, order: 32, ability: "touchpoints.read" },
  ],
  erasureNotices: [{
    ability: "maps.read",
    load: async (customerId, signal) => {
      const [{ WordsOnMaps }, { readWordsOnMaps }] = await Promise.all([import("./maps/WordsOnMaps.tsx"), import("./maps/maps.data.ts")]);
      const { items } = await readWordsOnMaps(customerId, signal);
      return items.length === 0 ? null : <WordsOnMaps words={items} />;
    },
  }],
});
