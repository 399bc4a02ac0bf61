// Trying rules out among the latest interactions.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { insertInteractions } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Answer, Installation, Organisation } from "../../firsthand.make.ts";
import { tryEach } from "./previews.ts";
import { preview } from "./touchpoints.contract.ts";

let installation: Installation;
let organisation: Organisation;

beforeAll(async () => {
  installation = await makeInstallation({ clock: { now: () => new Date("2026-06-10T12:00:00Z") } });
});
afterAll(() => installation.stop());
beforeEach(async () => {
  organisation = await installation.makeOrganisation();
  const { workspaceId } = organisation;
  await insertInteractions(installation.services.db, workspaceId, [
    makeInteraction(workspaceId, { name: "Order Completed", at: "2026-06-01T12:00:00Z", message: JSON.stringify({ properties: { path: "/order/7" } }) }),
    makeInteraction(workspaceId, { name: "Order Shipped", at: "2026-06-01T13:00:00Z", message: JSON.stringify({ context: { traits: { email: "ann@shop.example" } } }) }),
    makeInteraction(workspaceId, { name: "Product Viewed", at: "2026-06-01T14:00:00Z" }),
  ]);
});

describe("a preview of rules", () => {
  const ask = (rules: readonly object[]): Promise<Answer> => organisation.viewer.ask("POST", "/api/touchpoint-previews", { rules });

  test("counts what would match among the latest, says what it is called now, and changes nothing", async () => {
    const shown = preview.parse((await ask([{ names: ["Order *"] }])).body);

    expect(shown).toMatchObject({ examined: 3, matched: 2, from: expect.arrayContaining([{ touchpoint: "Order placed", count: 1 }, { touchpoint: "Shipment", count: 1 }]) });
    expect(shown.examples.map(({ name, page }) => [name, page]).toSorted()).toEqual([["Order Completed", "/order/7"], ["Order Shipped", null]]);
    expect((await organisation.viewer.ask("GET", "/api/touchpoints")).body).toMatchObject({ items: [] });
  });

  test("refuses a rule without conditions", async () => {
    expect((await ask([{}])).body).toMatchObject({ error: { code: "invalid_input" } });
  });

  test("looks into messages only for who may read customers: else it would spell out who they are", async () => {
    const looking = [[{ properties: [{ field: "context.traits.email", operator: "starts_with", value: "ann" }] }], [{ pages: ["/order/*"] }]];
    for (const rules of looking) expect((await ask(rules)).body).toMatchObject({ matched: 1 });

    const authorization = `Bearer ${await installation.makeApiKey(organisation, ["touchpoints.read"])}`;
    const byKey = (rules: readonly object[]): Promise<Answer> => installation.nobody.ask("POST", "/api/touchpoint-previews", { rules }, { authorization });
    for (const rules of looking) expect(await byKey(rules)).toMatchObject({ status: 403, body: { error: { code: "not_allowed", details: { ability: "customers.read" } } } });
    const { matched, examples } = preview.parse((await byKey([{ names: ["Order *"] }])).body);
    expect([matched, examples.map(({ page }) => page)]).toEqual([2, [null, null]]);
  });

  test("is not asked for without end", async () => {
    const statuses = new Set<number>();
    for (let asked = 0; asked < 70; asked += 1) statuses.add((await ask([{ names: ["Order *"] }])).status);
    expect(statuses).toEqual(new Set([200, 429]));
  });
});

describe("trying one after the other", () => {
  const items = Array.from({ length: 10_000 }, (_, index) => index);
  /** Runs with a clock that each attempt moves on. */
  const run = async (msEach: number) => {
    let [nowMs, pauses, longestMs, pausedAt] = [0, 0, 0, 0];
    const noteRun = (): void => {
      longestMs = Math.max(longestMs, nowMs - pausedAt);
    };
    const attempt = (item: number): number | null => {
      nowMs += msEach;
      return item % 2 === 0 ? item : null;
    };
    const pause = async (): Promise<void> => {
      noteRun();
      pauses += 1;
      // Others took their time.
      nowMs += 500;
      pausedAt = nowMs;
    };
    const { examined, found } = await tryEach(items, attempt, { now: () => nowMs, pause });
    noteRun();
    return { examined, found: found.length, pauses, longestMs: Math.round(longestMs) };
  };

  test.each([
    [0.001, { examined: 10_000, found: 5_000, pauses: 0, longestMs: 10 }],
    [0.0625, { examined: 10_000, found: 5_000, pauses: 31, longestMs: 20 }],
    [2, { examined: 500, found: 250, pauses: 49, longestMs: 20 }],
  ])("of %f ms each lets others go first every 20 ms, and ends after a second of its own", async (msEach, expected) => {
    expect(await run(msEach)).toEqual(expected);
  });
});
