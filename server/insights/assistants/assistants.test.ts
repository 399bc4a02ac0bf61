import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { insertPerceptions } from "#customers";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { summaryReply } from "../metrics/metrics.contract.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation({ listen: true });
  organisation = await firsthand.makeOrganisation();
  const rows = Array.from({ length: 40 }, (_, place) => makePerception({ kind: "nps", value: place % 4 === 0 ? 3 : 10, at: "2026-03-10T12:00:00Z" }));
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, rows);
  await firsthand.settle();
});
afterAll(() => firsthand.stop());

const keyWith = async (abilities: readonly string[], of: Organisation = organisation): Promise<string> => {
  const made = await of.admin.ask("POST", "/api/keys", { kind: "api", name: "assistant", abilities });
  expect(made.status, made.text).toBe(201);
  return z.object({ token: z.string() }).parse(made.body).token;
};

const connect = async (key: string): Promise<Client> => {
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${firsthand.address}/api/mcp`), { requestInit: { headers: { authorization: `Bearer ${key}` } } }));
  return client;
};

const call = async (client: Client, name: string, given: Record<string, unknown>) => {
  const { content, isError } = await client.callTool({ name, arguments: given });
  return { isError: isError === true, text: z.array(z.object({ type: z.literal("text"), text: z.string() })).parse(content).map(({ text }) => text).join("") };
};

test("the protocol's own client is told which tools there are, with what each takes, and to read only", async () => {
  const client = await connect(await keyWith(["metrics.read"]));

  const { tools } = await client.listTools();

  expect(tools.map(({ name }) => name)).toContain("summarise_scores");
  const breakdown = tools.find(({ name }) => name === "compare_groups");
  expect(breakdown?.inputSchema.required).toContain("by");
  expect(tools.every((tool) => tool.annotations?.readOnlyHint === true)).toBe(true);
  expect(client.getInstructions()).toContain("95 % interval");
  await client.close();
});

test("a tool gives the same numbers as the screens", async () => {
  const client = await connect(await keyWith(["metrics.read"]));
  const march = { from: "2026-03-01", to: "2026-04-01" };

  const told = await call(client, "summarise_scores", march);

  const shown = await organisation.viewer.ask("GET", "/api/metrics/summary?from=2026-03-01&to=2026-04-01");
  expect(summaryReply.parse(JSON.parse(told.text)).metrics).toEqual(summaryReply.parse(shown.body).metrics);
  expect(summaryReply.parse(JSON.parse(told.text)).metrics[0]).toMatchObject({ metric: "nps", count: 40, score: 50 });
  await client.close();
});

test("a key sees and calls only the tools it has the ability for", async () => {
  const client = await connect(await keyWith(["members.read"]));

  expect((await client.listTools()).tools).toEqual([]);
  expect(await call(client, "summarise_scores", {})).toMatchObject({ isError: true });
  await client.close();
});

test("what does not fit is told to the program in words it can act on", async () => {
  const client = await connect(await keyWith(["metrics.read"]));

  expect(await call(client, "compare_groups", { by: "moon" })).toMatchObject({ isError: true, text: expect.stringContaining("query.by") });
  expect(await call(client, "show_trend", { from: "2026-04-01", to: "2026-03-01" })).toMatchObject({ isError: true, text: expect.stringContaining("holds no time") });
  await client.close();
});

test("another workspace's key sees its own numbers", async () => {
  const stranger = await firsthand.makeOrganisation();
  const client = await connect(await keyWith(["metrics.read"], stranger));

  const told = await call(client, "summarise_scores", { from: "2026-03-01", to: "2026-04-01" });

  expect(summaryReply.parse(JSON.parse(told.text)).metrics[0]).toMatchObject({ count: 0 });
  await client.close();
});

test("without a key nobody is let in, and nonsense is refused", async () => {
  const nobody = await fetch(`${firsthand.address}/api/mcp`, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
  expect(nobody.status).toBe(401);

  const headers = { "content-type": "application/json", accept: "application/json, text/event-stream", authorization: `Bearer ${await keyWith(["metrics.read"])}` };
  for (const body of ["{}", "[]", "5", '{"jsonrpc":"2.0","id":1,"method":"no/such"}']) {
    const reply = await fetch(`${firsthand.address}/api/mcp`, { method: "POST", headers, body });
    expect(reply.status).toBeLessThan(500);
    await reply.text();
  }
  expect((await fetch(`${firsthand.address}/api/mcp`, { headers })).status).toBe(405);
});
