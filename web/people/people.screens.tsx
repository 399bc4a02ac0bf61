import { IconKey, IconUsersGroup } from "@tabler/icons-react";
import { defineScreens } from "../shell/screens.ts";
import { keysTexts } from "./keys/keys.texts.ts";
import { membersTexts } from "./members/members.texts.ts";

export const peopleScreens = defineScreens({
  module: "people",
  screens: [
    { path: "/setup", isPublic: true, load: async () => (await import("./sessions/SetUpScreen.tsx")).SetUpScreen },
    { path: "/sign-in", isPublic: true, load: async () => (await import("./sessions/SignInScreen.tsx")).SignInScreen },
    { path: "/forgotten-password", isPublic: true, load: async () => (await import("./sessions/ForgottenPasswordScreen.tsx")).ForgottenPasswordScreen },
    { path: "/reset-password", isPublic: true, load: async () => (await import("./sessions/ResetPasswordScreen.tsx")).ResetPasswordScreen },
    { path: "/invitation", isPublic: true, load: async () => (await import("./members/InvitationScreen.tsx")).InvitationScreen },
    { path: "/settings/members", ability: "members.read", load: async () => (await import("./members/MembersScreen.tsx")).MembersScreen },
    { path: "/settings/keys", ability: "keys.read", load: async () => (await import("./keys/KeysScreen.tsx")).KeysScreen },
  ],
  navigation: [
    { group: "settings", to: "/settings/members", label: membersTexts.say("title"), icon: IconUsersGroup, order: 20, ability: "members.read" },
    { group: "settings", to: "/settings/keys", label: keysTexts.say("title"), icon: IconKey, order: 30, ability: "keys.read" },
  ],
});
