import { afterAll, beforeAll, expect, test } from "vitest";
import { ConfigError, readConfig, shareMemoryMb } from "../../config.ts";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation } from "../../firsthand.make.ts";

let firsthand: Installation;

beforeAll(async () => {
  firsthand = await makeInstallation();
});
afterAll(() => firsthand.stop());

test("a started installation is live, ready and measured", async () => {
  expect(await firsthand.nobody.ask("GET", "/health/live")).toMatchObject({ status: 200, body: { status: "live" } });
  expect(await firsthand.nobody.ask("GET", "/health/ready")).toMatchObject({ status: 200, body: { status: "ready", database: "ready", analytics: "following" } });
  const figures = await firsthand.nobody.ask("GET", "/health/metrics");
  for (const line of figures.text.trim().split("\n")) expect(line).toMatch(/^(# (HELP|TYPE) firsthand_\w+ .+|firsthand_\w+ [\d.e+-]+)$/);
  expect(Number(/firsthand_http_requests_2xx_total (\d+)/.exec(figures.text)?.[1])).toBeGreaterThanOrEqual(2);
});

const wrong: [string, Record<string, string>, RegExp][] = [
  ["a port that is none", { PORT: "http" }, /PORT/],
  ["a port out of range", { PORT: "70000" }, /PORT/],
  ["a database of another kind", { DATABASE_URL: "mysql://localhost/x" }, /DATABASE_URL: must be an address that starts with postgres:\/\//],
  ["an address without a scheme", { BASE_URL: "example.com" }, /BASE_URL/],
  ["several at once, each by name", { PORT: "x", LOG_LEVEL: "loud" }, /PORT[\s\S]*LOG_LEVEL/],
];
test.each(wrong)("settings with %s are refused", (_, environment, message) => {
  expect(() => readConfig(environment)).toThrow(ConfigError);
  expect(() => readConfig(environment)).toThrow(message);
});

test("settings take a database on a socket, whose address has no host", () => {
  const address = "postgres://user:secret@/firsthand?host=/run/postgresql";
  expect(readConfig({ DATABASE_URL: address }).databaseUrl).toBe(address);
});

test("settings have defaults, and an empty value counts as none", () => {
  expect(readConfig({ PORT: "", BASE_URL: "https://cx.example.com/" })).toMatchObject({ port: 4400, host: "127.0.0.1", baseUrl: "https://cx.example.com", databaseUrl: null });
});

test.each([
  [0.5, 512],
  [2, 512],
  [4, 1_024],
  [7.5, 1_920],
  [16, 4_096],
  [256, 4_096],
])("of %d GB of memory the analytics store may use %d MB", (gigabytes, megabytes) => {
  expect(shareMemoryMb(gigabytes * 2 ** 30)).toBe(megabytes);
});

test("how much memory the analytics store may use can be set", () => {
  expect(readConfig({ ANALYTICS_MEMORY_MB: "300" }).analyticsMemoryMb).toBe(300);
  expect(readConfig({}).analyticsMemoryMb).toBeGreaterThanOrEqual(512);
});
