import { beforeAll, describe, expect, test } from "vitest";

// A copy of its own: tests that start a server make the hashes of their worker cheap.
let passwords: typeof import("./passwords.ts");
beforeAll(async () => {
  passwords = await import(new URL("passwords.ts?of-its-own", import.meta.url).href);
});

describe("a password", () => {
  test("is hashed with the work OWASP asks for", async () => {
    expect(await passwords.hashPassword("irrelevant password 1")).toMatch(/^scrypt\$65536\$8\$2\$/);
  });

  test("fits its hash, whatever was spent on it, and no other does", async () => {
    passwords.hashCheaply();
    const stored = "scrypt$2048$8$1$c2FsdHNhbHRzYWx0c2FsdA==$GkSvg1opS7+G3NgWQI4/Ock6UR43ZYX4w831lIF9H+Y=";

    expect(await passwords.passwordFits("irrelevant password 1", stored)).toBe(true);
    expect(await passwords.passwordFits("irrelevant password 2", stored)).toBe(false);
    expect(await passwords.passwordFits("irrelevant password 1", null)).toBe(false);
  });
});
