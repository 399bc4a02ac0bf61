import { IconAlertTriangle, IconBuildingStore, IconHistory, IconMailbox } from "@tabler/icons-react";
import { defineScreens } from "../shell/screens.ts";
import { defineTexts } from "../ui/texts.ts";

// The words of the navigation alone: all others load with their screens, and weigh nothing before.
const words = defineTexts("platform-navigation", { workspaces: "Workspace", mailbox: "Mailboxes", audit: "Audit log", jobs: "Failed jobs" });

export const platformScreens = defineScreens({
  module: "platform",
  screens: [
    { path: "/settings/workspace", ability: "workspace.read", load: async () => (await import("./workspaces/WorkspaceScreen.tsx")).WorkspaceScreen },
    { path: "/settings/mailboxes", ability: "mailboxes.read", load: async () => (await import("./mailbox/MailboxesScreen.tsx")).MailboxesScreen },
    { path: "/settings/audit", ability: "audit.read", load: async () => (await import("./audit/AuditScreen.tsx")).AuditScreen },
    { path: "/settings/jobs", ability: "jobs.read", load: async () => (await import("./jobs/FailedJobsScreen.tsx")).FailedJobsScreen },
  ],
  navigation: [
    { group: "settings", to: "/settings/workspace", label: words.say("workspaces"), icon: IconBuildingStore, order: 10, ability: "workspace.read" },
    { group: "settings", to: "/settings/mailboxes", label: words.say("mailbox"), icon: IconMailbox, order: 35, ability: "mailboxes.read" },
    { group: "settings", to: "/settings/audit", label: words.say("audit"), icon: IconHistory, order: 40, ability: "audit.read" },
    { group: "settings", to: "/settings/jobs", label: words.say("jobs"), icon: IconAlertTriangle, order: 50, ability: "jobs.read" },
  ],
});
