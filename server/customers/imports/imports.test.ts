import { existsSync, readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { page } from "#platform/http";
import type { Answer, Client, Installation, Organisation } from "../../firsthand.make.ts";
import { makeInstallation } from "../../firsthand.make.ts";
import { importDetail, importItem, preview, type ImportDetail, type ImportState } from "./imports.contract.ts";
import { importsJobs, importsSchedules } from "./imports.jobs.ts";
import { pathOfUpload } from "./uploaded-files.ts";
import { makeWorkbook } from "./workbook.make.ts";

let installation: Installation;
let organisation: Organisation;
let member: Client;
let stranger: Client;

beforeAll(async () => {
  installation = await makeInstallation();
  organisation = await installation.makeOrganisation();
  member = organisation.manager;
  stranger = (await installation.makeOrganisation()).owner;
});
afterAll(() => installation.stop());

const send = (client: Client, name: string, content: string | Buffer): Promise<Answer> =>
  client.ask("POST", `/api/imports?name=${encodeURIComponent(name)}`, Buffer.from(content), { "content-type": "application/octet-stream" });
const upload = async (name: string, content: string | Buffer, client = member): Promise<ImportDetail> => {
  const reply = await send(client, name, content);
  if (reply.status !== 201) throw new Error(reply.text);
  return importDetail.parse(reply.body);
};
const show = async (id: string): Promise<ImportDetail> => importDetail.parse((await member.ask("GET", `/api/imports/${id}`)).body);
const reach = async (id: string, states: readonly ImportState[]): Promise<ImportDetail> => {
  for (let tries = 0; tries < 600; tries += 1) {
    const found = await show(id);
    if (states.includes(found.state)) return found;
    await pause(20);
  }
  throw new Error(`The import did not become ${states.join(" or ")}.`);
};
const run = async (id: string): Promise<ImportDetail> => {
  await member.ask("POST", `/api/imports/${id}/run`);
  return reach(id, ["done", "failed"]);
};
const count = async (table: string, importId: string): Promise<number> => {
  const { rows } = await installation.services.db.query<{ count: number }>(`select count(*) as count from customers.${table} where import_id = $1`, [importId]);
  return rows[0]?.count ?? -1;
};
const purchases = (rows: number, label: string): string =>
  `customer_id,when,amount\n${Array.from({ length: rows }, (_unused, index) => `${label}-${index % 500},2024-01-${String((index % 28) + 1).padStart(2, "0")} 10:00,${index}\n`).join("")}`;

describe("an uploaded file", () => {
  test("is previewed with a guessed mapping and what its rows would become", async () => {
    const { id, mapping, state, notes } = await upload("orders.csv", "customer_id;when;event;amount\n42;13.03.2024 10:21;order;5\n43;14.03.2024 11:00;return;-5\n");
    const shown = preview.parse((await member.ask("GET", `/api/imports/${id}/preview`)).body);

    expect({ state, notes, source: mapping.source }).toEqual({ state: "ready", notes: [], source: "orders" });
    expect(shown.columns.map(({ name, examples }) => [name, examples])).toEqual([["customer_id", ["42", "43"]], ["when", ["13.03.2024 10:21", "14.03.2024 11:00"]], ["event", ["order", "return"]], ["amount", ["5", "-5"]]]);
    expect(shown.rows[0]).toMatchObject({ number: 2, problem: null, becomes: { at: "2024-03-13T10:21:00.000Z", customer: "user:42", event: "order" } });
    expect(await count("interactions", id)).toBe(0);
  });

  test("shows at which touchpoint its rows would be, by the register, however they are called", async () => {
    const { id } = await upload("views.csv", "customer_id;when;event\n42;13.03.2024 10:21;add_to_cart\n42;13.03.2024 10:22;cart\n");
    const shown = preview.parse((await member.ask("GET", `/api/imports/${id}/preview`)).body);

    expect(shown.rows.map(({ becomes }) => [becomes?.event, becomes?.touchpoint])).toEqual([["add_to_cart", "Cart"], ["cart", "Cart"]]);
  });

  test.each<[string, string | Buffer, number, string]>([
    ["empty.csv", "", 422, "import_file_unreadable"],
    ["page.html", "<html></html>", 422, "import_file_unreadable"],
    ["bomb.xlsx", makeWorkbook({ sheets: { One: [] }, parts: { "xl/worksheets/sheet1.xml": `<worksheet>${" ".repeat(80 * 1024 ** 2)}</worksheet>` } }), 422, "import_file_unreadable"],
  ])("%s is refused and not kept", async (name, content, status, code) => {
    const before = readdirSync(join(installation.dataDir, "files", "imports")).length;
    const reply = await send(member, name, content);

    expect(reply).toMatchObject({ status, body: { error: { code } } });
    expect(readdirSync(join(installation.dataDir, "files", "imports"))).toHaveLength(before);
  });

  test("cannot leave its folder by its name", async () => {
    const { id, fileName } = await upload("../../../etc/passwd.csv", "a,b\n1,2\n");

    expect(fileName).toBe("../../../etc/passwd.csv");
    expect(existsSync(join(installation.dataDir, "files", "imports", id))).toBe(true);
  });

  test("needs bytes as its body", async () => {
    const reply = await member.ask("POST", "/api/imports?name=x.csv", { rows: [] });

    expect(reply).toMatchObject({ status: 400, body: { error: { code: "import_body_missing" } } });
  });

  test("belongs to its workspace, and only those who may import touch it", async () => {
    const { id } = await upload("mine.csv", "a,b\n1,2\n");
    const paths = [["GET", ""], ["GET", "/preview"], ["GET", "/errors.csv"], ["POST", "/run"], ["POST", "/dry-run"], ["POST", "/undo"], ["POST", "/pause"], ["DELETE", ""]] as const;

    for (const [method, path] of paths) {
      expect((await stranger.ask(method, `/api/imports/${id}${path}`)).status).toBe(404);
      expect((await organisation.agent.ask(method, `/api/imports/${id}${path}`)).status).toBe(403);
      expect((await installation.nobody.ask(method, `/api/imports/${id}${path}`)).status).toBe(401);
    }
    expect((await send(organisation.viewer, "x.csv", "a,b\n1,2\n")).status).toBe(403);
  });
});

describe("a mapping", () => {
  test("can be changed and is checked against the file and itself", async () => {
    const { id, mapping } = await upload("scores.csv", "who,mark\nann,1\nbob,7\ncid,9\n");
    const put = (change: Record<string, unknown>) => member.ask("PUT", `/api/imports/${id}/mapping`, { mapping: { ...mapping, ...change } });
    const score = { use: "score", kind: "nps", min: 0, max: 10, isReversed: false, blank: [], words: {}, touchpoint: null };

    expect(await put({ columns: [{ column: "nowhere", use: { use: "ignore" } }] })).toMatchObject({ status: 422, body: { error: { code: "import_column_unknown", details: { column: "nowhere" } } } });
    expect(await put({ time: { format: "iso", zone: "Mars/Base", fixed: null } })).toMatchObject({ status: 422, body: { error: { code: "import_mapping_wrong" } } });
    expect(await put({ columns: [{ column: "mark", use: { ...score, max: 0 } }] })).toMatchObject({ status: 422, body: { error: { code: "import_mapping_wrong" } } });
    expect(await put({ columns: [{ column: "mark", use: { use: "nonsense" } }] })).toMatchObject({ status: 400, body: { error: { code: "invalid_input" } } });
    expect(await put({ columns: [{ column: "who", use: { use: "customer", kind: "user" } }, { column: "mark", use: score }] })).toMatchObject({ status: 200 });

    expect(await run(id)).toMatchObject({ state: "done", rowsAccepted: 3, perceptionsAdded: 3 });
    expect(await put({})).toMatchObject({ status: 409, body: { error: { code: "import_state_wrong" } } });
  });

  test("is guessed anew when the file is read in another way", async () => {
    const { id, mapping } = await upload("book.xlsx", makeWorkbook({ sheets: { First: [["a"], ["1"]], People: [["customer_id", "city"], ["7", "Bern"]] } }));
    const reply = await member.ask("PUT", `/api/imports/${id}/reading`, { read: { ...mapping.read, sheet: "People" } });

    expect(importDetail.parse(reply.body).mapping.columns.map(({ column }) => column)).toEqual(["customer_id", "city"]);
    expect(await member.ask("PUT", `/api/imports/${id}/reading`, { read: { ...mapping.read, sheet: "Nowhere" } })).toMatchObject({ status: 422, body: { error: { code: "import_file_unreadable" } } });
  });
});

describe("dates in two orders", () => {
  const lines = ["30/09/2021", "14/10/2021", "15/10/2021", "16/10/2021", "18/10/2021", "03/04/2021", "05/05/2021", "10/17/2021"];
  // Rows of a file that came before would count as there already.
  const made = (first: number): string => `customer_id,date,plan\n${lines.map((line, index) => `${first + index},${line},gold\n`).join("")}`;
  const look = async (id: string) => preview.parse((await member.ask("GET", `/api/imports/${id}/preview`)).body).dateOrders;

  test("are counted before anything is imported, and refused rows are told with their reason", async () => {
    const { id, mapping } = await upload("orders-of-dates.csv", made(4_000));

    expect(mapping.time.format).toBe("dmy");
    expect(await look(id)).toEqual({ rows: 8, isWhole: true, dayFirst: 5, monthFirst: 1, either: 1 });
    expect(await run(id)).toMatchObject({
      rowsAccepted: 7, rowsRefused: 1,
      refusals: [{ code: "time_month_first", count: 1, example: { row: 9, reason: "\"10/17/2021\" has the month first; the file is read with the day first." } }],
    });
  });

  test("are read both ways when that is chosen", async () => {
    const { id, mapping } = await upload("both-orders.csv", made(5_000));
    await member.ask("PUT", `/api/imports/${id}/mapping`, { mapping: { ...mapping, time: { ...mapping.time, format: "dmy_or_mdy" } } });

    expect(await look(id)).toMatchObject({ monthFirst: 1, either: 1 });
    expect(await run(id)).toMatchObject({ rowsAccepted: 8, rowsRefused: 0, refusals: [] });
  });

  test("are counted once for a file, until its times stand in other columns", async () => {
    const { id, mapping } = await upload("counted-once.csv", made(6_000));
    const use = (column: string, meant: object) => member.ask("PUT", `/api/imports/${id}/mapping`, { mapping: { ...mapping, columns: mapping.columns.map((one) => (one.column === column ? { column, use: meant } : one)) } });
    const counted = await look(id);
    await writeFile(pathOfUpload(installation.services, id), `customer_id,date,plan\n1,${lines[0]},gold\n`);

    await use("plan", { use: "ignore" });
    expect(await look(id)).toEqual(counted);
    await use("plan", { use: "time" });
    expect(await look(id)).toMatchObject({ rows: 1 });
  });

  test("are not looked for where times are written in another way", async () => {
    expect(await look((await upload("iso-dates.csv", "customer_id,date\n1,2021-09-30\n")).id)).toBeNull();
  });
});

describe("a dry run", () => {
  test("counts what would happen and writes nothing", async () => {
    const { id } = await upload("answers.csv", "customer_id,date,nps\nc1,2024-01-01,10\nc2,2024-01-02,7\nc2,2024-01-03,3\nc3,soon,9\nc3,2024-01-04,5\nc3,2024-01-05,6\n,2024-01-05,1\n");
    const mapping = (await show(id)).mapping;
    await member.ask("PUT", `/api/imports/${id}/mapping`, { mapping: { ...mapping, columns: mapping.columns.map((column) => (column.column === "date" ? { ...column, use: { use: "time" } } : column)) } });
    await member.ask("POST", `/api/imports/${id}/dry-run`);
    const { dryRun } = await reach(id, ["ready"]);

    expect(dryRun).toMatchObject({
      rows: 7, accepted: 6, refused: 1, withoutCustomer: 1, customers: 3, perceptions: 6, earliest: "2024-01-01T00:00:00.000Z", latest: "2024-01-05T00:00:00.000Z",
      scores: [{ column: "nps", answers: 6, values: [{ value: 1, count: 1 }, { value: 3, count: 1 }, { value: 5, count: 1 }, { value: 6, count: 1 }, { value: 7, count: 1 }, { value: 10, count: 1 }] }],
      refusals: [{ code: "time_unreadable", count: 1, example: { row: 5 } }],
    });
    expect(await count("interactions", id)).toBe(0);
  });
});

describe("a run", () => {
  test("keeps good rows beside refused ones, which come back as CSV without live formulas", async () => {
    const { id } = await upload("mixed.csv", "customer_id,when,note\n1001,2024-01-01,good\n1002,never,=cmd|' /C calc'!A0\n1003,2024-01-03,\"two, good\"\n1004,later,\"<script>alert(1)</script>\n\"\n");
    const mapping = (await show(id)).mapping;
    const columns = mapping.columns.map((column) => (column.column === "when" ? { ...column, use: { use: "time" } } : column));
    await member.ask("PUT", `/api/imports/${id}/mapping`, { mapping: { ...mapping, columns } });

    expect(await run(id)).toMatchObject({ state: "done", totalRows: 4, rowsRead: 4, rowsAccepted: 2, rowsRefused: 2 });
    const reply = await member.ask("GET", `/api/imports/${id}/errors.csv`);
    expect(reply.headers).toMatchObject({ "content-type": "text/csv; charset=utf-8", "content-disposition": "attachment; filename=\"mixed-refused.csv\"" });
    expect(reply.text.split("\r\n").slice(0, 2)).toEqual(["\ufeffrow,code,reason,customer_id,when,note", "3,time_unreadable,\"\"\"never\"\" is no time written as iso.\",1002,never,'=cmd|' /C calc'!A0"]);
  });

  test("of the same file adds nothing", async () => {
    const content = purchases(100, "again");
    const first = await run((await upload("first.csv", content)).id);
    const second = await run((await upload("second.csv", content)).id);

    expect(first).toMatchObject({ rowsAccepted: 100, rowsRepeated: 0 });
    expect(second).toMatchObject({ rowsAccepted: 0, rowsRepeated: 100 });
  });

  test("keeps the good rows of a batch in which the database cannot store one", async () => {
    await installation.services.db.query(`
      create function customers.refuse_row() returns trigger language plpgsql as $$ begin raise exception 'irrelevant' using errcode = '22021'; end $$;
      create trigger refuse_row before insert on customers.interactions for each row when (new.name = 'unstorable') execute function customers.refuse_row()`);
    const { id } = await upload("unstorable.csv", "customer_id,event\n2001,a\n2002,unstorable\n2003,c\n");

    expect(await run(id)).toMatchObject({ state: "done", rowsAccepted: 2, rowsRefused: 1 });
    expect((await member.ask("GET", `/api/imports/${id}/errors.csv`)).text).toContain("3,not_storable,");
  });

  test("can be paused and goes on exactly where it was, and pauses nothing that is done", async () => {
    const { id } = await upload("long-run.csv", purchases(30_000, "pause"));
    await member.ask("POST", `/api/imports/${id}/run`);
    while ((await show(id)).rowsRead === 0) await pause(5);
    const paused = await member.ask("POST", `/api/imports/${id}/pause`);
    await pause(300);
    const rest = await show(id);

    expect(paused.status).toBe(202);
    expect(rest.rowsRead).toBe(await count("interactions", id));
    expect(rest.state === "paused" ? rest.rowsRead : 0).toBeLessThan(30_000);
    expect(await run(id)).toMatchObject({ state: "done", rowsRead: 30_000, rowsAccepted: 30_000, rowsRepeated: 0 });
    expect(await count("interactions", id)).toBe(30_000);
    expect(await member.ask("POST", `/api/imports/${id}/pause`)).toMatchObject({ status: 409, body: { error: { code: "import_state_wrong", details: { state: "done" } } } });
  });

  test("writes long rows in smaller portions", async () => {
    const touched = [{ objectId: "c1" }, { objectId: "o1" }];
    const { id } = await upload("long.jsonocel", JSON.stringify({
      objectTypes: [],
      objects: [{ id: "c1", type: "customer" }, { id: "o1", type: "order", attributes: [{ name: "note", time: "2024-01-01T00:00:00Z", value: "x".repeat(1_000_000) }] }],
      events: Array.from({ length: 20 }, (_unused, index) => ({ id: `long${index}`, type: "meet", time: "2024-01-02T00:00:00Z", relationships: touched })),
    }));

    expect(await run(id)).toMatchObject({ state: "done", rowsAccepted: 20 });
    const { rows } = await installation.services.db.query<{ count: number }>("select count(distinct xid) as count from customers.interactions where import_id = $1", [id]);
    expect(rows[0]?.count).toBe(3);
  });

  test("that cannot be read to its end says so and keeps what was read", async () => {
    const { id } = await upload("cut.xes", `<log><trace>${"<event><string key=\"concept:name\" value=\"a\"/></event>".repeat(5_000)}</trace></log>`);
    const path = join(installation.dataDir, "files", "imports", id);
    await writeFile(path, (await readFile(path, "utf8")).slice(0, 200_000));

    const failed = await run(id);
    expect(failed).toMatchObject({ state: "failed", fault: { code: "file_damaged" } });
    expect(failed.rowsRead).toBe(await count("interactions", id));
  });
});

describe("an undo", () => {
  const countFigures = async (id: string): Promise<unknown> => {
    await installation.settle();
    return (await installation.services.analytics.query("select count(*)::int as count from experience where import_id = $1::uuid", [id]))[0]?.["count"];
  };

  test("reaches the analytics store, and a second run does as well", async () => {
    const { id } = await upload("figures.csv", "customer_id,date,nps\nf1,2024-01-01,10\nf2,2024-01-02,7\nf3,2024-01-03,3\nf4,2024-01-04,5\nf5,2024-01-05,6\n");

    await run(id);
    expect(await countFigures(id)).toBe(10);
    await member.ask("POST", `/api/imports/${id}/undo`);
    await reach(id, ["undone"]);
    expect(await countFigures(id)).toBe(0);
    await run(id);
    expect(await countFigures(id)).toBe(10);
    await member.ask("POST", `/api/imports/${id}/undo`);
    await reach(id, ["undone"]);
    await run(id);
    expect(await countFigures(id)).toBe(10);
    await installation.services.analytics.rebuild();
    expect(await countFigures(id)).toBe(10);
  });

  test("takes away what the import added and nothing else, and the import can run again", async () => {
    const other = await run((await upload("other.csv", purchases(50, "other"))).id);
    const { id } = await run((await upload("wrong.csv", purchases(12_000, "wrong"))).id);

    expect((await member.ask("DELETE", `/api/imports/${id}`)).status).toBe(409);
    expect((await member.ask("POST", `/api/imports/${id}/undo`)).status).toBe(202);
    expect(await reach(id, ["undone"])).toMatchObject({ rowsRead: 0, rowsAccepted: 0 });
    expect([await count("interactions", id), await count("interactions", other.id), await count("deletions", id)]).toEqual([0, 50, 12_000]);
    expect(await run(id)).toMatchObject({ state: "done", rowsAccepted: 12_000, rowsRepeated: 0 });
  });

  test("is refused where nothing was added, and such an import can be removed", async () => {
    const { id } = await upload("unused.csv", "a,b\n1,2\n");

    expect((await member.ask("POST", `/api/imports/${id}/undo`)).status).toBe(409);
    expect((await member.ask("DELETE", `/api/imports/${id}`)).status).toBe(204);
    expect((await member.ask("GET", `/api/imports/${id}`)).status).toBe(404);
    expect(existsSync(join(installation.dataDir, "files", "imports", id))).toBe(false);
  });
});

describe("the file of an import", () => {
  test("is removed a week after it was last used, and files that belong to nothing after a day", async () => {
    const { id } = await run((await upload("old.csv", purchases(3, "old"))).id);
    const orphan = crypto.randomUUID();
    await writeFile(join(installation.dataDir, "files", "imports", orphan), "a,b\n1,2\n");
    const later = new Date(Date.now() + 8 * 86_400_000);

    for (const job of importsJobs.filter(({ name }) => importsSchedules.some((schedule) => schedule.job === name))) await job.run({ services: { ...installation.services, clock: { now: () => later } }, payload: {}, attempt: 1 });

    expect([id, orphan].map((name) => existsSync(join(installation.dataDir, "files", "imports", name)))).toEqual([false, false]);
    expect(await show(id)).toMatchObject({ state: "done", hasFile: false, rowsAccepted: 3 });
    expect(await member.ask("GET", `/api/imports/${id}/preview`)).toMatchObject({ status: 409, body: { error: { code: "import_file_gone" } } });
    expect((await member.ask("POST", `/api/imports/${id}/undo`)).status).toBe(202);
  });
});

describe("the list of imports", () => {
  test("comes in pages, newest first", async () => {
    const first = page(importItem).parse((await member.ask("GET", "/api/imports?limit=2")).body);
    const second = page(importItem).parse((await member.ask("GET", `/api/imports?limit=2&cursor=${first.nextCursor ?? ""}`)).body);
    const times = [...first.items, ...second.items].map(({ createdAt }) => createdAt);

    expect(times).toEqual(times.toSorted().toReversed());
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(4);
    expect((await member.ask("GET", "/api/imports?cursor=nonsense")).status).toBe(400);
  });
});

const surveys = join(import.meta.dirname, "../../../../shared/data/survey");
const hasSurveys = existsSync(surveys);
if (!hasSurveys) process.stderr.write(`Skipped: the airport surveys are not in ${surveys}.\n`);

describe.skipIf(!hasSurveys)("the airport surveys", () => {
  test.each([
    ["sfo_2017.csv.gz", 2_831, 2_746, 39.84, 40.4],
    ["sfo_2018.csv.gz", 2_809, 2_650, 30.98, 35.11],
  ])("of %s give the published scores as guessed", async (name, rows, answers, nps, weighted) => {
    const { id } = await run((await upload(name, await readFile(join(surveys, name)))).id);
    const { rows: scored } = await installation.services.db.query<{ count: number; nps: number; weighted: number }>(
      `select count(*) as count, (100 * avg((value >= 9)::int - (value <= 6)::int))::float8 as nps,
         (100 * sum(weight * ((value >= 9)::int - (value <= 6)::int)) / sum(weight))::float8 as weighted
       from customers.perceptions where import_id = $1 and kind = 'nps'`,
      [id],
    );

    expect(await show(id)).toMatchObject({ rowsAccepted: rows, rowsRefused: 0 });
    expect(scored[0]?.count).toBe(answers);
    expect(scored[0]?.nps).toBeCloseTo(nps, 2);
    expect(scored[0]?.weighted).toBeCloseTo(weighted, 2);
  });
});
