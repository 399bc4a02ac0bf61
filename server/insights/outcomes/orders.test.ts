// One order is one purchase: in the revenue of journeys and in what outcomes count, by the same rule.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { insertInteractions } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makeInstallation, type Installation } from "../../firsthand.make.ts";
import { makeStage, makeStep } from "../../journeys/maps/document.make.ts";
import { outcomeCustomersReply } from "./outcomes.contract.ts";

let firsthand: Installation;
beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-06-30T12:00:00Z") } });
});
afterAll(() => firsthand.stop());

type Told = { name: string; minute?: number; properties: Record<string, unknown> };
const completed = (properties: Record<string, unknown>, minute = 0): Told => ({ name: "Order Completed", minute, properties });
const paid = (properties: Record<string, unknown>, minute = 0): Told => ({ name: "Order Paid", minute, properties });
const received = (properties: Record<string, unknown>, minute = 0): Told => ({ name: "Payment Received", minute, properties });
const bought = (properties: Record<string, unknown>, minute = 0): Told => ({ name: "Checkout Completed", minute, properties });
const day = 24 * 60;

/** What is told of one customer's purchases in April, what they came to, and how many they were. */
const cases: [string, Told[], { revenue: number; purchases: number }][] = [
  ["two events of one order", [completed({ order_id: "A1", total: 100 }), paid({ order_id: "A1", total: 100 }, 2)], { revenue: 100, purchases: 1 }],
  ["the same event sent twice, days apart", [completed({ order_id: "A1", total: 100 }), completed({ order_id: "A1", total: 100 }, 3 * day)], { revenue: 100, purchases: 1 }],
  ["the same event sent twice at one moment", [completed({ order_id: "A1", total: 100 }), completed({ order_id: "A1", total: 100 })], { revenue: 100, purchases: 1 }],
  ["an event that carries no sum, and one that does", [{ name: "Order Placed", properties: { order_id: "A1" } }, completed({ order_id: "A1", total: 100 }, 5)], { revenue: 100, purchases: 1 }],
  ["two orders of the same sum", [completed({ order_id: "A1", total: 100 }), completed({ order_id: "A2", total: 100 }, 5)], { revenue: 200, purchases: 2 }],
  ["an order by its number, in other letters and blanks", [completed({ orderNumber: "a-1 ", total: 100 }), paid({ orderNumber: "A-1", total: 100 }, 2)], { revenue: 100, purchases: 1 }],
  ["an order by what was checked out", [completed({ checkout_id: 17, total: 100 }), paid({ checkout_id: "17", total: 100 }, 2)], { revenue: 100, purchases: 1 }],
  ["an order paid by two transactions of the same sum", [paid({ order_id: "A1", transaction_id: "t1", total: 100 }), paid({ order_id: "A1", transaction_id: "t2", total: 100 }, 2)], { revenue: 100, purchases: 1 }],
  ["lines of one order at one moment", [completed({ order_id: "A1", amount: 30 }), completed({ order_id: "A1", amount: 20 })], { revenue: 50, purchases: 1 }],
  ["lines of one order, two of them alike", [completed({ order_id: "A1", amount: 20 }), completed({ order_id: "A1", amount: 20 }), completed({ order_id: "A1", amount: 5 })], { revenue: 45, purchases: 1 }],
  ["lines of one order, one after the other", [completed({ order_id: "A1", amount: 20 }), completed({ order_id: "A1", amount: 5 }, 1)], { revenue: 25, purchases: 1 }],
  ["an order told once more with another sum, days later", [completed({ order_id: "A1", total: 100 }), completed({ order_id: "A1", total: 120 }, 3 * day)], { revenue: 100, purchases: 1 }],
  ["instalments of one order", [received({ order_id: "A1", total: 10 }), received({ order_id: "A1", total: 10 }, 3 * day), received({ order_id: "A1", total: 30 }, 4 * day)], { revenue: 50, purchases: 3 }],
  ["a payment sent twice", [received({ order_id: "A1", total: 10 }), received({ order_id: "A1", total: 10 }, 1)], { revenue: 10, purchases: 1 }],
  ["a deposit before the order", [received({ order_id: "A1", total: 20 }), completed({ order_id: "A1", total: 100 }, 60)], { revenue: 100, purchases: 1 }],
  ["a checkout before its order", [bought({ checkout_id: "c1", total: 50 }), completed({ order_id: "A1", checkout_id: "c1", total: 50 }, 1)], { revenue: 50, purchases: 1 }],
  ["an order by its id and its number, then by one of both", [completed({ order_id: "9001", order_number: "1001", total: 100 }), paid({ order_number: "1001", total: 100 }, 5), paid({ order_id: "9001", total: 100 }, 9)], { revenue: 100, purchases: 1 }],
  ["an order by its number, later by its id as well", [completed({ order_number: "1001", total: 100 }), paid({ order_id: "9001", order_number: "1001", total: 100 }, 5), paid({ order_id: "9001", total: 100 }, 9)], { revenue: 100, purchases: 1 }],
  ["an order whose id is the number of another", [completed({ order_id: "9", order_number: "10", total: 100 }), completed({ order_id: "10", order_number: "11", total: 70 }, 5)], { revenue: 170, purchases: 2 }],
  ["an order whose id is the number of one of which no id is known", [completed({ order_number: "7", total: 100 }), completed({ order_id: "7", order_number: "8", total: 70 }, 5), paid({ order_id: "7", total: 70 }, 6), paid({ order_id: "7", total: 70 }, 7)], { revenue: 170, purchases: 2 }],
  ["an order whose number is the id of one of which no number is known", [completed({ order_id: "8", total: 100 }), completed({ order_id: "7", order_number: "8", total: 70 }, 5), paid({ order_number: "8", total: 70 }, 6), paid({ order_number: "8", total: 70 }, 7)], { revenue: 170, purchases: 2 }],
  ["an order by one word, called its id and then its number", [completed({ order_id: "1001", total: 100 }), paid({ order_number: "1001", total: 100 }, 5)], { revenue: 100, purchases: 1 }],
  ["a payment of a checkout before its order", [bought({ transaction_id: "t1", total: 50 }), bought({ transaction_id: "t1", checkout_id: "c1", total: 50 }, 1), completed({ checkout_id: "c1", order_id: "A1", total: 50 }, 2)], { revenue: 50, purchases: 1 }],
  ["an order and a checkout of one number", [completed({ order_id: "7", total: 50 }), bought({ checkout_id: "7", total: 80 }, 5)], { revenue: 130, purchases: 2 }],
  ["pieces of one order sent again days later", [completed({ order_id: "A1", price: 20, quantity: 1 }), completed({ order_id: "A1", price: 20, quantity: 1 }, 3 * day)], { revenue: 20, purchases: 1 }],
  ["pieces of one order, one after the other", [completed({ order_id: "A1", price: 10, quantity: 2 }), completed({ order_id: "A1", price: 10, quantity: 2 }, 1), paid({ order_id: "A1", price: 40, quantity: 1 }, 2)], { revenue: 40, purchases: 1 }],
  ["what names no order", [completed({ total: 100 }), completed({ total: 100 }, 5)], { revenue: 200, purchases: 2 }],
  ["what a program writes where there is no order", [completed({ order_id: "null", total: 100 }), completed({ order_id: "null", total: 100 }, 5)], { revenue: 200, purchases: 2 }],
];

