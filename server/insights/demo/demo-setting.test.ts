// What the demo company has besides its year: maps, groups of customers, surveys and places reviews come from.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { page } from "#platform/http";
import { timelineItem } from "../../customers/profiles/profiles.contract.ts";
import { segment } from "../../customers/segments/segments.contract.ts";
import { Report } from "../../feedback/reports/reports.contract.ts";
import { Review } from "../../feedback/reviews/reviews.contract.ts";
import { ReviewSource } from "../../feedback/reviews/sources.contract.ts";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation } from "../../firsthand.make.ts";
import { compareMaps } from "../../journeys/maps/difference.rules.ts";
import { journeyMap, listedMap } from "../../journeys/maps/maps.contract.ts";
import { overlayReply } from "../../journeys/overlays/overlays.contract.ts";
import { summaryReply } from "../metrics/metrics.contract.ts";
import { drawDemoMap } from "./demo-map.rules.ts";
import { demoSurveys } from "./demo-surveys.rules.ts";
import { demoTouchpoints } from "./demo-touchpoints.rules.ts";
import { loadDemo } from "./demo.ts";

let installation: Installation;
let owner: Client;

const read = async <Shape extends z.ZodType>(shape: Shape, url: string): Promise<z.output<Shape>> => shape.parse((await owner.ask("GET", url)).body);

beforeAll(async () => {
  installation = await makeInstallation();
  owner = (await installation.makeOrganisation()).owner;
  const given = { seed: 5, scale: 0.1, now: installation.services.clock.now().getTime() };
  const { rows } = await installation.services.db.query<{ id: string }>("select id from people.accounts where email = $1", [owner.email]);
  const workspaceId = await loadDemo(installation.services, given, rows[0]?.id ?? "");
  await loadDemo(installation.services, given, rows[0]?.id ?? "");
  await owner.ask("PUT", "/api/session/workspace", { workspaceId });
}, 120_000);
afterAll(() => installation.stop());

describe("the maps of the demo company", () => {
  const maps = async () => (await read(z.object({ items: z.array(listedMap) }), "/api/maps")).items;
  const drawn = async (state: "as_is" | "to_be") => read(journeyMap, `/api/maps/${(await maps()).find((one) => one.state === state)?.id}`);

  test("stand on registered touchpoints alone", () => {
    const registered = new Set(demoTouchpoints.map(({ name }) => name));
    const { steps } = drawDemoMap();
    expect(steps.flatMap(({ matches, failures }) => [...matches, ...failures]).filter(({ touchpoint }) => !registered.has(touchpoint))).toEqual([]);
  });

  test("are there once, and the one of today runs", async () => {
    expect((await maps()).map(({ name, state }) => `${name} (${state})`).toSorted()).toEqual(["Buying online (as_is)", "Buying online, next year (to_be)"]);
    const asIs = await drawn("as_is");
    expect(asIs.document).toEqual(drawDemoMap());
    const overlay = await read(overlayReply, `/api/maps/${asIs.id}/overlay`);
    expect(overlay.steps.filter(({ customers }) => customers === 0)).toEqual([]);
  });

  test("show what shall be different", async () => {
    const [asIs, toBe] = [await drawn("as_is"), await drawn("to_be")];
    const { added, gone, moved, changed } = compareMaps(asIs.document, toBe.document);
    expect(toBe.basedOn?.id).toBe(asIs.id);
    expect(added.filter(({ part }) => part !== "card").map(({ name }) => name)).toEqual(["Message on the morning", "What we promise"]);
    expect(gone.map(({ name }) => name)).toContain("Types the address again");
    expect(changed.map(({ name }) => name)).toEqual(["Cart", "Checkout", "Order placed", "Delivery"]);
    expect(moved).toEqual([]);
    expect(toBe.document.steps.map(({ name }) => name).slice(-4)).toEqual(["Message on the morning", "Delivery", "Product review", "Support call"]);
  });
});

