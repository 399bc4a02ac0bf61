// Logs into the product and out of it again: what comes out says the same as what went in.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { flattenByObject, listObjectTypes, listVariants, makePathGraph, openOcelLog, openTableReader, openXesReader, readOcel, type EventLog } from "@firsthand/mining";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importDetail, preview, type ImportDetail } from "../../customers/imports/imports.contract.ts";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { graphReply, variantsReply } from "./paths.contract.ts";

let firsthand: Installation;

beforeAll(async () => {
  firsthand = await makeInstallation();
});
afterAll(() => firsthand.stop());

const importLog = async (client: Client, name: string, content: string | Buffer): Promise<ImportDetail> => {
  const sent = await client.ask("POST", `/api/imports?name=${name}`, Buffer.from(content), { "content-type": "application/octet-stream" });
  if (sent.status !== 201) throw new Error(sent.text);
  const { id } = importDetail.parse(sent.body);
  return runImport(client, id);
};
const runImport = async (client: Client, id: string): Promise<ImportDetail> => {
  await client.ask("POST", `/api/imports/${id}/run`);
  for (let tries = 0; tries < 3_000; tries += 1) {
    const shown = importDetail.parse((await client.ask("GET", `/api/imports/${id}`)).body);
    if (shown.state === "done" || shown.state === "failed") {
      await firsthand.settle();
      return shown;
    }
    await pause(20);
  }
  throw new Error("The import did not end.");
};

const all = "from=1990-01-01&to=2030-01-01";
const exportLog = async (client: Client, format: string, query: string): Promise<string> => {
  const reply = await client.ask("GET", `/api/paths/log.${format}?${all}&${query}`);
  if (reply.status !== 200) throw new Error(reply.text);
  return reply.text;
};

const readXes = (text: string): EventLog => {
  const reader = openXesReader();
  reader.push(Buffer.from(text));
  const { log, report } = reader.end();
  expect(report.examples).toEqual([]);
  return log;
};
const readCsv = (text: string): EventLog => {
  const [header = [], ...rows]: string[][] = parse(text);
  const reader = openTableReader(header, { case: "case", activity: "activity", time: "time" });
  for (const row of rows) reader.row(row);
  return reader.end().log;
};
const readObjectXml = (text: string): ReturnType<typeof readOcel> => {
  const reader = openOcelLog();
  reader.push(text);
  return reader.end();
};
const readObjects = (text: string, type = "customer"): EventLog => {
  const { log, report } = text.startsWith("<") ? readObjectXml(text) : readOcel(text);
  expect(report.examples).toEqual([]);
  return flattenByObject(log, type);
};

/** All that a log says of paths, in an order of its own. */
const told = (log: EventLog) => ({
  variants: listVariants(log).list.map(({ path, cases }) => `${cases} ${path.join(" > ")}`).toSorted(),
  edges: makePathGraph(log).edges.map(({ from, to, count, seconds }) => `${from} > ${to} ${count} ${seconds.mean.toFixed(3)}`).toSorted(),
});
const variantsOf = (log: EventLog): string[] => told(log).variants;
const shownVariants = async (client: Client, query: string): Promise<string[]> => {
  const { items, variants } = variantsReply.parse((await client.ask("GET", `/api/paths/variants?${all}&limit=100&${query}`)).body);
  expect(items).toHaveLength(variants);
  return items.map(({ path, paths }) => `${paths} ${path.join(" > ")}`).toSorted();
};

const xesEvent = (name: string, time: string, more = ""): string => `<event><string key="concept:name" value="${name}"/><date key="time:timestamp" value="${time}"/>${more}</event>`;
const xesTrace = (name: string, ...events: string[]): string => `<trace><string key="concept:name" value="${name}"/><string key="case:customer" value="${name}"/>${events.join("")}</trace>`;
const at = (day: number, minute = 0): string => `2024-03-${String(day).padStart(2, "0")}T10:${String(minute).padStart(2, "0")}:00.000+01:00`;
const hostile = "&lt;b&gt;&quot;x&quot; &amp; y, 日本 é";
const small = `<?xml version="1.0" encoding="UTF-8"?><log>${[
  xesTrace("ann", xesEvent("order", at(1)), xesEvent(hostile, at(1, 5), '<string key="channel" value="web"/>'), xesEvent("pay", at(1, 5)), xesEvent("order", at(20))),
  xesTrace("bob", xesEvent("order", at(2)), xesEvent("pay", at(4))),
  xesTrace("cid", xesEvent("order", at(2)), xesEvent("pay", at(3))),
].join("")}</log>`;

