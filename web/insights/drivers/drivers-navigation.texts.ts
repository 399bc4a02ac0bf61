import { defineTexts } from "../../ui/texts.ts";

/** What the navigation says: the other words of drivers load with their screen, and weigh nothing before. */
export const driversNavigationTexts = defineTexts("drivers-navigation", { title: "Drivers" });
