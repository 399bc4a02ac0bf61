// Every screen that shows something from the server, in its four states: loading, empty, failed and full. A screen that is new is visited by itself.
import { globSync, readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { dirname, join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Installation, Organisation } from "../server/firsthand.make.ts";
import { fillWorkspace, secretWord } from "../server/platform/http/filled-workspace.make.ts";
import type { FilledWorkspace } from "../server/platform/http/filled-workspace.make.ts";
import { joinAs, listFaultsOfLook, openWatchedProduct, seeAll } from "./watched-page.ts";
import type { WatchedProduct } from "./watched-page.ts";

let watched: WatchedProduct;
let page: Page;
let organisation: Organisation;
let filled: FilledWorkspace | null = null;
let server: "answers" | "waits" | "fails" = "answers";
const waiting: ServerResponse[] = [];

const web = join(dirname(import.meta.dirname), "web");
const screens = globSync("*/*.screens.tsx", { cwd: web }).flatMap((file) =>
  [...readFileSync(join(web, file), "utf8").matchAll(/path: "([^"]+)"([^}]*)/g)].flatMap(([, path = "", rest = ""]) => (rest.includes("isPublic") ? [] : [path])));

const withoutServer: Record<string, string> = {
  "/surveys/import": "it asks the server for nothing before a file is dropped", "/settings/appearance": "shows only what the browser keeps" };
const neverEmpty: Record<string, string> = {
  "/settings/members": "whoever looks is a member",
  "/settings/workspace": "a workspace has a name",
  "/settings/identity": "there are always rules",
  "/settings/audit": "coming in is written down",
  "/contact-policy": "there is always a policy",
  "/settings/writing-aid": "it says that nothing leaves",
};
// What a screen shows that is full. The others show a word that stands in every thing of the filled workspace.
const fullSays: Record<string, string | RegExp> = {
  "/dashboards/wall": "Dashboards that take turns",
  "/paths": "What customers did after what",
  "/paths/effects": "Which path costs us the customer?",
  "/maps/$mapId/deviations": /Nobody was on this map|How far from the plan/,
  "/drivers": /No scores to explain here|Not enough factors/,
  "/outcomes": /Choose what a purchase is|Does a feeling go with what customers do/,
  "/surveys/$surveyId": "Add question",
  "/surveys/$surveyId/website": "On your website",
  "/surveys/$surveyId/rules": /save/i,
  "/posters/$posterId": "Point your camera here",
  "/contact-policy": "In plain words",
  "/surveys/$surveyId/mail/$distributionId": "Before you start",
  "/surveys/$surveyId/share": /Link for everybody|Publish it first/,
  "/imports/$importId": "What the first rows become",
  "/customers/suggestions": "No suggestion is waiting",
  "/settings/members": "other@firsthand.example",
  "/settings/workspace": "Time zone",
  "/settings/audit": /owner of/,
  "/settings/identity": "Identity",
  "/settings/jobs": "mail.send",
  "/settings/writing-aid": "The writing aid is off: nothing leaves.",
};
const emptySays: Record<string, string> = { "/imports": "Drop a file here", "/": "See how your customers feel about what happened to them" };
const ofOneThing = screens.filter((path) => path.includes("$"));
const failure = "The shelf behind this screen broke.";

beforeAll(async () => {
  watched = await openWatchedProduct();
  page = watched.page;
  const { installation } = watched;
  organisation = await installation.makeOrganisation();
  await joinAs("admin", page, installation, organisation);
  standBefore(installation);
});
afterAll(() => watched.close());
beforeEach(() => void watched.complaints.splice(0));

// Stands between the browser and the server. Who is signed in is always told, else there is no screen; live news never end.
// At the server's end of the line: a browser whose requests are held on its own side keeps no scripts, and takes twice as long for every page.
const standBefore = ({ app }: Installation): void => {
  const answers = app.server.listeners("request");
  app.server.removeAllListeners("request");
  app.server.on("request", (request, reply) => {
    const { pathname } = new URL(request.url ?? "", "http://irrelevant");
    const isTold = !pathname.startsWith("/api/") || request.method !== "GET" || ["/api/session", "/api/live"].includes(pathname);
    if (server === "answers" || isTold) for (const answer of answers) Reflect.apply(answer, app.server, [request, reply]);
    else if (server === "fails") fail(reply);
    else waiting.push(reply);
  });
};
const fail = (reply: ServerResponse): void => void reply.writeHead(500, { "content-type": "application/json" }).end(JSON.stringify({ error: { code: "irrelevant", message: failure } }));

const addressOf = (path: string): string => {
  const ids: Record<string, string | undefined> = {
    $customerId: filled?.customer, $groupId: filled?.group, $importId: filled?.import, $surveyId: filled?.survey, $responseId: filled?.response, $posterId: filled?.poster, $segmentId: filled?.segment, $listId: filled?.callList, $distributionId: filled?.distribution,
    $dashboardId: filled?.dashboard, $mapId: filled?.map,
  };
  const local = path.replace(/\$\w+/g, (name) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`No thing is made for ${path}. Add its id here, and the thing to filled-workspace.make.ts.`);
    return id;
  });
  return `${watched.installation.address}${local}`;
};
const visit = (path: string, how: typeof server): Promise<unknown> => {
  server = how;
  return page.goto(addressOf(path));
};
const main = () => page.locator("main");
const loading = () => main().locator(".loading");
const alerts = () => main().getByRole("alert");
const expectNoFaults = async (): Promise<void> => expect(await listFaultsOfLook(page, { part: "main" })).toEqual([]);
// Screens wait and fail by the same few parts: each kind of them is looked at where it comes first, and the screen around it when it is full.
const seenKinds = new Set<string>();
const expectNoFaultsOfKind = async (parts: Locator): Promise<void> => {
  const kinds = await parts.evaluateAll((shown) => shown.map((part) => [part, ...part.querySelectorAll("*")].map(({ tagName, role, classList }) => [tagName, role, ...classList].join(" ")).join(", ")));
  if (kinds.every((kind) => seenKinds.has(kind))) return;
  for (const kind of kinds) seenKinds.add(kind);
  await expectNoFaults();
};

