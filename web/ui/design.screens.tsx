import { defineScreens } from "../shell/screens.ts";

/** Every part of the kit in every state, for those who build screens. Not in the navigation. */
export const designScreens = defineScreens({
  module: "ui",
  screens: [{ path: "/_design", isPublic: true, load: async () => (await import("./design/DesignScreen.tsx")).DesignScreen }],
  navigation: [],
});
