import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { page } from "#platform/http";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { importDetail, type ImportDetail } from "../imports/imports.contract.ts";
import { customerRow, erasureReport, type ErasureReport } from "./profiles.contract.ts";

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

const upload = async (content: string): Promise<ImportDetail> => {
  const reply = await member.ask("POST", "/api/imports?name=people.csv", Buffer.from(content), { "content-type": "application/octet-stream" });
  expect(reply.status).toBe(201);
  const { id, mapping } = importDetail.parse(reply.body);
  const columns = [
    { column: "customer_id", use: { use: "customer", kind: "user" } }, { column: "when", use: { use: "time" } },
    { column: "nps", use: { use: "score", kind: "nps", min: 0, max: 10, isReversed: false, blank: [], words: {}, touchpoint: null } },
  ];
  const mapped = await member.ask("PUT", `/api/imports/${id}/mapping`, { mapping: { ...mapping, time: { format: "iso", zone: "UTC", fixed: null }, columns } });
  expect(mapped.status).toBe(200);
  return importDetail.parse(mapped.body);
};
const run = async ({ id }: ImportDetail): Promise<void> => {
  expect((await member.ask("POST", `/api/imports/${id}/run`)).status).toBe(202);
  await expect.poll(async () => (await show(id)).state, { timeout: 20_000 }).toBe("done");
  await installation.settle();
};
const show = async (id: string): Promise<ImportDetail> => importDetail.parse((await member.ask("GET", `/api/imports/${id}`)).body);
const fileOf = (id: string): string => join(installation.dataDir, "files", "imports", id);
const customers = async (): Promise<string[]> => page(customerRow).parse((await member.ask("GET", "/api/customers?who=all")).body).items.map(({ name }) => name).sort();
const erase = async (name: string): Promise<ErasureReport> => {
  const [found] = page(customerRow).parse((await member.ask("GET", `/api/customers?who=all&search=${encodeURIComponent(name)}`)).body).items;
  const reply = await organisation.admin.ask("POST", `/api/customers/${found?.id}/erasure`, { isConfirmed: true });
  expect(reply.status).toBe(200);
  return erasureReport.parse(reply.body);
};
const rows = async <Row extends Record<string, unknown>>(sql: string): Promise<Row[]> => (await installation.services.db.query<Row>(sql, [organisation.workspaceId])).rows;

describe("erasing a customer of an import", () => {
  const content = "customer_id,when,nps\nada-1815,2024-01-01 10:00,9\nbob-1900,2024-01-02 10:00,3\nada-1815,long ago,4\nbob-1900,long ago,4\n";

  test("takes the refused rows and the file along, and the record stays", async () => {
    const file = await upload(content);
    const copy = await upload(content);
    await run(file);
    const other = await upload("customer_id,when,nps\nbob-1900,2024-03-01 10:00,8\n");
    await run(other);

    expect(await erase("ada-1815")).toMatchObject({ interactions: 1, perceptions: 1, files: 2, refusedRows: 1, deadLetters: 0 });

    expect(await show(file.id)).toMatchObject({ state: "done", hasFile: false, rowsAccepted: 2, rowsRefused: 2 });
    await expect.poll(() => [file, copy, other].map(({ id }) => existsSync(fileOf(id))), { timeout: 10_000 }).toEqual([false, false, true]);
    const refused = await member.ask("GET", `/api/imports/${file.id}/errors.csv`);
    expect(refused.text).toContain("bob-1900");
    expect(refused.text).not.toContain("ada-1815");
  });

  test("leaves the file of an import that is not done, and those who are in it come back no more", async () => {
    const file = await upload(content);
    await run(file);
    await installation.services.db.query("update customers.imports set state = 'paused' where id = $1", [file.id]);

    expect(await erase("ada-1815")).toMatchObject({ files: 0 });
    await installation.services.db.query("update customers.imports set position = 0 where id = $1", [file.id]);
    await run(file);

    expect(existsSync(fileOf(file.id))).toBe(true);
    expect(await customers()).toEqual(["bob-1900"]);
    expect((await rows("select value from customers.perceptions where workspace_id = $1")).map(({ value }) => value)).toEqual([3]);
  });
});

test("erasing a customer takes refused events that name the customer, and no others", async () => {
  const authorization = `Bearer ${await installation.makeWriteKey(organisation)}`;
  const batch = [
    { type: "identify", messageId: "m1", userId: "42", traits: { email: "ada@example.com", phone: "+47 12345678" } },
    { type: "track", messageId: "refused-a", userId: "42" },
    { type: "track", messageId: "refused-b", userId: "7", properties: { friend: "ADA@example.com" } },
    { type: "track", messageId: "refused-c", userId: "7", properties: { call: "0047 123 45 678" } },
    { type: "track", messageId: "refused-d", userId: "7", properties: { quantity: 42 } },
  ];
  await installation.nobody.ask("POST", "/v1/batch", { batch }, { authorization });
  await installation.settle();
  expect(await rows("select id from customers.dead_letters where workspace_id = $1")).toHaveLength(4);

  expect(await erase("ada@example.com")).toMatchObject({ deadLetters: 3, refusedRows: 0, files: 0 });

  const left = await rows<{ payload: string }>("select payload from customers.dead_letters where workspace_id = $1");
  expect(left.map(({ payload }) => payload)).toEqual([expect.stringContaining("refused-d")]);
});
