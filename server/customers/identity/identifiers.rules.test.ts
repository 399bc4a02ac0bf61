import { describe, expect, it } from "vitest";
import { defaultLimits, isBlockedValue, normaliseEmail, normaliseIdentifier, normalisePhone, parseSubject, subjectText } from "./identifiers.rules.ts";
import { identityOfMessage, subjectOfMessage } from "./messages.rules.ts";

describe("blocked values", () => {
  it.each([
    "", " ", "null", "NULL", "'null'", '"undefined"', "[object Object]", "0", "000", "0000-0000", "-1", "NaN", "None", "anonymous", "Guest",
    "test", "id", "email", "true", "FALSE", "distinct_id", "not_authenticated", "`none`",
  ])("%j names nobody", (value) => expect(isBlockedValue(value)).toBe(true));
  it.each(["42", "null-island", "testa", "a@b.co", "00a0"])("%j names somebody", (value) => expect(isBlockedValue(value)).toBe(false));
  it("a workspace blocks its own values too", () => {
    expect(isBlockedValue("Kiosk-1", { ...defaultLimits, blockedValues: ["kiosk-1"] })).toBe(true);
  });
});

describe("normalising", () => {
  it.each([
    [" Ada@Example.COM ", "ada@example.com"],
    ["mailto:ada+shop@example.com", "ada+shop@example.com"],
    ["ada@example", null],
    ["ada example@x.de", null],
    ["<ada@example.com>", null],
  ])("the e-mail %j becomes %j", (raw, normal) => expect(normaliseEmail(raw)).toBe(normal));
  it.each([
    ["+49 (0)30 / 123-456", "+4930123456"],
    ["0049 30 123456", "+4930123456"],
    ["tel:030.123456", "030123456"],
    ["12345", null],
    ["call me", null],
  ])("the phone number %j becomes %j", (raw, normal) => expect(normalisePhone(raw)).toBe(normal));
  it.each([[{}], [null], [undefined], [true], [["a"]]])("%j is no identifier", (raw) => expect(normaliseIdentifier("user", raw)).toBeNull());
  it("a number is the identifier of its digits", () => expect(normaliseIdentifier("user", 42)).toEqual({ kind: "user", value: "42" }));
  it.each(["user:42", "user:a:b", "external:crm:7:8", "anonymous:x"])("the subject %s reads back as written", (text) => {
    const identifier = parseSubject(text);
    expect(identifier === null ? null : subjectText(identifier)).toBe(text);
  });
  it.each(["", "42", ":42", "external:crm"])("%j is no subject", (text) => expect(parseSubject(text)).toBeNull());
});

describe("what a message says about identity", () => {
  const base = { type: "identify", subject: null, userId: null, anonymousId: null, message: {} };
  it("claims the strongest identifier with each of the others", () => {
    const said = identityOfMessage({
      ...base, userId: "42", anonymousId: "dev", message: { traits: { email: "Ada@Example.com" }, context: { externalIds: [{ id: "7", type: "crm", collection: "users" }] } },
    });
    expect(said.pairs.map((pair) => `${subjectText(pair.strong)} ${subjectText(pair.weak)}`)).toEqual([
      "user:42 external:crm:7", "user:42 email:ada@example.com", "user:42 anonymous:dev",
    ]);
  });
  it("never joins through a blocked value", () => {
    expect(identityOfMessage({ ...base, userId: "null", anonymousId: "dev", message: { traits: { email: "undefined" } } }).pairs).toEqual([]);
  });
  it("leaves a friend's address in the properties of a known user's event alone", () => {
    const message = { properties: { email: "friend@example.com" } };
    expect(identityOfMessage({ ...base, type: "track", userId: "42", message }).pairs).toEqual([]);
    expect(identityOfMessage({ ...base, type: "track", anonymousId: "dev", message }).pairs).toHaveLength(1);
  });
  it("does not take the address of a company for that of a person", () => {
    expect(identityOfMessage({ ...base, type: "group", userId: "42", message: { groupId: "acme", traits: { email: "info@acme.com" } } }).pairs).toEqual([]);
  });
  it("does nothing for an alias of a user with herself", () => {
    expect(identityOfMessage({ ...base, type: "alias", userId: "42", message: { previousId: "42" } }).previousId).toBeNull();
    expect(identityOfMessage({ ...base, type: "alias", userId: "42", message: { previousId: "dev" } }).previousId).toBe("dev");
  });
  it.each([
    [{ userId: "42", anonymousId: "dev" }, "user:42"],
    [{ userId: "null", anonymousId: "dev" }, "anonymous:dev"],
    [{ userId: null, anonymousId: "guest" }, null],
  ])("%j is stored under %j", (ids, subject) => expect(subjectOfMessage({ type: "track", message: {}, ...ids })).toBe(subject));
});

describe("the priority of kinds", () => {
  const message = { traits: { email: "ada@example.com", phone: "+4930123456" }, context: { externalIds: [{ id: "7", type: "crm", collection: "users" }] } };
  const said = { type: "identify", userId: null, anonymousId: "device", message };
  const priority = ["phone", "email", "external"];
  const limits = { ...defaultLimits, priority };

  it("decides which identifier a message is kept under", () => {
    expect(subjectOfMessage(said)).toBe("external:crm:7");
    expect(subjectOfMessage(said, limits)).toBe("phone:+4930123456");
    expect(subjectOfMessage({ ...said, userId: "42" }, limits)).toBe("user:42");
    expect(subjectOfMessage({ ...said, message: {} }, limits)).toBe("anonymous:device");
  });
  it("decides which identifier is linked with all others, and not which end of a link is the strong one", () => {
    const pairs = identityOfMessage({ ...said, subject: null }, limits).pairs.map(({ strong, weak }) => `${strong.kind} ${weak.kind}`);
    expect(pairs).toEqual(["email phone", "external:crm phone", "phone anonymous"]);
  });
});