describe("of one customer", () => {
  test.each(cases)("%s", async (_, told, expected) => {
    const organisation = await firsthand.makeOrganisation();
    const tell = ({ name, minute = 0, properties }: Told, startMs: number) =>
      makeInteraction(organisation.workspaceId, { subject: "user:one", userId: "one", name, touchpoint: "Checkout", at: new Date(startMs + minute * 60_000).toISOString(), message: JSON.stringify({ properties }) });
    const [march, april] = [Date.parse("2026-03-10T12:00:00Z"), Date.parse("2026-04-10T12:00:00Z")];
    const first = Object.fromEntries(Object.entries(told.at(-1)?.properties ?? {}).map(([name, value]) => [name, /id$|number$/iu.test(name) ? "first" : value]));
    await insertInteractions(firsthand.services.db, organisation.workspaceId, [
      tell(completed(first), march), ...told.map((one) => tell(one, april)),
      ...[-1, 5 * day].map((minute) => makeInteraction(organisation.workspaceId, { subject: "user:one", userId: "one", name: "Look", touchpoint: "Look", at: new Date(april + minute * 60_000).toISOString() })),
    ]);
    await firsthand.settle();

    const bought = await organisation.viewer.ask("GET", "/api/outcomes/customers?from=2026-03-01&to=2026-04-01&days=60&by=nps&group=none");
    expect(bought.status, bought.text).toBe(200);
    expect(outcomeCustomersReply.parse(bought.body).items).toMatchObject([{ purchases: expected.purchases, amount: expected.revenue }]);

    const document = { stages: [makeStage("stage1")], steps: [makeStep("look", "stage1", { name: "Look", matches: [{ touchpoint: "Look", channel: null }] })], lanes: [], cards: [], measured: [] };
    const map = await organisation.owner.ask("POST", "/api/maps", { name: "Looking", viewpoint: { kind: "everyone" }, from: { kind: "document", document } });
    const beside = await organisation.viewer.ask("GET", `/api/maps/${String(Object(map.body).id)}/deviations?from=2026-04-01&to=2026-05-01`);
    expect(beside.status, beside.text).toBe(200);
    expect(Object(beside.body).deviations).toContainEqual(expect.objectContaining({ kind: "ad_hoc", name: "Checkout", revenue: { with: { count: 1, mean: expected.revenue }, without: null, compared: null } }));
  });
});

