// How long a member waits for the first picture of the paths: the screen in a real browser, from the beginning of the navigation to the frame in which the
// graph was drawn.
import { chromium, type Browser } from "playwright-core";
import type { Firsthand } from "../server/firsthand.ts";
import { insertAccount, insertMember } from "../server/people/sessions/sessions.queries.ts";
import { openSession } from "../server/people/sessions/sessions.ts";
import { newId } from "../server/platform/db/db.api.ts";
import { findBrowser } from "../tools/find-browser.ts";
import { quantile } from "./timings.ts";

export type PictureFigures = { visits: number; firstP50Ms: number; firstSlowestMs: number; againP50Ms: number; againSlowestMs: number };

const MARK = "paths-graph-painted";

/** @param firsthand listens
 *  @param periods search of the address, another for each visit, so that the server has kept nothing
 *  @returns `first` with nothing in the browser's cache, `again` by somebody who was here before; the first visit of all warms both up and is not counted */
export const measurePicture = async ({ address, services }: Firsthand, workspaceId: string, periods: readonly string[]): Promise<PictureFigures> => {
  const accountId = newId();
  await insertAccount(services.db, { id: accountId, email: "bench@firsthand.example", name: "Bench", passwordHash: null });
  await insertMember(services.db, { id: newId(), workspaceId, accountId, role: "owner" });
  const token = await openSession(services, services.db, accountId, workspaceId);
  const { executablePath, args, env } = findBrowser();
  const browser = await chromium.launch({ executablePath, args, env });
  try {
    const [first, again]: [number[], number[]] = [[], []];
    for (const [visit, period] of periods.entries()) {
      const [cold, warm] = await visitTwice(browser, { address, token, period });
      if (visit > 0) {
        first.push(cold);
        again.push(warm);
      }
    }
    return { visits: first.length, firstP50Ms: quantile(first, 0.5, 0), firstSlowestMs: Math.round(Math.max(...first)), againP50Ms: quantile(again, 0.5, 0), againSlowestMs: Math.round(Math.max(...again)) };
  } finally {
    await browser.close();
  }
};

type Visit = { address: string; token: string; period: string };

/** The second time shows other paths, so that only what belongs to the program comes from the cache. */
const visitTwice = async (browser: Browser, { address, token, period }: Visit): Promise<[number, number]> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
  await context.addCookies([{ name: "fh_session", value: token, url: address }]);
  const page = await context.newPage();
  const times: number[] = [];
  for (const search of [period, `${period}&channel=web`]) {
    await page.goto(`${address}/paths?${search}`);
    await page.waitForFunction((mark) => performance.getEntriesByName(mark).length > 0, MARK);
    times.push(await page.evaluate((mark) => performance.getEntriesByName(mark)[0]?.startTime ?? Number.NaN, MARK));
    // Customers and times are measured afterwards: the next visit finds the machine at rest.
    await page.waitForFunction((part) => performance.getEntriesByType("resource").some(({ name }) => name.includes(part) && !name.includes("measures=counts")), "/api/paths/graph");
  }
  await context.close();
  return [times[0] ?? Number.NaN, times[1] ?? Number.NaN];
};
