import { IconFileImport, IconFilter, IconMailOff, IconMessageQuestion, IconUsers, IconFingerprint } from "@tabler/icons-react";
import { defineScreens } from "../shell/screens.ts";
import { defineTexts } from "../ui/texts.ts";

// The words of the navigation alone: all others load with their screens, and weigh nothing before.
const words = defineTexts("customers-navigation", { profiles: "Customers", segments: "Segments", contactPolicy: "Contact policy", identity: "Identity rules", imports: "Imports", ingest: "Refused events" });

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
    { group: "understand", to: "/customers", label: words.say("profiles"), icon: IconUsers, order: 20, key: "c", ability: "customers.read" },
    { group: "understand", to: "/segments", label: words.say("segments"), icon: IconFilter, order: 25, ability: "segments.read" },
    { group: "listen", to: "/contact-policy", label: words.say("contactPolicy"), icon: IconMessageQuestion, order: 80, ability: "contact-policy.read" },
    { group: "settings", to: "/settings/identity", label: words.say("identity"), icon: IconFingerprint, order: 35, ability: "identity.decide" },
    { group: "start", to: "/imports", label: words.say("imports"), icon: IconFileImport, order: 90, ability: "imports.read" },
    { group: "settings", to: "/settings/refused-events", label: words.say("ingest"), icon: IconMailOff, order: 45, ability: "dead-letters.read" },
  ],
});