describe("before there is anything", () => {
  test.each(screens.filter((path) => !(path in withoutServer) && !(path in neverEmpty) && !ofOneThing.includes(path)))("%s says so", async (path) => {
    await visit(path, "answers");
    await seeAll(page);

    const says = emptySays[path];
    await (says === undefined ? main().locator(".empty").first() : main().getByText(says)).waitFor();
    expect(await alerts().count()).toBe(0);
    await expectNoFaults();
  });
});

describe("with one of everything", () => {
  beforeAll(async () => {
    filled = await fillWorkspace(watched.installation, organisation);
  });

  test.each(screens.filter((path) => !(path in withoutServer)))("%s shows that it is loading, what went wrong when the server fails, and what there is", async (path) => {
    await visit(path, "waits");
    await loading().first().waitFor();
    expect(await alerts().count()).toBe(0);
    await expectNoFaultsOfKind(loading());

    server = "fails";
    waiting.splice(0).forEach(fail);
    const retry = alerts().filter({ hasText: failure }).getByRole("button", { name: "Try again" });
    await retry.first().waitFor();
    await expect.poll(() => loading().count()).toBe(0);
    await expectNoFaultsOfKind(alerts());

    server = "answers";
    for (let failed = await retry.count(); failed > 0; failed = await retry.count()) {
      await retry.first().click();
      await expect.poll(() => retry.count()).toBeLessThan(failed);
    }
    await main().getByText(fullSays[path] ?? new RegExp(secretWord)).filter({ visible: true }).first().waitFor();
    await seeAll(page);
    expect(await alerts().count()).toBe(0);
    await expectNoFaults();
    expect(watched.complaints.filter((text) => !/status of 500/.test(text))).toEqual([]);
  });
});
