import { IconKey, IconUsers, IconUsersGroup } from "@tabler/icons-react";
import { defineScreens } from "../shell/screens.ts";
import { defineTexts } from "../ui/texts.ts";

// The words of the navigation alone: all others load with their screens, and weigh nothing before.
const words = defineTexts("people-navigation", { members: "Members", teams: "Teams", keys: "Keys" });

export const peopleScreens = defineScreens({
  module: "people",
  screens: [
    { path: "/setup", isPublic: true, load: async () => (await import("./sessions/SetUpScreen.tsx")).SetUpScreen },
    { path: "/sign-in", isPublic: true, load: async () => (await import("./sessions/SignInScreen.tsx")).SignInScreen },
    { path: "/forgotten-password", isPublic: true, load: async () => (await import("./sessions/ForgottenPasswordScreen.tsx")).ForgottenPasswordScreen },
    { path: "/reset-password", isPublic: true, load: async () => (await import("./sessions/ResetPasswordScreen.tsx")).ResetPasswordScreen },
    { path: "/invitation", isPublic: true, load: async () => (await import("./members/InvitationScreen.tsx")).InvitationScreen },
    { path: "/settings/members", ability: "members.read", load: async () => (await import("./members/MembersScreen.tsx")).MembersScreen },
    { path: "/settings/teams", ability: "teams.read", load: async () => (await import("./teams/TeamsScreen.tsx")).TeamsScreen },
    { path: "/settings/keys", ability: "keys.read", load: async () => (await import("./keys/KeysScreen.tsx")).KeysScreen },
  ],
  navigation: [
    { group: "settings", to: "/settings/members", label: words.say("members"), icon: IconUsersGroup, order: 20, ability: "members.read" },
    { group: "settings", to: "/settings/teams", label: words.say("teams"), icon: IconUsers, order: 25, ability: "teams.read" },
    { group: "settings", to: "/settings/keys", label: words.say("keys"), icon: IconKey, order: 30, ability: "keys.read" },
  ],
});
