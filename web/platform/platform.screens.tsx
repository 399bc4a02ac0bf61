import { IconAlertTriangle, IconBuildingStore, IconHistory, IconMailbox } from "@tabler/icons-react";
import { defineScreens } from "../shell/screens.ts";
import { auditTexts } from "./audit/audit.texts.ts";
import { jobsTexts } from "./jobs/jobs.texts.ts";
import { mailboxTexts } from "./mailbox/mailbox.texts.ts";
import { workspacesTexts } from "./workspaces/workspaces.texts.ts";

export const platformScreens = defineScreens({
  module: "platform",
  screens: [
    { path: "/settings/workspace", ability: "workspace.read", load: async () => (await import("./workspaces/WorkspaceScreen.tsx")).WorkspaceScreen },
    { path: "/settings/mailboxes", ability: "mailboxes.read", load: async () => (await import("./mailbox/MailboxesScreen.tsx")).MailboxesScreen },
    { path: "/settings/audit", ability: "audit.read", load: async () => (await import("./audit/AuditScreen.tsx")).AuditScreen },
    { path: "/settings/jobs", ability: "jobs.read", load: async () => (await import("./jobs/FailedJobsScreen.tsx")).FailedJobsScreen },
  ],
  navigation: [
    { group: "settings", to: "/settings/workspace", label: workspacesTexts.say("title"), icon: IconBuildingStore, order: 10, ability: "workspace.read" },
    { group: "settings", to: "/settings/mailboxes", label: mailboxTexts.say("title"), icon: IconMailbox, order: 35, ability: "mailboxes.read" },
    { group: "settings", to: "/settings/audit", label: auditTexts.say("title"), icon: IconHistory, order: 40, ability: "audit.read" },
    { group: "settings", to: "/settings/jobs", label: jobsTexts.say("title"), icon: IconAlertTriangle, order: 50, ability: "jobs.read" },
  ],
});
