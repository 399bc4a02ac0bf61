import { execFile } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { insertPerceptions } from "../server/customers/customers.api.ts";
import { makePerception } from "../server/customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Installation } from "../server/firsthand.make.ts";

let installation: Installation;
let key = "";

beforeAll(async () => {
  installation = await makeInstallation({ listen: true });
  const organisation = await installation.makeOrganisation();
  key = await installation.makeApiKey(organisation, ["metrics.read"]);
  const answers = [...Array(50).fill(10), ...Array(30).fill(8), ...Array(20).fill(3)].map((value: number) => makePerception({ kind: "nps", value, channel: value > 5 ? "web" : "phone", at: "2026-03-10T12:00:00Z" }));
  await insertPerceptions(installation.services.db, organisation.workspaceId, answers);
  await installation.settle();
});
afterAll(() => installation.stop());

const run = (...words: string[]) =>
  new Promise<{ code: number; data: string; said: string }>((resolve) => {
    const env = { ...process.env, FIRSTHAND_KEY: key, FIRSTHAND_URL: installation.address };
    execFile(process.execPath, [join(import.meta.dirname, "firsthand.mjs"), "insights", ...words], { env }, (fault, data, said) => resolve({ code: Number(fault?.code ?? 0), data, said }));
  });
const march = ["--from", "2026-03-01", "--to", "2026-04-01"];

describe("firsthand insights", () => {
  test("prints the numbers of the screens with their intervals", async () => {
    const { code, data } = await run("summary", ...march);
    expect(code).toBe(0);
    expect(data).toMatch(/nps +100 +30\.00 +14\.05 to 44\.20/);
  });

  test("splits them, and says which group differs from the rest", async () => {
    const { data } = await run("groups", "--by", "channel", ...march);
    expect(data).toMatch(/web +80 +62\.50 .* different/);
    expect(data).toMatch(/phone +20 +-100\.00 /);
  });

  test("gives the whole reply as JSON, narrowed as asked", async () => {
    const { data } = await run("trend", "--bucket", "month", "--channel", "web", "--json", ...march);
    expect(JSON.parse(data)).toMatchObject({ metric: "nps", bucket: "month", points: [{ count: 80 }] });
  });

  test("says what may be asked, and the server's own words when it refuses", async () => {
    expect(await run("horoscope")).toMatchObject({ code: 2, said: expect.stringContaining("summary, trend, groups, answers, comments") });
    expect(await run("comments", ...march)).toMatchObject({ code: 1, said: expect.stringContaining("comments.read") });
    expect(await run("summary", "--from", "2026-04-01", "--to", "2026-03-01")).toMatchObject({ code: 1, said: expect.stringContaining("holds no time") });
  });
});
