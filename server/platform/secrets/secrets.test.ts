import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, describe, expect, test } from "vitest";
import { ConfigError, readConfig } from "../../config.ts";
import { copyKeyFile, loadSecretKeys, mergeKeyFile } from "./secret-keys.ts";
import { keyFrom } from "./sealing.rules.ts";
import { createSecrets } from "./secrets.ts";
import { tellLost } from "./stored-secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "firsthand-secrets-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const textOf = (letter: string): string => letter.repeat(40);
const place = { workspaceId: "w1", purpose: "mailbox 7" };
const secrets = createSecrets([keyFrom(textOf("a"))]);
const sealed = secrets.seal(place, { password: "pass wörd", token: "" });
const changed = (text: string): string => `${text.slice(0, -3)}${text.endsWith("AAA") ? "BBB" : "AAA"}`;

describe("a sealed secret", () => {
  test("opens again, and says nothing while it is sealed", () => {
    expect(secrets.open(place, sealed)).toEqual({ ok: true, values: { password: "pass wörd", token: "" } });
    expect(JSON.stringify(sealed)).not.toMatch(/pass w/);
    expect(secrets.seal(place, { password: "pass wörd" })).not.toEqual({ password: sealed["password"] });
  });

  test.each<[string, Parameters<typeof secrets.open>, typeof secrets]>([
    ["in another workspace", [{ ...place, workspaceId: "w2" }, sealed], secrets],
    ["for another purpose", [{ ...place, purpose: "mailbox 8" }, sealed], secrets],
    ["under another name", [place, { other: { sealed: sealed["password"]?.sealed ?? "" } }], secrets],
    ["after it was changed", [place, { password: { sealed: changed(sealed["password"]?.sealed ?? "") } }], secrets],
    ["when it is cut short", [place, { password: { sealed: (sealed["password"]?.sealed ?? "").slice(0, 20) } }], secrets],
    ["with another key", [place, sealed], createSecrets([keyFrom(textOf("b"))])],
    ["by a version nobody knows", [place, { password: { sealed: (sealed["password"]?.sealed ?? "").replace(/^v1/, "v9") } }], secrets],
  ])("does not open %s, and says what to do", (_title, given, opener) => {
    expect(opener.open(...given)).toEqual({ ok: false, message: expect.stringContaining("Enter it again") });
  });

  test("opens with an earlier key that is still given, and is sealed by the newer one", () => {
    const later = createSecrets([keyFrom(textOf("b")), keyFrom(textOf("a"))]);
    expect(later.open(place, sealed)).toMatchObject({ ok: true });
    expect([later.isSealed(sealed), later.isSealed(later.seal(place, { x: "y" })), later.isSealed({ x: "y" })]).toEqual([false, true, false]);
  });
});

test("what cannot be opened is logged by number, without its name", () => {
  const lines: string[] = [];
  tellLost(pino({}, { write: (line) => void lines.push(line) }), [1, 2].map((id) => ({ store: "mailbox", workspaceId: "w1", id: String(id), title: "ann@private.example" })));

  expect(lines.join()).toContain('"counts":{"mailbox":2}');
  expect(lines.join()).not.toContain("ann@");
});

describe("the keys", () => {
  const config = (dataDir: string, environment: Record<string, string> = {}) => readConfig({ DATA_DIR: dataDir, ...environment });

  test("are made once, for the owner only, and stay in force beside a SECRET_KEY", () => {
    const dataDir = join(folder, "made");
    const [first] = loadSecretKeys(config(dataDir));

    expect(statSync(join(dataDir, "secret-keys.txt")).mode & 0o777).toBe(0o600);
    expect(loadSecretKeys(config(dataDir))).toEqual([first]);
    expect(loadSecretKeys(config(dataDir, { SECRET_KEY: `${textOf("b")}, ${textOf("c")}` })).map(({ id }) => id)).toEqual([keyFrom(textOf("b")).id, keyFrom(textOf("c")).id, first.id]);
  });

  test("come along with a backup beside those that are there", () => {
    const [from, to, backup] = ["from", "to", "backup"].map((name) => join(folder, name));
    const [old] = loadSecretKeys(config(from ?? ""));
    const [own] = loadSecretKeys(config(to ?? ""));

    expect(copyKeyFile(from ?? "", backup ?? "")).toBe(true);
    mergeKeyFile(backup ?? "", to ?? "");

    expect(loadSecretKeys(config(to ?? "")).map(({ id }) => id)).toEqual([own.id, old.id]);
    expect(copyKeyFile(join(folder, "nothing"), join(folder, "nowhere"))).toBe(false);
  });

  test("that are damaged or too short are told, not replaced", () => {
    const dataDir = join(folder, "damaged");
    loadSecretKeys(config(dataDir));
    writeFileSync(join(dataDir, "secret-keys.txt"), "half");

    expect(() => loadSecretKeys(config(dataDir))).toThrow(ConfigError);
    expect(readFileSync(join(dataDir, "secret-keys.txt"), "utf8")).toBe("half");
    expect(() => config(dataDir, { SECRET_KEY: "short" })).toThrow("at least 32 random characters");
  });
});
