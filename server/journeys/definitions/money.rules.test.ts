import { describe, expect, test } from "vitest";
import { chooseMoney, chooseOrders, guessAmount, guessPurchases, isOfPieces } from "./money.rules.ts";

const seen = (names: readonly string[]) => names.map((name) => ({ name, count: 10 }));
const carried = (names: readonly string[]) => names.map((name) => ({ name, count: 1, mean: 1 }));

describe("a purchase", () => {
  test("is told by its name, else it is the fact that always carries money", () => {
    expect(guessPurchases(seen(["Product Viewed", "Order Completed", "Order Refunded", "Store Purchase", "Payment failed"]), [])).toEqual(["Order Completed", "Store Purchase"]);
    expect(guessPurchases(seen(["visit", "kauf"]), [{ name: "kauf", count: 10 }, { name: "visit", count: 2 }])).toEqual(["kauf"]);
    expect(guessPurchases(seen(["visit"]), [{ name: "visit", count: 2 }])).toEqual([]);
  });

  test("is one of Segment's events of an order: what is updated, refunded or cancelled was not paid again", () => {
    const names = ["Checkout Started", "Order Completed", "Order Updated", "Order Refunded", "Order Cancelled", "Coupon Applied"];
    expect(guessPurchases(seen(names), seen(names))).toEqual(["Order Completed"]);
  });
});

describe("what was paid", () => {
  test.each([
    [["UnitPrice", "Quantity"], "UnitPrice", "Quantity"],
    [["price", "quantity", "total"], "total", null],
    [["quantity"], null, null],
    [["tax", "shipping_cost", "subtotal", "revenue", "total"], "total", null],
    [["total_tax", "total_discount", "order_value"], "order_value", null],
    [["revenue", "orderTotal"], "orderTotal", null],
    [["order_total_gross", "price"], "order_total_gross", null],
    [["value", "price"], "value", null],
  ])("of %j is %s, times %s", (names, amount, times) => expect(guessAmount(carried(names))).toEqual({ amount, times }));

  test("is in the currency of most purchases, and those in others are told", () => {
    const euros = { property: "total", times: null, currency: "EUR", otherCurrencies: 0, purchases: ["Order"], orders: ["order_id"] };
    expect(chooseMoney(["Order"], { amounts: carried(["total"]), currencies: [{ name: "EUR", count: 9 }, { name: "USD", count: 3 }, { name: "GBP", count: 1 }], orders: ["order_id"] })).toEqual({ ...euros, otherCurrencies: 4 });
    expect(chooseMoney(["Order"], { amounts: carried(["total"]), currencies: seen(["EUR"]), orders: ["order_id"] })).toEqual(euros);
    expect(chooseMoney(["Order"], { amounts: [], currencies: [], orders: [] })).toBeNull();
  });
});

describe("an order", () => {
  test.each([
    [["currency", "checkout_id", "order_id"], ["order_id", "checkout_id"]],
    [["Order number", "transactionId", "orderId"], ["Order number", "orderId", "transactionId"]],
    [["orderid"], ["orderid"]],
    [["customer_id", "ticket_id", "order_total", "reorder_id"], []],
  ])("is told by those of %j that name it: %j", (names, expected) => expect(chooseOrders(seen(names))).toEqual(expected));

  test.each([
    ["price", "quantity", true], ["price", null, true], ["unit_cost", null, true], ["total", null, false], ["total_price", null, false], ["amount", null, false],
  ])("with %s times %s is paid by the piece: %s", (property, times, expected) => expect(isOfPieces({ property, times })).toBe(expected));
});
