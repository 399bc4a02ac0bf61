import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type * as Axe from "axe-core";
import { chromium } from "playwright-core";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { makeInstallation } from "../server/firsthand.make.ts";
import type { Installation, Organisation } from "../server/firsthand.make.ts";
import type { Role } from "../server/platform/access/access.api.ts";
import { makeSetUpLink } from "../server/people/people.api.ts";
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

export type WatchedBrowser = {
  /** A page of somebody who was never here before. */
  open: (options?: BrowserContextOptions) => Promise<WatchedPage>;
  close: () => Promise<void>;
};

// A page in a test lives for moments: what a browser spends on making its scripts quick is never paid back. Without, it takes a sixth less of the
// processor for the same pages.
const SHORT_LIVED = ["--js-flags=--no-opt --no-maglev"];

// One for all files of a worker: starting one takes as long as several pages do. Visitors share nothing in it, as each has a context of its own.
let running: Promise<Browser> | null = null;
let openCount = 0;
const launchOnce = async (): Promise<Browser> => {
  const browser = await running?.catch(() => null);
  if (browser?.isConnected() === true) return browser;
  const { executablePath, args, env } = findBrowser();
  running = chromium.launch({ executablePath, args: [...args, ...SHORT_LIVED], env });
  return running;
};

/** A browser whose pages remember every complaint. */
export const openWatchedBrowser = async (): Promise<WatchedBrowser> => {
  const browser = await launchOnce();
  openCount += 1;
  const contexts: BrowserContext[] = [];
  const open = async (options: BrowserContextOptions = {}): Promise<WatchedPage> => {
    const context = await browser.newContext(options);
    contexts.push(context);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => void (message.type() === "error" && complaints.push(`${message.text()} ${message.location().url}`)));
    page.on("pageerror", (error) => void complaints.push(String(error)));
    return { page, complaints, close: () => context.close() };
  };
  const close = async (): Promise<void> => {
    openCount -= 1;
    // With the last of them, also what a test that failed opened by itself and left.
    const left = openCount === 0 ? browser.contexts() : contexts;
    await Promise.all(left.map((context) => context.close()));
  };
  return { open, close };
};

/** A page of somebody who was never here before. Nothing moves, so that colours are measured when they stand. */
export const openWatchedPage = async (): Promise<WatchedPage> => {
  const browser = await openWatchedBrowser();
  return { ...(await browser.open({ viewport: { width: 1280, height: 900 }, colorScheme: "light", reducedMotion: "reduce" })), close: browser.close };
};

/** Whoever is signed in on a page: the workspace, what a change must carry, and the server asked by hand, which throws what it refuses. */
export type PageMember = {
  workspaceId: string;
  headers: { "x-csrf-token": string };
  ask: (method: "POST" | "PUT" | "PATCH", path: string, body?: unknown) => Promise<{ body: unknown }>;
};

/** Sets the installation up and signs the page in as its owner, Olga. */
export const signUp = async (page: Page, installation: Installation): Promise<PageMember> => {
  const token = new URL((await makeSetUpLink(installation.services)) ?? "").searchParams.get("token");
  const data = { token, workspaceName: "Shop", name: "Olga", email: "owner@firsthand.example", password: "irrelevant password 1" };
  await page.request.post(`${installation.address}/api/setup`, { data, failOnStatusCode: true });
  return memberOn(page, installation);
};

export const memberOn = async (page: Page, { address }: Installation): Promise<PageMember> => {
  const { workspace, csrfToken } = await (await page.request.get(`${address}/api/session`)).json();
  const headers = { "x-csrf-token": csrfToken };
  const ask: PageMember["ask"] = async (method, path, body = {}) => ({ body: await (await page.request.fetch(`${address}${path}`, { method, data: body, headers, failOnStatusCode: true })).json() });
  return { workspaceId: workspace.id, headers, ask };
};

declare const axe: typeof Axe;
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Signs the page in as a new member of the organisation, Olga. */
export const joinAs = async (role: Role, page: Page, installation: Installation, organisation: Organisation): Promise<void> => {
  const { body } = await organisation.owner.ask("POST", "/api/invitations", { email: "other@firsthand.example", role });
  const token = new URL(String(Reflect.get(Object(body), "link"))).searchParams.get("token");
  await page.request.post(`${installation.address}/api/public/invitation`, { data: { token, name: "Olga", password: "irrelevant password 1" }, failOnStatusCode: true });
};

// Each theme and each width once: what a theme changes, colours, does not hang on the width.
const looks = [["light", 1280], ["dark", 390]] as const;
// All that another theme can change; axe reads the rest from the elements, which stay the same.
const ofColours = ["color-contrast", "link-in-text-block"];
const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What is wrong with the page as it stands, in light on a computer and in the dark on a phone: faults of access, and being wider than the screen.
 *  The page is not loaded again in between; afterwards it is light and wide.
 *  @param part selector of what alone is new, when the rest was looked at before */
export const listFaults = async (page: Page, part = "html"): Promise<string[]> => {
  const faults: string[] = [];
  for (const [colorScheme, width] of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 900 });
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor({ state: "attached" });
    // Charts measure their room after the window has changed, and draw in the next picture; colours change on their way. What follows a scroll never ends.
    await page.evaluate(async () => {
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      await Promise.allSettled(document.getAnimations().filter(({ effect, timeline }) => timeline === document.timeline && effect?.getComputedTiming().endTime !== Infinity).map(({ finished }) => finished));
    });
    const found = await listFaultsOfLook(page, { part });
    faults.push(...found.map((fault) => `${colorScheme} ${width}: ${fault}`));
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 900 });
  return faults;
};

/** Takes a picture of the page for whoever changes the screen, where a folder is named: FIRSTHAND_PICTURES=folder */
export const takePicture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env["FIRSTHAND_PICTURES"];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

/** What is wrong with the page in the one look it has now: for states that pass, while the screen itself is looked at by `listFaults`.
 *  @param how `isFull` asks all rules, else only those that another theme can break; `part` is a selector */
export const listFaultsOfLook = async (page: Page, how: { part?: string; isFull?: boolean } = {}): Promise<string[]> => {
  const faults = await listFaultsOfAccess(page, how);
  const tooWidePx = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return tooWidePx > 0 ? [...faults, `${tooWidePx} px too wide`] : faults;
};

/** The same of a part of somebody else's page, whose width is not ours.
 *  @param how `part` is a selector, or a way through a shadow root */
export const listFaultsOfAccess = async (page: Page, how: { part?: string | [string, string]; isFull?: boolean } = {}): Promise<string[]> => {
  const { part = "html", isFull = true } = how;
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  // What a frame shows is a page of its own. Without names for every element that is right, axe takes half the time.
  return page.evaluate(async ({ part, runOnly }) => {
    const { violations } = await axe.run({ include: [typeof part === "string" ? part : { fromShadowDom: part }], exclude: ["iframe"] }, { runOnly, resultTypes: ["violations"], iframes: false, preload: false, selectors: false });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ""}`).join(" ")}`);
  }, { part, runOnly: isFull ? levels : ofColours });
};

/** Waits until the screen has its title and nothing on it is being loaded. A live screen never falls silent, so the network cannot tell. */
export const seeAll = async (page: Page): Promise<void> => {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.locator(".loading").first().waitFor({ state: "detached" });
};
