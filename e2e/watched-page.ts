import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import type { Page } from "playwright-core";
import { findBrowser } from "../tools/find-browser.ts";

export type WatchedPage = {
  page: Page;
  /** What the browser complained about: errors of scripts, in the console, and breaches of the security policy. */
  complaints: string[];
  close: () => Promise<void>;
};

/** A page in a browser of its own that remembers every complaint. Nothing moves, so that colours are measured when they stand. */
export const openWatchedPage = async (): Promise<WatchedPage> => {
  const { executablePath, args, env } = findBrowser();
  const browser = await chromium.launch({ executablePath, args, env });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: "light", reducedMotion: "reduce" });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => void (message.type() === "error" && complaints.push(`${message.text()} ${message.location().url}`)));
  page.on("pageerror", (error) => void complaints.push(String(error)));
  return { page, complaints, close: () => browser.close() };
};

const looks = [["light", 1280], ["dark", 1280], ["dark", 390], ["light", 390]] as const;
// All that another theme can change; axe reads the rest from the elements, which stay the same.
const ofColours = ["color-contrast", "link-in-text-block"];
const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What is wrong with the page as it stands, in light and dark, on a computer and on a phone: faults of access, and being wider than the screen.
 *  The page is not loaded again in between; afterwards it is light and wide.
 *  @param part selector of what alone is new, when the rest was looked at before */
export const listFaults = async (page: Page, part = "html"): Promise<string[]> => {
  const faults: string[] = [];
  for (const [colorScheme, width] of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor({ state: "attached" });
    // Charts measure their room after the window has changed, and draw in the next picture.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    // Without frames there is nothing to gather, for which axe would open another page: a third of the time.
    const axe = new AxeBuilder({ page }).include(part).setLegacyMode(true);
    const { violations } = await (colorScheme === "light" ? axe.withTags(levels) : axe.withRules(ofColours)).analyze();
    faults.push(...violations.map(({ id, nodes }) => `${colorScheme} ${width}: ${id}: ${nodes.map(({ html }) => html).join(" ")}`));
    const tooWidePx = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (tooWidePx > 0) faults.push(`${colorScheme} ${width}: ${tooWidePx} px too wide`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 900 });
  return faults;
};

/** Waits until the screen has its title and nothing on it is being loaded. A live screen never falls silent, so the network cannot tell. */
export const seeAll = async (page: Page): Promise<void> => {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.locator(".loading").first().waitFor({ state: "detached" });
};
