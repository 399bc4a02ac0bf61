import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import type { Page } from "playwright-core";
import { makeInstallation } from "../server/firsthand.make.ts";
import type { Installation } from "../server/firsthand.make.ts";
import { findBrowser } from "../tools/find-browser.ts";

export type WatchedPage = {
  page: Page;
  /** What the browser complained about: errors of scripts, in the console, and breaches of the security policy. */
  complaints: string[];
  close: () => Promise<void>;
};

export type WatchedProduct = WatchedPage & { installation: Installation };

/** A started product with a page of its own to look at it; closing stops both. */
export const openWatchedProduct = async (environment: Record<string, string> = {}): Promise<WatchedProduct> => {
  const installation = await makeInstallation({ listen: true, environment });
  const watched = await openWatchedPage();
  const close = async (): Promise<void> => {
    await watched.close();
    await installation.stop();
  };
  return { ...watched, installation, close };
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
    const found = await listFaultsOfLook(page, { part, isFull: colorScheme === "light" });
    faults.push(...found.map((fault) => `${colorScheme} ${width}: ${fault}`));
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 900 });
  return faults;
};

/** What is wrong with the page in the one look it has now: for states that pass, while the screen itself is looked at by `listFaults`.
 *  @param how `isFull` asks all rules, else only those that another theme can break */
export const listFaultsOfLook = async (page: Page, how: { part?: string; isFull?: boolean } = {}): Promise<string[]> => {
  const { part = "html", isFull = true } = how;
  // Without frames there is nothing to gather, for which axe would open another page: a third of the time. What a frame shows is a page of its own.
  const axe = new AxeBuilder({ page }).include(part).exclude("iframe").setLegacyMode(true);
  const { violations } = await (isFull ? axe.withTags(levels) : axe.withRules(ofColours)).analyze();
  const faults = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  const tooWidePx = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return tooWidePx > 0 ? [...faults, `${tooWidePx} px too wide`] : faults;
};

/** Waits until the screen has its title and nothing on it is being loaded. A live screen never falls silent, so the network cannot tell. */
export const seeAll = async (page: Page): Promise<void> => {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.locator(".loading").first().waitFor({ state: "detached" });
};
