import { IconPalette } from "@tabler/icons-react";
import { defineScreens } from "./screens.ts";
import { shellTexts } from "./shell.texts.ts";

export const shellScreens = defineScreens({
  module: "shell",
  screens: [{ path: "/settings/appearance", load: async () => (await import("./AppearanceScreen.tsx")).AppearanceScreen }],
  navigation: [{ group: "settings", to: "/settings/appearance", label: shellTexts.say("appearance"), icon: IconPalette, order: 60 }],
});
