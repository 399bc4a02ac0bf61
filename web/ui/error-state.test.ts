import { expect, test } from "vitest";
import { messageOf } from "./ErrorState.tsx";

const refusal = (message: string, fields: readonly string[]): Error => Object.assign(new Error(message), { details: { fields: fields.map((field) => ({ field, problem: "Irrelevant" })) } });

test.each([
  ["a cut off link", refusal("path.id Invalid UUID", ["path.id"]), "There is nothing at this address. The link may be cut off or mistyped."],
  ["a wrong search", refusal("query.search is too long", ["query.search"]), "query.search is too long"],
  ["anything else", new Error("No connection"), "No connection"],
])("%s is told in a sentence", (_, error, message) => {
  expect(messageOf(error)).toBe(message);
});
