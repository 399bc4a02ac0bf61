import { IconFileImport } from "@tabler/icons-react";
import { defineScreens } from "../shell/screens.ts";
import { importsTexts } from "./imports/imports.texts.ts";

export const customersScreens = defineScreens({
  module: "customers",
  screens: [
    { path: "/imports", ability: "imports.read", load: async () => (await import("./imports/ImportListScreen.tsx")).ImportListScreen },
    { path: "/imports/$importId", ability: "imports.read", load: async () => (await import("./imports/ImportScreen.tsx")).ImportScreen },
  ],
  navigation: [{ group: "start", to: "/imports", label: importsTexts.say("title"), icon: IconFileImport, order: 90, ability: "imports.read" }],
});