test("an order told again in the next month was bought in the one before, and a number used again after months is another's", async () => {
  const organisation = await firsthand.makeOrganisation();
  const tell = (name: string, touchpoint: string, at: string, properties: Record<string, unknown> = {}) =>
    makeInteraction(organisation.workspaceId, { subject: "user:one", userId: "one", name, touchpoint, at, message: JSON.stringify({ properties }) });
  await insertInteractions(firsthand.services.db, organisation.workspaceId, [
    tell("Order Completed", "Checkout", "2026-04-30T23:59:00.000Z", { order_id: "A1", total: 100 }), tell("Order Paid", "Checkout", "2026-05-01T00:01:00.000Z", { order_id: "A1", total: 100 }),
    ...["2026-04-02", "2026-05-02"].map((date) => tell("Look", "Look", `${date}T12:00:00.000Z`)), tell("Order Completed", "Checkout", "2026-05-03T12:00:00.000Z", { order_id: "A2", total: 7 }),
    tell("Order Completed", "Checkout", "2025-12-01T12:00:00.000Z", { order_id: "A2", total: 10 }), tell("Look", "Look", "2026-05-04T12:00:00.000Z"), tell("Look", "Look", "2026-04-30T23:58:00.000Z"),
  ]);
  await firsthand.settle();
  const document = { stages: [makeStage("stage1")], steps: [makeStep("look", "stage1", { name: "Look", matches: [{ touchpoint: "Look", channel: null }] })], lanes: [], cards: [], measured: [] };
  const map = await organisation.owner.ask("POST", "/api/maps", { name: "Looking", viewpoint: { kind: "everyone" }, from: { kind: "document", document } });
  const means = await Promise.all(["from=2026-04-01&to=2026-05-01", "from=2026-05-01&to=2026-06-01"].map(async (month) => {
    const { body } = await organisation.viewer.ask("GET", `/api/maps/${String(Object(map.body).id)}/deviations?${month}`);
    const found: { kind: string; revenue: { with: { mean: number } } }[] = Object(body).deviations;
    return found.find(({ kind }) => kind === "ad_hoc")?.revenue.with.mean;
  }));
  expect(means).toEqual([100, 7]);
  const later = await organisation.viewer.ask("GET", "/api/outcomes/customers?from=2025-11-01&to=2026-01-01&days=180&by=nps&group=none");
  expect(outcomeCustomersReply.parse(later.body).items).toMatchObject([{ purchases: 2, amount: 107 }]);
});
