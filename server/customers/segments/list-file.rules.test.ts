import { describe, expect, test } from "vitest";
import { guessDelimiter, readHeader, readPerson } from "./list-file.rules.ts";

const nobody = { userId: null, email: null, phone: null, traits: {} };

describe("the first row", () => {
  test.each([
    [["E-Mail", "First Name", "Plan"], ["email", { trait: "firstName" }, { trait: "Plan" }]],
    [["Customer ID", "Mobile", "", "Time zone"], ["user", "phone", null, { trait: "time_zone" }]],
    [["ada@example.com", "Ada"], null],
    [["id", "constructor", "__proto__"], ["user", { trait: "constructor" }, { trait: "__proto__" }]],
    [["Name", "City"], null],
    [["42"], null],
  ])("%j names %j", (cells, columns) => expect(readHeader(cells)).toEqual(columns));
});

test.each([["a,b,c", ","], ["a;b;c,d", ";"], ["a\tb", "\t"], ["a|b|c", "|"], ["alone", ","]])("%j is delimited by %j", (line, sign) => expect(guessDelimiter(line)).toBe(sign));

describe("a row", () => {
  test.each([
    ["an address", ["Ada@Example.com "], { ...nobody, email: "ada@example.com" }],
    ["a number", ["+49 (0)30 123456"], { ...nobody, phone: "+4930123456" }],
    ["digits alone are an id", ["4711000"], { ...nobody, userId: "4711000" }],
    ["all three", ["4711", "ada@example.com", "0049 30 123456"], { ...nobody, userId: "4711", email: "ada@example.com", phone: "+4930123456" }],
    ["a broken address is not an id", ["ada@"], null],
    ["nothing", ["", "  "], null],
  ])("without a header: %s", (_, cells, person) => expect(readPerson(cells, null)).toEqual(person));

  test("with a header takes identifiers and traits by column", () => {
    const header = readHeader(["email", "id", "name", "Plan", "lang"]);
    expect(readPerson(["ADA@example.com", "7", " Ada ", "pro", ""], header)).toEqual({ userId: "7", email: "ada@example.com", phone: null, traits: { name: "Ada", Plan: "pro" } });
    expect(readPerson(["not an address", "", "Ada"], header)).toBeNull();
  });
});
