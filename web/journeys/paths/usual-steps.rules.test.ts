import { expect, test } from "vitest";
import { usualSteps } from "./usual-steps.rules.ts";

const graph = (counts: Readonly<Record<string, readonly [count: number, starts: number, ends: number]>>, edges: readonly (readonly [string, string, number])[]) => ({
  nodes: Object.entries(counts).map(([name, [count, starts, ends]]) => ({ id: name, name: name === "rest" ? null : name, count, starts, ends })),
  edges: edges.map(([from, to, count]) => ({ from, to, count })),
});

const shop = { Home: [90, 60, 5], List: [80, 20, 30], Product: [95, 10, 40], Cart: [40, 0, 10], "Order placed": [20, 0, 15], rest: [400, 300, 300] } as const;
const shopEdges = [["Home", "List", 50], ["List", "Product", 60], ["Product", "List", 55], ["Home", "Product", 20], ["Product", "Cart", 35], ["Cart", "Order placed", 18], ["Home", "Order placed", 2], ["Home", "rest", 300], ["rest", "Order placed", 200]] as const;

test.each([
  ["a shop", graph(shop, shopEdges), ["Home", "Product", "Cart", "Order placed"]],
  ["no goal by its name: where most end", graph({ Call: [50, 40, 5], Visit: [30, 5, 30], Letter: [10, 2, 12] }, [["Call", "Visit", 25], ["Visit", "Letter", 8], ["Call", "Letter", 3]]), ["Call", "Visit"]],
  ["the goal stands alone", graph({ Home: [9, 9, 9], Purchase: [3, 3, 3] }, []), ["Home", "Purchase"]],
  ["only one kind of step", graph({ Purchase: [3, 3, 3] }, [["Purchase", "Purchase", 2]]), []],
  ["nothing", graph({}, []), []],
  ["nine in a row: the last six", graph(Object.fromEntries([..."abcdefgh", "purchase"].map((name, at) => [name, [9 - at, at === 0 ? 9 : 0, 0]])), [..."abcdefgh"].map((name, at) => [name, [..."bcdefgh", "purchase"][at] ?? "", 5] as const)), ["d", "e", "f", "g", "h", "purchase"]],
] as const)("a funnel begins with the beaten way to the goal: %s", (_, drawn, steps) => {
  expect(usualSteps(drawn)).toEqual(steps);
});
