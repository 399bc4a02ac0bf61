import { customersScreens } from "../customers/customers.screens.tsx";
import { feedbackScreens } from "../feedback/feedback.screens.tsx";
import { insightsScreens } from "../insights/insights.screens.tsx";
import { journeysScreens } from "../journeys/journeys.screens.tsx";
import { peopleScreens } from "../people/people.screens.tsx";
import { platformScreens } from "../platform/platform.screens.tsx";
import { designScreens } from "../ui/design.screens.tsx";
import type { ErasureNotice, ModuleScreens, NavigationEntry, NavigationGroup, Screen } from "./screens.ts";
import { shellScreens } from "./shell.screens.tsx";

/** The one place that knows every module with screens: one line per module, in the order of the product. */
const modules: readonly ModuleScreens[] = [platformScreens, peopleScreens, customersScreens, journeysScreens, feedbackScreens, insightsScreens, shellScreens, designScreens];

export const screens: readonly Screen[] = modules.flatMap((module) => module.screens);

export const erasureNotices: readonly ErasureNotice[] = modules.flatMap((module) => module.erasureNotices ?? []);

const groups: readonly NavigationGroup[] = ["start", "listen", "understand", "act", "settings"];

/** The navigation of somebody with these abilities: groups in order, empty ones left out. */
export const navigationFor = (abilities: readonly string[]): { group: NavigationGroup; entries: NavigationEntry[] }[] =>
  groups
    .map((group) => ({
      group,
      entries: modules
        .flatMap((module) => module.navigation)
        .filter((entry) => entry.group === group)
        .filter((entry) => entry.ability === undefined || abilities.includes(entry.ability))
        .toSorted((first, second) => first.order - second.order),
    }))
    .filter(({ entries }) => entries.length > 0);
