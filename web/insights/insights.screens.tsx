import { IconBell, IconChartDots, IconCoins, IconHome, IconLayoutDashboard, IconMessages, IconTags } from "@tabler/icons-react";
import { defineScreens } from "../shell/screens.ts";
import { alertsTexts } from "./alerts/alerts.texts.ts";
import { commentsTexts } from "./comments/comments.texts.ts";
import { dashboardsTexts } from "./dashboards/dashboards.texts.ts";
import { driversNavigationTexts } from "./drivers/drivers-navigation.texts.ts";
import { outcomesTexts } from "./outcomes/outcomes.texts.ts";
import { metricsTexts } from "./metrics/metrics.texts.ts";
import { themesTexts } from "./themes/themes.texts.ts";

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
  ],
  navigation: [
    { group: "start", to: "/", label: metricsTexts.say("title"), icon: IconHome, order: 10, key: "h" },
    { group: "start", to: "/alerts", label: alertsTexts.say("title"), icon: IconBell, order: 20, key: "a", ability: "alerts.read" },
    { group: "understand", to: "/dashboards", label: dashboardsTexts.say("title"), icon: IconLayoutDashboard, order: 5, key: "d", ability: "dashboards.read" },
    { group: "understand", to: "/drivers", label: driversNavigationTexts.say("title"), icon: IconChartDots, order: 15, ability: "responses.read" },
    { group: "understand", to: "/comments", label: commentsTexts.say("title"), icon: IconMessages, order: 10, key: "m", ability: "comments.read" },
    { group: "understand", to: "/themes", label: themesTexts.say("title"), icon: IconTags, order: 12, ability: "comments.read" },
    { group: "understand", to: "/outcomes", label: outcomesTexts.say("title"), icon: IconCoins, order: 20, ability: "outcomes.read" },
  ],
});
