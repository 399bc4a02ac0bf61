import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { transaction } from "#platform/db";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { enqueue } from "./jobs.api.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation();
  organisation = await firsthand.makeOrganisation();
});
afterAll(() => firsthand.stop());

type Failed = { items: { id: string; name: string; attempts: number; lastError: string; nextRunAt: string | null }[] };
const failed = async (who = organisation): Promise<Failed["items"]> => {
  const reply = await who.owner.ask("GET", "/api/jobs/failed");
  return Object(reply.body).items;
};

test("a job that fails shows with its reason in its own workspace and runs again by hand", async () => {
  const stranger = await firsthand.makeOrganisation("stranger");
  await enqueue(firsthand.services.db, "mail.send", { mailId: "not an id", workspaceId: organisation.workspaceId }, { maxAttempts: 1 });

  const [job] = await vi.waitFor(
    async () => {
      const jobs = await failed();
      expect(jobs).toHaveLength(1);
      return jobs;
    },
    { timeout: 10_000 },
  );

  expect(job).toMatchObject({ name: "mail.send", attempts: 1, nextRunAt: null });
  expect(job?.lastError).toContain("mailId");
  expect(await failed(stranger)).toEqual([]);
  expect((await stranger.owner.ask("POST", `/api/jobs/failed/${job?.id}/retry`)).status).toBe(404);
  expect((await organisation.owner.ask("POST", `/api/jobs/failed/${job?.id}/retry`)).status).toBe(202);
});

test("a job of a transaction that was undone never runs", async () => {
  const mail = { id: "01900000-0000-7000-8000-00000000aaaa" };
  const undone = transaction(firsthand.services.db, async (tx) => {
    await enqueue(tx, "mail.send", { mailId: mail.id, workspaceId: organisation.workspaceId });
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  const { rows } = await firsthand.services.db.query("select id from graphile_worker._private_jobs where payload ->> 'mailId' = $1", [mail.id]);
  expect(rows).toEqual([]);
});
