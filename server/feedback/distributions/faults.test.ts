import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { enqueue } from "#platform/jobs";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { makeMailServer } from "../../platform/mail/smtp.make.ts";
import type { TestMailServer } from "../../platform/mail/smtp.make.ts";
import { publishSurvey } from "../feedback.make.ts";
import { Distribution } from "./distributions.contract.ts";
import { makeDistribution, setPolicy, startDistribution } from "./distributions.make.ts";

const PEOPLE = 120;
const KILLED_AT = 25;
const root = join(import.meta.dirname, "..", "..", "..");
const dataDir = mkdtempSync(join(tmpdir(), "firsthand-second-"));

let server: TestMailServer;
let installation: Installation;
let organisation: Organisation;
let second: ChildProcess | null = null;
let isKilled = false;

beforeAll(async () => {
  server = await makeMailServer((_mail, count) => {
    if (count < KILLED_AT || isKilled) return;
    isKilled = true;
    second?.kill("SIGKILL");
  });
  installation = await makeInstallation({ environment: { SMTP_URL: server.url } });
  organisation = await installation.makeOrganisation();
  await setPolicy(organisation, { quietHours: null, holdOutPercent: 0 });
});
afterAll(async () => {
  second?.kill("SIGKILL");
  await installation.stop();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const startSecond = async (): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [join(root, "server", "main.ts"), "--port", "0", "--data", dataDir], {
    cwd: root, stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"], LOG_LEVEL: "warn", DATABASE_URL: installation.connectionString, SMTP_URL: server.url, ANALYTICS_MEMORY_MB: "256" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (piece) => (output += String(piece)));
  await vi.waitFor(() => expect(output).toMatch(/https?:\/\//), { timeout: 60_000, interval: 200 });
  return child;
};

test("two servers, one of them killed in the middle, bring every person one mail, but for what was being handed over in that moment", async () => {
  second = await startSecond();
  const survey = await publishSurvey(organisation.manager);
  const addresses = Array.from({ length: PEOPLE }, (_, place) => `person${place}@mail.example`);
  const made = await makeDistribution(organisation.manager, { surveyId: survey.id, addresses });

  await startDistribution(organisation.manager, made.id);

  await vi.waitFor(() => expect(isKilled).toBe(true), { timeout: 60_000 });
  const { db } = installation.services;
  await vi.waitFor(async () => {
    // What the dead server had in hand, be it a mail or only the job to send it, is given up after minutes; the test makes them pass.
    await db.query("update platform.mails set claimed_at = claimed_at - interval '1 hour', created_at = created_at - interval '1 hour' where sent_at is null and claimed_at < now() - interval '3 seconds'");
    await db.query("update graphile_worker._private_jobs set locked_at = locked_at - interval '1 hour' where locked_at < now() - interval '3 seconds'");
    await db.query("update platform.job_workers set seen_at = seen_at - interval '1 hour'");
    await enqueue(db, "mail.sweep", {}, { key: "sweep" });
    await enqueue(db, "distributions.tick", {}, { key: "tick" });
    expect(Distribution.parse((await organisation.manager.ask("GET", `/api/distributions/${made.id}`)).body)).toMatchObject({ state: "finished", counts: { invited: PEOPLE, delivered: PEOPLE } });
  }, { timeout: 120_000, interval: 2_000 });

  const perPerson = addresses.map((address) => server.received.filter(({ to }) => to.includes(address)).length);
  // Where nobody can know whether a mail went out, twice would be worse than never.
  const { rows } = await db.query<{ recipient: string }>("select recipient from platform.mails where sent_at = handed_over_at");
  const doubtful = new Set(rows.map(({ recipient }) => recipient));
  expect(perPerson.filter((count, place) => count !== 1 && !(count === 0 && doubtful.has(addresses[place] ?? "")))).toEqual([]);
  expect(doubtful.size).toBeLessThan(10);
}, 240_000);
