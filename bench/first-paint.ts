// How long a respondent waits for the first sight of a survey, and until it can be answered: the public page in a real browser, with nothing in its cache.
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { findBrowser } from "../tools/find-browser.ts";
import { startBenchServer } from "./bench-server.ts";

type Line = { name: string; latencyMs: number; bytesPerSecond: number };
type Paint = { line: string; visits: number; firstPaintP50Ms: number; firstPaintP95Ms: number; answerableP50Ms: number; transferredBytes: number };
export type FirstPaintFigures = { paints: Paint[] };

/** A phone in the country as the tools of browsers imitate it, and no brake at all. */
const LINES: Line[] = [
  { name: "this machine", latencyMs: 0, bytesPerSecond: -1 },
  { name: "slow 4G: 150 ms, 1.6 Mbit/s", latencyMs: 150, bytesPerSecond: 200_000 },
];

/** @returns times in ms from the beginning of the navigation */
export const measureFirstPaint = async (given: { visits: number }): Promise<FirstPaintFigures> => {
  const server = await startBenchServer();
  const { executablePath, args, env } = findBrowser();
  const browser = await chromium.launch({ executablePath, args, env });
  try {
    const templates = Object(await server.ask("GET", "/api/survey-templates")).items;
    const created = Object(await server.ask("POST", "/api/surveys", { name: "Bench", templateId: templates[0].id }));
    const { slug } = Object(await server.ask("POST", `/api/surveys/${created.id}/versions`));
    const paints: Paint[] = [];
    for (const line of LINES) paints.push(await visitOften(browser, `${server.address}/s/${slug}`, line, given.visits));
    return { paints };
  } finally {
    await browser.close();
    await server.stop();
    server.remove();
  }
};

const visitOften = async (browser: Browser, url: string, line: Line, visits: number): Promise<Paint> => {
  const seen: Visit[] = [];
  for (let visit = 0; visit <= visits; visit += 1) seen.push(await visitOnce(browser, url, line));
  // The first one warms the browser and the server up.
  const [, ...counted] = seen;
  const quantile = (values: number[], share: number): number => Math.round(values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) * share)] ?? 0);
  const paints = counted.map(({ firstPaintMs }) => firstPaintMs);
  return {
    line: line.name, visits: counted.length, firstPaintP50Ms: quantile(paints, 0.5), firstPaintP95Ms: quantile(paints, 0.95),
    answerableP50Ms: quantile(counted.map(({ answerableMs }) => answerableMs), 0.5), transferredBytes: counted[0]?.transferredBytes ?? 0,
  };
};

type Visit = { firstPaintMs: number; answerableMs: number; transferredBytes: number };

const visitOnce = async (browser: Browser, url: string, line: Line): Promise<Visit> => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: line.latencyMs, downloadThroughput: line.bytesPerSecond, uploadThroughput: line.bytesPerSecond });
  await page.goto(url, { waitUntil: "load" });
  await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
  const visit = await page.evaluate(() => {
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    const entries = performance.getEntries();
    const transferredBytes = entries.reduce((sum, entry) => sum + (entry instanceof PerformanceResourceTiming ? entry.transferSize : 0), 0);
    const ends = entries.map((entry) => (entry instanceof PerformanceResourceTiming ? entry.responseEnd : 0));
    return { firstPaintMs: paint?.startTime ?? Number.NaN, answerableMs: Math.max(...ends), transferredBytes };
  });
  await context.close();
  return visit;
};
