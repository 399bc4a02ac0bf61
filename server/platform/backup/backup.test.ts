import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject, afterAll, beforeAll, describe, expect, test } from "vitest";
import { insertInteractions, insertPerceptions } from "#customers";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation } from "../../firsthand.make.ts";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { copyDatabase } from "../../test-database.make.ts";
import { connect } from "../db/db.api.ts";
import { listTables } from "./backup.queries.ts";
import { BackupError, SCHEMAS, makeBackup, restoreBackup } from "./backup.ts";

let firsthand: Installation;
const folder = mkdtempSync(join(tmpdir(), "firsthand-backup-"));
const silent = (): void => undefined;

beforeAll(async () => {
  firsthand = await makeInstallation();
  const { workspaceId } = await firsthand.makeOrganisation("Nordlys \t\\N \"quoted\"");
  const rows = Array.from({ length: 500 }, (_, index) =>
    makeInteraction(workspaceId, { subject: `user:${index % 50}`, userId: String(index % 50), name: `event ${index % 5}`, message: JSON.stringify({ note: `tab\t newline\n é ${index}` }) }),
  );
  await insertInteractions(firsthand.services.db, workspaceId, rows);
  await insertPerceptions(firsthand.services.db, workspaceId, [makePerception({ subject: "user:1", text: "It's \\N fine" })]);
  await firsthand.settle();
});
afterAll(async () => {
  await firsthand.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("a backup", () => {
  test("restores every row of every table into an empty installation, and figures follow", async () => {
    await makeBackup(firsthand.services.db, firsthand.dataDir, join(folder, "whole"), silent);
    const restored = await makeInstallation();
    try {
      await restoreBackup(restored.services.db, restored.dataDir, join(folder, "whole"), silent);

      for (const table of await listTables(firsthand.services.db, SCHEMAS)) {
        const columns = table.columns.map((column) => `"${column}"`).join(", ");
        const read = `select md5(coalesce(string_agg(line, '|' order by line), '')) as sum, count(*) as count from (select row(${columns})::text as line from "${table.schema}"."${table.name}") lines`;
        const [before, after] = await Promise.all([firsthand.services.db.query(read), restored.services.db.query(read)]);
        expect({ table: table.name, rows: after.rows }).toEqual({ table: table.name, rows: before.rows });
      }
      await restored.services.analytics.rebuild();
      const count = "select count(*) as rows, count(distinct customer) as customers from experience";
      expect(await restored.services.analytics.query(count)).toEqual(await firsthand.services.analytics.query(count));
      const { workspaceId } = await restored.makeOrganisation();
      await insertInteractions(restored.services.db, workspaceId, [makeInteraction(workspaceId, { subject: "user:new" })]);
      await restored.settle();
      expect(await restored.services.analytics.query("select count(*) as rows from experience")).toEqual([{ rows: 502 }]);
    } finally {
      await restored.stop();
    }
  });

  test("that was cut short is refused", async () => {
    const database = await copyDatabase(inject("databaseUrl"));
    const db = connect(database.connectionString, silent, 2);
    const broken = mkdtempSync(join(folder, "broken-"));
    await expect(restoreBackup(db, broken, broken, silent)).rejects.toThrow(BackupError);
    await db.close();
    await database.drop();
  });

  test("is not written over anything, nor restored over data", async () => {
    writeFileSync(join(folder, "mine.txt"), "mine");
    await expect(makeBackup(firsthand.services.db, firsthand.dataDir, folder, silent)).rejects.toThrow("is not empty");
    await expect(restoreBackup(firsthand.services.db, firsthand.dataDir, join(folder, "whole"), silent)).rejects.toThrow("There are data here already");
  });
});