test("segments and personas of the demo company are there, told and counted", async () => {
  await expect.poll(async () => (await read(page(segment), "/api/segments")).items.filter(({ countedAt }) => countedAt === null).length, { timeout: 30_000, interval: 100 }).toBe(0);
  const { items } = await read(page(segment), "/api/segments");
  const counts = new Map(items.map(({ name, customers }) => [name, customers ?? 0]));
  expect(items.filter(({ story }) => story === null).map(({ name }) => name)).toEqual(["New this month", "Regular shoppers", "Unhappy and still here", "Waiting for a refund"]);
  expect(items.filter(({ story }) => story !== null).map(({ name }) => name)).toEqual(["Frida, shops on the sofa", "Halvor, wants to hold it first"]);
  expect(items.filter(({ description }) => description === "")).toEqual([]);
  for (const name of ["Regular shoppers", "Unhappy and still here", "Frida, shops on the sofa", "Halvor, wants to hold it first"]) expect([name, counts.get(name)]).toEqual([name, expect.toSatisfy((count: number) => count > 0 && count < 200)]);
}, 60_000);

test("each survey of the demo company asks what fits its moment, and every question was answered", async () => {
  const { items } = await read(page(z.object({ id: z.string(), name: z.string() })), "/api/surveys");
  await installation.settle();
  for (const { name, definition } of demoSurveys) {
    const { questions } = await read(Report, `/api/surveys/${items.find((survey) => survey.name === name)?.id}/report`);
    expect(questions.map(({ id }) => id)).toEqual(definition.questions.map(({ id }) => id));
    expect([name, questions.filter(({ count }) => count === 0).map(({ id }) => id)]).toEqual([name, []]);
  }
  const delivery = demoSurveys.find(({ key }) => key === "delivery");
  expect(delivery?.definition.questions[0]?.title).toEqual({ en: "How satisfied are you with the delivery?" });
});

describe("reviews of the demo company", () => {
  const sources = async () => (await read(z.object({ items: z.array(ReviewSource) }), "/api/review-sources")).items;
  const reviews = async (query = "") => (await read(page(Review), `/api/reviews?limit=100${query}`)).items;
  const stars = async () => (await read(summaryReply, "/api/metrics/summary?from=2020-01-01T00:00:00Z&to=2099-01-01T00:00:00Z&metrics=stars")).metrics[0]?.count ?? 0;

  test("come from two places, with stars and words, some answered", async () => {
    expect((await sources()).map(({ name, kind, state, lastPolledAt }) => [name, kind, state, lastPolledAt !== null])).toEqual([["App store", "csv", "working", true], ["Product pages of the shop", "webhook", "working", true]]);
    expect((await sources()).reduce((sum, source) => sum + source.reviews, 0)).toBe(await stars());
    const shown = await reviews();
    expect(shown.filter(({ text }) => text !== "").length).toBeGreaterThan(shown.length / 2);
    expect(shown.filter(({ customer, authorName }) => customer === null && authorName !== null).length).toBeGreaterThan(0);
    const answered = await reviews("&isAnswered=true");
    expect(answered.length).toBeGreaterThan(3);
    expect(answered.filter(({ answer, writtenAt }) => answer?.at == null || answer.at <= writtenAt)).toEqual([]);
  });

  test("stand on the timelines of their writers", async () => {
    const [known] = (await reviews()).filter(({ customer }) => customer !== null);
    const timeline = async (record: "facts" | "feelings") => (await read(page(timelineItem), `/api/customers/${known?.customer?.id}/timeline?record=${record}&limit=100`)).items;
    const facts = (await timeline("facts")).filter(({ type, at }) => type === "review" && at === known?.writtenAt);
    expect(facts.map(({ touchpoint }) => touchpoint)).toEqual([known?.sourceName === "App store" ? "App review" : "Product review"]);
    expect(JSON.stringify(await timeline("feelings"))).toContain(known?.id);
  });

  test("go with their source, and their stars with them", async () => {
    const [app] = await sources();
    const before = await stars();
    expect((await owner.ask("DELETE", `/api/review-sources/${app?.id}`)).status).toBe(204);
    await installation.settle();
    expect(app?.reviews).toBeGreaterThan(0);
    expect(await stars()).toBe(before - (app?.reviews ?? 0));
  });
});
