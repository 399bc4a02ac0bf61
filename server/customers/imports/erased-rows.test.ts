import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { page } from "#platform/http";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { customerRow, erasureReport } from "../profiles/profiles.contract.ts";
import { importDetail, type ImportDetail } from "./imports.contract.ts";

let installation: Installation;
let organisation: Organisation;
let member: Client;

beforeAll(async () => {
  installation = await makeInstallation();
});
beforeEach(async () => {
  organisation = await installation.makeOrganisation();
  member = organisation.manager;
});
afterAll(() => installation.stop());

const header = "customer_id,email,when,nps\n";
const upload = async (rows: string): Promise<string> => {
  const reply = await member.ask("POST", "/api/imports?name=people.csv", Buffer.from(header + rows), { "content-type": "application/octet-stream" });
  const { id, mapping } = importDetail.parse(reply.body);
  const columns = [
    { column: "customer_id", use: { use: "customer", kind: "user" } }, { column: "email", use: { use: "customer", kind: "email" } }, { column: "when", use: { use: "time" } },
    { column: "nps", use: { use: "score", kind: "nps", min: 0, max: 10, isReversed: false, blank: [], words: {}, touchpoint: null } },
  ];
  const mapped = await member.ask("PUT", `/api/imports/${id}/mapping`, { mapping: { ...mapping, time: { format: "iso", zone: "UTC", fixed: null }, columns } });
  expect(mapped.status, mapped.text).toBe(200);
  return id;
};
const show = async (id: string): Promise<ImportDetail> => importDetail.parse((await member.ask("GET", `/api/imports/${id}`)).body);
const start = (id: string) => member.ask("POST", `/api/imports/${id}/run`);
const end = async (id: string): Promise<ImportDetail> => {
  await expect.poll(async () => (await show(id)).state, { timeout: 30_000, interval: 20 }).toBe("done");
  await installation.settle();
  return show(id);
};
const run = async (id: string): Promise<ImportDetail> => {
  expect((await start(id)).status).toBe(202);
  return end(id);
};
const find = async (name: string): Promise<{ id: string } | undefined> =>
  page(customerRow).parse((await member.ask("GET", `/api/customers?who=all&search=${encodeURIComponent(name)}`)).body).items[0];
const erase = async (name: string): Promise<void> => {
  const reply = await organisation.admin.ask("POST", `/api/customers/${(await find(name))?.id}/erasure`, { isConfirmed: true });
  erasureReport.parse(reply.body);
};
const countRows = async (text: string): Promise<number> => {
  const { rows } = await installation.services.db.query<{ count: number }>(
    `select (select count(*) from customers.interactions row where workspace_id = $1 and row::text like $2)
       + (select count(*) from customers.perceptions row where workspace_id = $1 and row::text like $2)
       + (select count(*) from customers.import_refusals row where workspace_id = $1 and row::text like $2) as count`,
    [organisation.workspaceId, `%${text}%`],
  );
  return rows[0]?.count ?? -1;
};

test("a file uploaded before a customer was erased brings nothing of the customer back, refused rows neither", async () => {
  await run(await upload("ada-1815,ada@example.com,2024-01-01,9\n"));
  const id = await upload(
    "ada-1815,,2024-02-01,9\n,ADA@example.com,2024-02-02,3\nbob-1900,,2024-02-03,8\nbob-1900,ada@example.com,2024-02-04,8\nada-1815,,never,4\nbob-1900,,never,4\n",
  );
  await erase("ada-1815");

  expect(await run(id)).toMatchObject({ rowsRead: 6, rowsAccepted: 1, rowsRefused: 1, rowsRepeated: 0, rowsLeftOut: 4 });
  expect([await countRows("ada-1815"), await countRows("@example.com"), await countRows("bob-1900")]).toEqual([0, 0, 3]);
  expect(await find("ada")).toBeUndefined();
});

test("a file uploaded after a customer was erased is about somebody who came anew", async () => {
  await run(await upload("ada-1815,,2024-01-01,9\n"));
  await erase("ada-1815");

  expect(await run(await upload("ada-1815,,2024-02-01,9\n"))).toMatchObject({ rowsAccepted: 1, rowsLeftOut: 0 });
  expect(await find("ada-1815")).toBeDefined();
});

test("the same file once more leaves the rows of erased customers out", async () => {
  const rows = "ada-1815,,2024-01-01,9\nbob-1900,,2024-01-02,8\n";
  await run(await upload(rows));
  await erase("ada-1815");

  expect(await run(await upload(rows))).toMatchObject({ rowsAccepted: 0, rowsRepeated: 1, rowsLeftOut: 1 });
});

test("an undo counts anew, and a second run still leaves erased customers out", async () => {
  const id = await upload("ada-1815,,2024-01-01,9\nbob-1900,,2024-01-02,8\n");
  await run(id);
  // Erasing takes the file of a finished import away; a paused one keeps it.
  await installation.services.db.query("update customers.imports set state = 'paused' where id = $1", [id]);
  await erase("ada-1815");
  await member.ask("POST", `/api/imports/${id}/undo`);
  await expect.poll(async () => (await show(id)).state, { timeout: 10_000 }).toBe("undone");

  expect(await run(id)).toMatchObject({ rowsAccepted: 1, rowsLeftOut: 1 });
});

test("a customer erased while the import runs stays erased", async () => {
  await run(await upload("ada-1815,,2023-01-01,9\n"));
  const rows = 16_000;
  const id = await upload(Array.from({ length: rows }, (_unused, index) => `${index % 3 === 0 ? "ada-1815" : `c${index % 500}`},,2024-01-01,${index % 11}\n`).join(""));
  await start(id);
  while ((await show(id)).rowsRead === 0) await pause(5);
  expect((await show(id)).state).toBe("running");
  await erase("ada-1815");

  const done = await end(id);
  expect(done.rowsAccepted + done.rowsLeftOut).toBe(rows);
  expect(done.rowsLeftOut).toBeGreaterThan(0);
  expect(await countRows("ada-1815")).toBe(0);
  expect(await find("ada-1815")).toBeUndefined();
});
