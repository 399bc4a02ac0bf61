import { expect, test } from "vitest";
import { byFrequency, namesOfTouchpoints } from "./touchpoint-names.rules.ts";

test("a name that always means one touchpoint stands for it, one that means several for none", () => {
  const named = [
    { name: "Order Completed", touchpoint: "Order placed" }, { name: "Order Completed", touchpoint: "Order placed" }, { name: "Checkout done", touchpoint: "Order placed" },
    { name: "Page", touchpoint: "Order placed" }, { name: "Page", touchpoint: "Basket" }, { name: "Odd", touchpoint: null },
  ];
  expect(namesOfTouchpoints(named, ["order placed", "Basket"])).toEqual({ "order placed": ["Checkout done", "Order Completed"], basket: [] });
});

test("names come by how often they occur", () => {
  expect(byFrequency(["b", "a", "c", "a", "b", "a"])).toEqual(["a", "b", "c"]);
});