const file = join(import.meta.dirname, "../../../mining/logs/receipt.xes.gz");
const logs: readonly (readonly [string, () => Buffer])[] = [["a small log with hostile names", () => Buffer.from(small)], ["receipt, a real log", () => readFileSync(file)]];

describe.each(logs)("%s", (_, read) => {
  let organisation: Organisation;
  let original: EventLog;
  let imported: ImportDetail;
  beforeAll(async () => {
    organisation = await firsthand.makeOrganisation();
    const bytes = read();
    original = readXes((bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString());
    imported = await importLog(organisation.manager, bytes[0] === 0x1f ? "log.xes.gz" : "log.xes", bytes);
  }, 120_000);

  test("goes in whole", () => {
    expect(imported).toMatchObject({ state: "done", rowsAccepted: original.steps.length, rowsRefused: 0, rowsWithoutCustomer: 0 });
  });

  test("comes out with the same variants, connections and times in every form", async () => {
    const expected = told(original);

    expect(told(readXes(await exportLog(organisation.manager, "xes", "level=name")))).toEqual(expected);
    expect(told(readObjects(await exportLog(organisation.manager, "jsonocel", "level=name")))).toEqual(expected);
    expect(told(readCsv(await exportLog(organisation.manager, "csv", "level=name")))).toEqual(expected);
  });

  test("comes out as the screen shows it, and what came out goes in again and shows the same", async () => {
    for (const format of ["xes", "jsonocel", "xmlocel", "csv"]) {
      const other = await firsthand.makeOrganisation();
      const done = await importLog(other.manager, `paths.${format}`, await exportLog(organisation.manager, format, "level=touchpoint"));
      const of = async ({ manager }: Organisation) => graphReply.parse((await manager.ask("GET", `/api/paths/graph?${all}&detail=1&measures=counts`)).body);
      const [before, after] = [await of(organisation), await of(other)];
      const edges = ({ nodes, edges: lines }: typeof before): string[] => lines.map(({ from, to, count, meanS }) => `${nodes.find(({ id }) => id === from)?.name} > ${nodes.find(({ id }) => id === to)?.name} ${count} ${meanS.toFixed(1)}`).toSorted();

      expect(done).toMatchObject({ state: "done", rowsRefused: 0, rowsAccepted: original.steps.length, rowsWithoutCustomer: 0 });
      expect(after.totals).toEqual(before.totals);
      expect(edges(after)).toEqual(edges(before));
    }
  }, 120_000);
});

describe("a log of objects", () => {
  const touched = (...ids: string[]) => ids.map((objectId) => ({ objectId, qualifier: "" }));
  const orders = {
    objectTypes: [{ name: "customer", attributes: [{ name: "name", type: "string" }] }, { name: "order", attributes: [] }, { name: "item", attributes: [] }],
    eventTypes: ["place", "pack", "send", "complain"].map((name) => ({ name, attributes: [] })),
    objects: [
      { id: "c1", type: "customer", attributes: [{ name: "name", time: "1970-01-01T00:00:00Z", value: "Ann Example" }] }, { id: "c2", type: "customer" },
      { id: "o1", type: "order", relationships: touched("c1") }, { id: "o2", type: "order", relationships: touched("c1") }, { id: "o3", type: "order", relationships: touched("c2") },
      { id: "i1", type: "item" }, { id: "i2", type: "item" },
    ],
    events: [
      { id: "1", type: "place", time: "2024-01-01T10:00:00Z", relationships: touched("c1", "o1", "i1") },
      { id: "2", type: "place", time: "2024-01-01T11:00:00Z", relationships: touched("c1", "o2", "i2") },
      { id: "3", type: "pack", time: "2024-01-02T10:00:00Z", relationships: touched("o1", "o2", "i1", "i2") },
      { id: "4", type: "send", time: "2024-01-03T10:00:00Z", relationships: touched("o1", "o2") },
      { id: "5", type: "place", time: "2024-01-04T10:00:00Z", relationships: touched("c2", "o3", "i1") },
      { id: "6", type: "complain", time: "2024-01-05T10:00:00Z", relationships: touched("c1") },
    ],
  };
  const { log } = readOcel(JSON.stringify(orders));
  let organisation: Organisation;
  let imported: ImportDetail;
  beforeAll(async () => {
    organisation = await firsthand.makeOrganisation();
    imported = await importLog(organisation.manager, "orders.json", JSON.stringify(orders));
  });

  test("goes in whole", () => {
    expect(imported).toMatchObject({ state: "done", rowsAccepted: 6, rowsWithoutCustomer: 0 });
  });

  test("is shown with what each of its events becomes, and the customers can be others", async () => {
    const sent = await organisation.manager.ask("POST", "/api/imports?name=others.json", Buffer.from(JSON.stringify(orders)), { "content-type": "application/octet-stream" });
    const { id, mapping, sheets } = importDetail.parse(sent.body);
    const shown = async () => preview.parse((await organisation.manager.ask("GET", `/api/imports/${id}/preview`)).body).rows.map(({ becomes }) => `${becomes?.customer} ${becomes?.event}`);

    expect(sheets).toEqual(["customer", "order", "item"]);
    expect(await shown()).toEqual(["user:c1 place", "user:c1 place", "user:c1 pack", "user:c1 send", "user:c2 place", "user:c1 complain"]);

    const changed = await organisation.manager.ask("PUT", `/api/imports/${id}/reading`, { read: { ...mapping.read, objects: "order" } });

    expect(importDetail.parse(changed.body).mapping.columns).toContainEqual({ column: "object:order", use: { use: "customer", kind: "external" } });
    expect(await shown()).toEqual(["external:others:o1 place", "external:others:o2 place", "external:others:o1 pack", "external:others:o2 pack", "external:others:o1 send", "external:others:o2 send", "external:others:o3 place", "null complain"]);
  });

  test("has paths by customer and by object, an event of two orders in both", async () => {
    expect(await shownVariants(organisation.viewer, "level=name")).toEqual(["1 place", "1 place > place > pack > send > complain"]);
    for (const type of ["order", "item"]) expect(await shownVariants(organisation.viewer, `level=name&cut=object&object=${type}`)).toEqual(variantsOf(flattenByObject(log, type)));
  });

  test("keeps its objects on the way out, each event once", async () => {
    const text = await exportLog(organisation.manager, "jsonocel", "level=name&cut=object&object=order");
    const again = readOcel(text).log;

    expect(readObjectXml(await exportLog(organisation.manager, "xmlocel", "level=name&cut=object&object=order")).log).toEqual(again);
    expect(listObjectTypes(again)).toEqual([{ type: "customer", objects: 2, events: 5, activities: 3 }, { type: "order", objects: 3, events: 5, activities: 3 }]);
    expect(variantsOf(flattenByObject(again, "order"))).toEqual(variantsOf(flattenByObject(log, "order")));
    expect([...again.objects.values()].flatMap(({ values }) => values.map(({ value }) => value))).toEqual(["Ann Example", "c2"]);
    expect(variantsOf(readXes(await exportLog(organisation.manager, "xes", "level=name&cut=object&object=order")))).toEqual(variantsOf(flattenByObject(log, "order")));
  });

  test.each(["cut=session&gapMinutes=90", "cut=touchpoint&start=place&level=name", "passes=complain&level=name"])("comes out with the paths that are asked for (%s)", async (query) => {
    const expected = await shownVariants(organisation.viewer, query);

    expect(variantsOf(readXes(await exportLog(organisation.manager, "xes", query)))).toEqual(expected);
    expect(variantsOf(readCsv(await exportLog(organisation.manager, "csv", query)))).toEqual(expected);
    expect(variantsOf(readObjects(await exportLog(organisation.manager, "jsonocel", query), query.startsWith("cut=session") ? "visit" : query.startsWith("cut") ? "stretch" : "customer"))).toEqual(expected);
  });

  // What is chosen of the paths renames none of them.
  test.each([
    ["visits", "visit", "cut=session&gapMinutes=90", ["1 2 3 4", "1"]],
    ["visits that are chosen", "visit", "cut=session&gapMinutes=90&level=name&passes=complain", ["4"]],
    ["stretches", "stretch", "cut=touchpoint&start=place&level=name", ["1 2", "1"]],
    ["stretches that begin late", "stretch", "cut=touchpoint&start=pack&level=name", ["1"]],
    ["stretches with an end", "stretch", "cut=touchpoint&start=place&end=send&level=name", ["1 2", "1"]],
  ])("calls paths by whose they are, and which in a row of their own: %s", async (_, type, query, expected) => {
    const numbersOf = (names: readonly string[]): string[] => [...Map.groupBy(names, (name) => name.split(" ").at(-2)).values()].map((own) => own.map((name) => name.split(" ").at(-1)).toSorted().join(" "));
    const byLength = (one: string, other: string): number => other.length - one.length;

    expect(numbersOf(readXes(await exportLog(organisation.manager, "xes", query)).cases).toSorted(byLength)).toEqual(expected);
    expect(numbersOf(readObjects(await exportLog(organisation.manager, "jsonocel", query), type).cases).toSorted(byLength)).toEqual(expected);
  });

  test("of nobody is a whole file without cases", async () => {
    expect(readXes(await exportLog(organisation.manager, "xes", "passes=nothing")).cases).toEqual([]);
    expect(readCsv(await exportLog(organisation.manager, "csv", "passes=nothing")).cases).toEqual([]);
    expect(readOcel(await exportLog(organisation.manager, "jsonocel", "passes=nothing")).log.events).toEqual([]);
    expect(readObjectXml(await exportLog(organisation.manager, "xmlocel", "passes=nothing")).log.events).toEqual([]);
  });

  test("is given to those who may take paths out, and names nobody to whom customers are not trusted", async () => {
    const keyed = async (abilities: string[], query = ""): Promise<{ status: number; text: string }> => {
      const token = await firsthand.makeApiKey(organisation, abilities);
      return firsthand.nobody.ask("GET", `/api/paths/log.xes?${all}&level=name${query}`, undefined, { authorization: `Bearer ${token}` });
    };
    const [named, bare, again] = [await keyed(["paths.export", "customers.read"]), await keyed(["paths.export"]), await keyed(["paths.export"])];
    const ids = [...named.text.matchAll(/key="(?:identity:id|customer)" value="([^"]+)"/gu)].flatMap(([, id]) => id ?? []);

    expect(named.text).toContain('<string key="customer:name" value="Ann Example"/>');
    expect(ids.length).toBeGreaterThan(6);
    expect(ids.filter((id) => bare.text.includes(id))).toEqual([]);
    expect(bare.text).not.toContain("Ann Example");
    expect(variantsOf(readXes(bare.text))).toEqual(variantsOf(readXes(named.text)));
    expect(readXes(bare.text).cases.filter((name) => again.text.includes(name))).toEqual([]);
    // Whoever may not read customers learns no order numbers by cutting along them either.
    expect((await keyed(["paths.export"], "&cut=object&object=order")).text).not.toContain('"o1"');
    expect((await keyed(["paths.read"])).status).toBe(403);
    expect((await organisation.viewer.ask("GET", "/api/paths/log.csv")).status).toBe(403);
    expect((await firsthand.nobody.ask("GET", "/api/paths/log.csv")).status).toBe(401);
  });

  test("is refused in words where the question is unclear", async () => {
    expect(await organisation.manager.ask("GET", "/api/paths/log.xes?cut=object")).toMatchObject({ status: 400, body: { error: { code: "path_cut_unclear" } } });
  });
});

const journey = join(import.meta.dirname, "../../../../shared/data/eventlogs/cjml-example.xes");
if (!existsSync(journey)) process.stderr.write(`SKIPPED: an example of the customer journey modelling language. It is not at ${journey}.\n`);
describe.skipIf(!existsSync(journey))(existsSync(journey) ? "an example of the customer journey modelling language" : `an example of the customer journey modelling language (skipped: it is not at ${journey})`, () => {
  test("is imported by columns of its own, the channel and who began it with it", async () => {
    const { manager } = await firsthand.makeOrganisation();
    const sent = await manager.ask("POST", "/api/imports?name=cjml-example.xes", readFileSync(journey), { "content-type": "application/octet-stream" });
    const { id, mapping, notes } = importDetail.parse(sent.body);
    const uses = Object.fromEntries(mapping.columns.map(({ column, use }) => [column, use]));

    expect(notes).toEqual([]);
    expect(uses).toMatchObject({
      "case:enduser": { use: "customer", kind: "user" }, timeCompleted: { use: "time" }, EventType: { use: "event" }, channel: { use: "channel" }, initiator: { use: "property" }, receiver: { use: "property" }, "case:isPlanned": { use: "property" },
    });

    // A mapping of one's own: the words on the arrow instead of the type of the event, and each journey a customer.
    const columns = mapping.columns.map((one) => (one.column === "EventType" ? { ...one, use: { use: "property", name: "type" } } : one.column === "initiatorsLabel" ? { ...one, use: { use: "event" } } : one));
    expect((await manager.ask("PUT", `/api/imports/${id}/mapping`, { mapping: { ...mapping, columns } })).status).toBe(200);
    const done = await runImport(manager, id);
    const byJourney = openXesReader({ mapping: { caseKey: "enduser", activityKey: "initiatorsLabel", timeKey: "timeCompleted" } });
    byJourney.push(readFileSync(journey));

    expect(done).toMatchObject({ state: "done", rowsRefused: 0, rowsWithoutCustomer: 0, rowsAccepted: byJourney.end().report.events });
    const { items } = variantsReply.parse((await manager.ask("GET", `/api/paths/variants?${all}&level=name`)).body);
    expect(items[0]?.path.slice(0, 2)).toEqual(["User signs up", "Writes to the user"]);
  });
});

describe("a log that is broken behind its first rows", () => {
  const many = Array.from({ length: 3_000 }, (_unused, index) => xesTrace(`c${index}`, xesEvent("order", at(1)))).join("");
  const events = Array.from({ length: 3_000 }, (_unused, index) => JSON.stringify({ id: `e${index}`, type: "order", time: "2024-01-01T10:00:00Z", relationships: [{ objectId: "c1" }] })).join(",");

  test.each([
    ["cut off", "cut.xes", `<log>${many}<trace><event>`, "file_damaged"],
    ["an entity that is not known", "entity.xes", `<log>${many}${xesTrace("&lol;")}</log>`, "file_damaged"],
    ["nested without end", "deep.xes", `<log>${many}<trace>${'<list key="a">'.repeat(5_000)}`, "file_damaged"],
    ["a value without end", "long.xes", `<log>${many}<trace><string key="a" value="${"x".repeat(2_000_000)}`, "row_too_long"],
    ["cut off, of objects", "cut.jsonocel", `{"objectTypes":[],"objects":[{"id":"c1","type":"customer"}],"events":[${events}`, "file_damaged"],
    ["no JSON, of objects", "bad.jsonocel", `{"objectTypes":[],"objects":[{"id":"c1","type":"customer"}],"events":[${events},{"id":]}`, "file_damaged"],
  ])("(%s) leaves nothing half imported", async (_, name, content, code) => {
    const { manager, workspaceId } = await firsthand.makeOrganisation();
    const sent = await manager.ask("POST", `/api/imports?name=${name}`, Buffer.from(content), { "content-type": "application/octet-stream" });
    const shown = sent.status === 201 ? (await runImport(manager, importDetail.parse(sent.body).id)).fault?.code : importsFault(sent.body);
    const { rows } = await firsthand.services.db.query<{ count: number }>("select count(*) as count from customers.interactions where workspace_id = $1", [workspaceId]);

    expect([shown, Number(rows[0]?.count)]).toEqual([code, 0]);
  });
});

const importsFault = (body: unknown): string | undefined => /"reason":"(\w+)"/u.exec(JSON.stringify(body))?.[1];
