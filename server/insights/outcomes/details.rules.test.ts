import { describe, expect, test } from "vitest";
import { guessDays } from "./counting.rules.ts";
import { isMatterName, pickDetails } from "./details.rules.ts";

describe("what is copied of a fact", () => {
  test("is money, moments, which matter it is about and few words, under the names they came with", () => {
    const given = { order_id: 17, total: "249.50", currency: "EUR", promisedDeliveryDate: "2026-05-08", delivered_at: "2026-05-09T10:00:00Z", reason: "late", solved: true, name: "Tent", products: [{ price: 1 }], email: "a@b.example" };
    expect(pickDetails(given)).toEqual([
      { name: "order_id", number: null, moment: null, text: "17" }, { name: "total", number: 249.5, moment: null, text: null }, { name: "currency", number: null, moment: null, text: "EUR" },
      { name: "promisedDeliveryDate", number: null, moment: Date.UTC(2026, 4, 8), text: "2026-05-08" }, { name: "delivered_at", number: null, moment: Date.UTC(2026, 4, 9, 10), text: null },
      { name: "reason", number: null, moment: null, text: "late" }, { name: "solved", number: null, moment: null, text: "true" },
    ]);
  });

  test.each([[null], ["text"], [[1, 2]], [{}], [{ total: "much", order_id: "x".repeat(81), due: "9999-12-31", when: "2026-13-45" }]])("is nothing of %j", (given) => {
    expect(pickDetails(given)).toEqual([]);
  });

  test("is at most twelve properties of one fact", () => {
    expect(pickDetails(Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`price_${index}`, index])))).toHaveLength(12);
    expect(["orderId", "Case number", "ticket_ref", "customer_id", "sku"].map(isMatterName)).toEqual([true, true, true, false, false]);
  });
});

test("a guess of days is a silence most gaps stay under, that leaves time before and after", () => {
  expect([guessDays(25, 2_000), guessDays(200, 2_000), guessDays(200, 545), guessDays(null, 2_000), guessDays(300, 20)]).toEqual([30, 365, 120, 90, 14]);
});
