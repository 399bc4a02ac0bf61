import { IconFileImport, IconFilter, IconMailOff, IconMessageQuestion, IconUsers, IconFingerprint } from "@tabler/icons-react";
import { contactPolicyTexts } from "./contact-policy/contact-policy.texts.ts";
import { defineScreens } from "../shell/screens.ts";
import { identityTexts } from "./identity/identity.texts.ts";
import { importsTexts } from "./imports/imports.texts.ts";
import { ingestTexts } from "./ingest/ingest.texts.ts";
import { profilesTexts } from "./profiles/profiles.texts.ts";
import { segmentsTexts } from "./segments/segments.texts.ts";

export const customersScreens = defineScreens({
  module: "customers",
  screens: [
    { path: "/customers", ability: "customers.read", load: async () => (await import("./profiles/CustomerListScreen.tsx")).CustomerListScreen },
    { path: "/customers/suggestions", ability: "customers.read", load: async () => (await import("./identity/SuggestionListScreen.tsx")).SuggestionListScreen },
    { path: "/customers/groups", ability: "customers.read", load: async () => (await import("./groups/GroupListScreen.tsx")).GroupListScreen },
    { path: "/customers/groups/$groupId", ability: "customers.read", load: async () => (await import("./groups/GroupScreen.tsx")).GroupScreen },
    { path: "/settings/identity", ability: "identity.decide", load: async () => (await import("./identity/IdentitySettingsScreen.tsx")).IdentitySettingsScreen },
    { path: "/customers/$customerId", ability: "customers.read", load: async () => (await import("./profiles/CustomerScreen.tsx")).CustomerScreen },
    { path: "/segments", ability: "segments.read", load: async () => (await import("./segments/SegmentListScreen.tsx")).SegmentListScreen },
    { path: "/segments/$segmentId", ability: "segments.read", load: async () => (await import("./segments/SegmentScreen.tsx")).SegmentScreen },
    { path: "/contact-policy", ability: "contact-policy.read", load: async () => (await import("./contact-policy/PolicyScreen.tsx")).PolicyScreen },
    { path: "/contact-ledger", ability: "contact-policy.read", load: async () => (await import("./contact-policy/LedgerScreen.tsx")).LedgerScreen },
    { path: "/imports", ability: "imports.read", load: async () => (await import("./imports/ImportListScreen.tsx")).ImportListScreen },
    { path: "/imports/$importId", ability: "imports.read", load: async () => (await import("./imports/ImportScreen.tsx")).ImportScreen },
    { path: "/settings/refused-events", ability: "dead-letters.read", load: async () => (await import("./ingest/DeadLetterListScreen.tsx")).DeadLetterListScreen },
  ],
  navigation: [
    { group: "understand", to: "/customers", label: profilesTexts.say("title"), icon: IconUsers, order: 20, key: "c", ability: "customers.read" },
    { group: "understand", to: "/segments", label: segmentsTexts.say("navigation"), icon: IconFilter, order: 25, ability: "segments.read" },
    { group: "listen", to: "/contact-policy", label: contactPolicyTexts.say("title"), icon: IconMessageQuestion, order: 80, ability: "contact-policy.read" },
    { group: "settings", to: "/settings/identity", label: identityTexts.say("rules"), icon: IconFingerprint, order: 35, ability: "identity.decide" },
    { group: "start", to: "/imports", label: importsTexts.say("title"), icon: IconFileImport, order: 90, ability: "imports.read" },
    { group: "settings", to: "/settings/refused-events", label: ingestTexts.say("title"), icon: IconMailOff, order: 45, ability: "dead-letters.read" },
  ],
});
