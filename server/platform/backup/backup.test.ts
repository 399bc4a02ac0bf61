import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeDatabase, makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";
import { modules } from "../../modules.ts";
import { connect } from "../db/db.api.ts";
import { createSecrets } from "../secrets/secrets.api.ts";
import { keyFrom } from "../secrets/sealing.rules.ts";
import { loadSecretKeys } from "../secrets/secret-keys.ts";
import { sealStores } from "../secrets/stored-secrets.ts";
import { listTables } from "./backup.queries.ts";
import { BackupError, SCHEMAS, makeBackup, restoreBackup } from "./backup.ts";

let firsthand: Installation;
const folder = mkdtempSync(join(tmpdir(), "firsthand-backup-"));
const silent = (): void => undefined;

const send = async (to: Installation, organisation: Organisation, batch: unknown[]): Promise<void> => {
  const key = await to.makeWriteKey(organisation);
  const reply = await to.nobody.ask("POST", "/v1/batch", { batch }, { authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` });
  expect(reply.status).toBe(200);
};

const placeOf = (installation: Installation, name: string) => ({ db: installation.services.db, dataDir: installation.dataDir, folder: join(folder, name), modules, analyticsPath: join(installation.dataDir, "analytics.duckdb") });

beforeAll(async () => {
  firsthand = await makeInstallation();
  const organisation = await firsthand.makeOrganisation("Nordlys \t\\N \"quoted\"");
  const batch = Array.from({ length: 500 }, (_, index) => ({
    type: index % 50 === 0 ? "identify" : "track",
    userId: String(index % 50),
    anonymousId: `device ${index % 60}`,
    event: `event ${index % 5}`,
    messageId: `message ${index}`,
    traits: { email: `customer${index}@example.com`, note: "It's \\N fine" },
    properties: { note: `tab\t newline\n é ${index}` },
  }));
  await send(firsthand, organisation, batch);
  const gateway = { kind: "http", secret: "irrelevant secret", http: { url: "https://gateway.example/" } };
  await organisation.admin.ask("PUT", "/api/text-gateway", gateway);
  await firsthand.settle();
  // Every five minutes rules are added where there are none yet: not while rows are compared.
  await modules.flatMap(({ jobs }) => jobs).find(({ name }) => name === "alerts.look")?.run({ services: firsthand.services, payload: {}, attempt: 1 });
});
afterAll(async () => {
  await firsthand.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("a backup", () => {
  test("restores every row of every table into an empty installation, and figures follow", async () => {
    await makeBackup(placeOf(firsthand, "whole"), silent);
    const restored = await makeInstallation();
    try {
      await restoreBackup(placeOf(restored, "whole"), silent);

      for (const table of await listTables(firsthand.services.db, SCHEMAS, modules.flatMap((module) => module.backup.leftOut))) {
        const columns = table.columns.map((column) => `"${column}"`).join(", ");
        const read = `select md5(coalesce(string_agg(line, '|' order by line), '')) as sum, count(*) as count from (select row(${columns})::text as line from "${table.schema}"."${table.name}") lines`;
        const [before, after] = await Promise.all([firsthand.services.db.query(read), restored.services.db.query(read)]);
        expect({ table: table.name, rows: after.rows }).toEqual({ table: table.name, rows: before.rows });
      }
      const stores = modules.flatMap((module) => module.secretStores);
      const lostWith = (keys: ReturnType<typeof loadSecretKeys>) => sealStores({ db: restored.services.db, secrets: createSecrets(keys) }, stores);
      expect(await lostWith([keyFrom("another key that never sealed anything")])).toMatchObject([{ store: "text gateway", title: "http" }]);
      expect(await lostWith(loadSecretKeys(restored.services.config))).toEqual([]);
      await restored.services.analytics.rebuild();
      const count = "select count(*) as rows, count(distinct customer) as customers from experience";
      expect(await restored.services.analytics.query(count)).toEqual(await firsthand.services.analytics.query(count));
      await send(restored, await restored.makeOrganisation(), [{ type: "track", userId: "new", event: "visit" }]);
      await restored.settle();
      expect(await restored.services.analytics.query("select count(*) as rows from experience")).toEqual([{ rows: 501 }]);
    } finally {
      await restored.stop();
    }
  });

  test("that was cut short is refused", async () => {
    const database = await makeDatabase();
    const db = connect(database.connectionString, silent, 2);
    const broken = mkdtempSync(join(folder, "broken-"));
    await expect(restoreBackup({ db, dataDir: broken, folder: broken, modules, analyticsPath: join(broken, "analytics.duckdb") }, silent)).rejects.toThrow(BackupError);
    await db.close();
    await database.drop();
  });

  test("is not written over anything, nor restored over data", async () => {
    writeFileSync(join(folder, "mine.txt"), "mine");
    await expect(makeBackup(placeOf(firsthand, ""), silent)).rejects.toThrow("is not empty");
    await expect(restoreBackup(placeOf(firsthand, "whole"), silent)).rejects.toThrow("There are data here already");
  });
});
