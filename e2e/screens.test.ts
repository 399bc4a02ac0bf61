import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeSetUpLink } from "../server/people/people.api.ts";
import { listFaults, openWatchedProduct, seeAll } from "./watched-page.ts";
import type { WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let page: Page;

beforeAll(async () => {
  watched = await openWatchedProduct();
  page = watched.page;
});
afterAll(() => watched.close());
beforeEach(() => void watched.complaints.splice(0));

// Before and after somebody is signed in; a screen of another journey names its test instead.
const outside = ["/setup", "/sign-in", "/forgotten-password", "/reset-password", "/invitation", "/_design"];
const inside = ["/settings/members", "/settings/teams", "/settings/keys", "/settings/workspace", "/settings/mailboxes", "/settings/audit", "/settings/jobs", "/settings/appearance", "/reviews", "/reviews/testimonials", "/reviews/sources"];
const elsewhere: Record<string, string> = {
  "/": "home",
  "/alerts": "alerts",
  "/drivers": "drivers",
  "/outcomes": "outcomes",
  "/themes": "themes",
  "/dashboards": "dashboards",
  "/dashboards/$dashboardId": "dashboards",
  "/dashboards/wall": "dashboards",
  "/boards/$secret": "dashboards",
  "/board-mails/$secret": "dashboards",
  "/customers": "customers",
  "/customers/$customerId": "customers",
  "/customers/suggestions": "customers",
  "/customers/groups": "customers",
  "/customers/groups/$groupId": "customers",
  "/settings/identity": "customers",
  "/segments": "segments",
  "/segments/$segmentId": "segments",
  "/contact-policy": "segments",
  "/contact-ledger": "segments",
  "/imports": "imports",
  "/imports/$importId": "imports",
  "/settings/refused-events": "refused-events",
  "/comments": "comments",
  "/settings/writing-aid": "comments",
  "/maps/$mapId/deviations": "deviations",
  "/touchpoints": "touchpoints",
  "/maps": "maps",
  "/maps/$mapId": "maps",
  "/channels": "touchpoints",
  "/paths": "paths",
  "/paths/effects": "gaps",
  "/gaps": "gaps",
  "/surveys": "surveys",
  "/surveys/$surveyId": "surveys",
  "/surveys/$surveyId/share": "surveys",
  "/surveys/$surveyId/mail": "mail",
  "/surveys/$surveyId/mail/$distributionId": "mail",
  "/surveys/$surveyId/website": "website",
  "/surveys/import": "conversions",
  "/surveys/$surveyId/response-imports": "conversions",
  "/surveys/$surveyId/report": "report",
  "/surveys/$surveyId/interviews": "interviews",
  "/surveys/$surveyId/places": "kiosks",
  "/kiosks": "kiosks",
  "/posters/$posterId": "kiosks",
  "/call-lists": "interviews",
  "/call-lists/$listId": "interviews",
  "/surveys/$surveyId/rules": "responses",
  "/responses": "responses",
  "/responses/$responseId": "responses",
};

// What only a stranger may be told is a refusal to the browser, and no fault.
const complaintsOfMember = (): string[] => watched.complaints;
const complaintsOfStranger = (): string[] => watched.complaints.filter((text) => !/401.*\/api\/session$/.test(text));

const visit = async (path: string): Promise<string[]> => {
  await page.goto(`${watched.installation.address}${path}`);
  if (path === "/_design") await page.getByRole("heading", { level: 1 }).waitFor();
  else await seeAll(page);
  return listFaults(page);
};

const post = async (path: string, data: object) => {
  const session = await page.request.get(`${watched.installation.address}/api/session`);
  const { csrfToken = "" } = await session.json();
  const reply = await page.request.post(`${watched.installation.address}${path}`, { data, headers: { "x-csrf-token": csrfToken } });
  expect(reply.status(), await reply.text()).toBe(201);
  return reply.json();
};

describe("every screen that no other journey visits is accessible, fits and is quiet", () => {
  test("none is left out", () => {
    const web = join(dirname(import.meta.dirname), "web");
    const declared = globSync("*/*.screens.tsx", { cwd: web }).flatMap((file) =>
      [...readFileSync(join(web, file), "utf8").matchAll(/path: "([^"]+)"/g)].map(([, path]) => path));

    expect(declared.toSorted()).toEqual([...outside, ...inside, ...Object.keys(elsewhere)].toSorted());
    // The journey that is named must know the screen by the last word of its address, be it in an address or on what is clicked.
    const unknown = Object.entries(elsewhere).filter(([path, name]) => {
      const word = path.split("/").findLast((part) => part !== "" && !part.startsWith("$")) ?? "";
      return !readFileSync(join(import.meta.dirname, `${name}.test.ts`), "utf8").toLowerCase().includes(word);
    });
    expect(unknown).toEqual([]);
  });

  test("before somebody is signed in", async () => {
    const link = new URL((await makeSetUpLink(watched.installation.services)) ?? "");
    for (const path of [`/setup${link.search}`, "/sign-in", "/forgotten-password", "/reset-password?token=irrelevant", "/reset-password", "/_design"])
      expect(await visit(path), path).toEqual([]);
    expect(complaintsOfStranger()).toEqual([]);

    const owner = { workspaceName: "Shop", name: "Olga", email: "owner@firsthand.example", password: "irrelevant password 1" };
    await post("/api/setup", { token: link.searchParams.get("token"), ...owner });
    const invitation = await post("/api/invitations", { email: "other@firsthand.example", role: "manager" });
    const { pathname, search } = new URL(invitation.link);
    const cookies = await page.context().cookies();
    await page.context().clearCookies();
    for (const path of [`${pathname}${search}`, "/setup"]) expect(await visit(path), path).toEqual([]);
    await page.context().addCookies(cookies);
    expect(complaintsOfStranger()).toEqual([]);
  });

  test("for an owner", async () => {
    await post("/api/keys", { kind: "write", name: "Shop", abilities: [] });
    for (const path of [...inside, "/nowhere"]) expect(await visit(path), path).toEqual([]);
    expect(complaintsOfMember()).toEqual([]);
  });
});
