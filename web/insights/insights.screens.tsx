import { IconBell, IconChartDots, IconCoins, IconHome, IconLayoutDashboard, IconMessages, IconTags, IconWriting } from "@tabler/icons-react";
import { defineScreens } from "../shell/screens.ts";
import { defineTexts } from "../ui/texts.ts";

// The words of the navigation alone: all others load with their screens, and weigh nothing before.
const words = defineTexts("insights-navigation", { metrics: "Home", alerts: "Alerts", dashboards: "Dashboards", drivers: "Drivers", comments: "Comments", themes: "Themes", outcomes: "Outcomes", writingAid: "Writing aid" });

export const insightsScreens = defineScreens({
  module: "insights",
  screens: [
    { path: "/", load: async () => (await import("./metrics/HomeScreen.tsx")).HomeScreen },
    { path: "/alerts", ability: "alerts.read", load: async () => (await import("./alerts/AlertsScreen.tsx")).AlertsScreen },
    { path: "/drivers", ability: "responses.read", load: async () => (await import("./drivers/DriversScreen.tsx")).DriversScreen },
    { path: "/comments", ability: "comments.read", load: async () => (await import("./comments/CommentsScreen.tsx")).CommentsScreen },
    { path: "/themes", ability: "comments.read", load: async () => (await import("./themes/ThemesScreen.tsx")).ThemesScreen },
    { path: "/dashboards", ability: "dashboards.read", load: async () => (await import("./dashboards/DashboardListScreen.tsx")).DashboardListScreen },
    { path: "/dashboards/$dashboardId", ability: "dashboards.read", load: async () => (await import("./dashboards/DashboardScreen.tsx")).DashboardScreen },
    { path: "/dashboards/wall", ability: "dashboards.read", load: async () => (await import("./dashboards/WallScreen.tsx")).WallScreen },
    { path: "/board-mails/$secret", isPublic: true, load: async () => (await import("./dashboards/BoardMailScreen.tsx")).BoardMailScreen },
    { path: "/boards/$secret", isPublic: true, load: async () => (await import("./dashboards/SharedBoardScreen.tsx")).SharedBoardScreen },
    { path: "/outcomes", ability: "outcomes.read", load: async () => (await import("./outcomes/OutcomesScreen.tsx")).OutcomesScreen },
    { path: "/settings/writing-aid", ability: "writing-aid.change", load: async () => (await import("./writing-aid/WritingAidScreen.tsx")).WritingAidScreen },
  ],
  navigation: [
    { group: "start", to: "/", label: words.say("metrics"), icon: IconHome, order: 10, key: "h" },
    { group: "start", to: "/alerts", label: words.say("alerts"), icon: IconBell, order: 20, key: "a", ability: "alerts.read" },
    { group: "understand", to: "/dashboards", label: words.say("dashboards"), icon: IconLayoutDashboard, order: 5, key: "d", ability: "dashboards.read" },
    { group: "understand", to: "/drivers", label: words.say("drivers"), icon: IconChartDots, order: 15, ability: "responses.read" },
    { group: "understand", to: "/comments", label: words.say("comments"), icon: IconMessages, order: 10, key: "m", ability: "comments.read" },
    { group: "understand", to: "/themes", label: words.say("themes"), icon: IconTags, order: 12, ability: "comments.read" },
    { group: "understand", to: "/outcomes", label: words.say("outcomes"), icon: IconCoins, order: 20, ability: "outcomes.read" },
    { group: "settings", to: "/settings/writing-aid", label: words.say("writingAid"), icon: IconWriting, order: 37, ability: "writing-aid.change" },
  ],
});
