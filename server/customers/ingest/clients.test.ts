// The packages people really use, unmodified, against the real server.
import { Analytics as SegmentAnalytics } from "@segment/analytics-node";
import { Analytics as CustomerIoAnalytics } from "@customerio/cdp-analytics-node";
import RudderAnalytics from "@rudderstack/rudder-sdk-node";
import { CloudEvent, HTTP } from "cloudevents";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation, Organisation } from "../../firsthand.make.ts";

let installation: Installation;
let organisation: Organisation;
let address: string;
let writeKey: string;
beforeAll(async () => {
  installation = await makeInstallation({ listen: true });
  organisation = await installation.makeOrganisation();
  writeKey = await installation.makeWriteKey(organisation);
  address = installation.services.baseUrl();
});
afterAll(() => installation.stop());

type Row = { type: string; name: string; subject: string | null; userId: string | null; anonymousId: string | null; at: Date; receivedAt: Date; message: Record<string, unknown> };

const rowsOf = async (userId: string): Promise<Row[]> => {
  const { rows } = await installation.services.db.query<Row>(
    `select type, name, subject, user_id as "userId", anonymous_id as "anonymousId", at, received_at as "receivedAt", message
     from customers.interactions
     where workspace_id = $1 and (user_id = $2 or subject = $2)
     order by at, seq`,
    [organisation.workspaceId, userId],
  );
  return rows;
};
const HOUR_AGO = new Date(Date.now() - 3_600_000);
const expectFive = (rows: Row[], userId: string): void => {
  expect(rows.map(({ type, name }) => [type, name])).toEqual([
    ["identify", "identify"],
    ["track", "Order Completed"],
    ["page", "Prices"],
    ["group", "group"],
    ["alias", "alias"],
  ]);
  for (const row of rows) expect(row.subject).toBe(`user:${userId}`);
  const [identify, track, page] = rows;
  expect(identify?.message["traits"]).toEqual({ email: `${userId}@example.org`, plan: "gold" });
  expect(track?.message["properties"]).toEqual({ revenue: 12.5, note: "Zoë 😀 <script>" });
  // An hour ago by the sender's clock, corrected by at most the time the request took.
  for (const [index, row] of [identify, track, page].entries()) expect(Math.abs((row?.at.getTime() ?? 0) - (HOUR_AGO.getTime() + index))).toBeLessThan(1500);
};
const five = (userId: string) => ({
  identify: { userId, anonymousId: `${userId}-browser`, traits: { email: `${userId}@example.org`, plan: "gold" }, timestamp: HOUR_AGO },
  track: { userId, event: "Order Completed", properties: { revenue: 12.5, note: "Zoë 😀 <script>" }, timestamp: new Date(HOUR_AGO.getTime() + 1) },
  page: { userId, name: "Prices", timestamp: new Date(HOUR_AGO.getTime() + 2) },
  group: { userId, groupId: "acme", traits: { name: "Acme" }, timestamp: new Date(HOUR_AGO.getTime() + 3) },
  alias: { userId, previousId: `${userId}-old`, timestamp: new Date(HOUR_AGO.getTime() + 4) },
});

describe("the real clients", () => {
  test("@segment/analytics-node: every event arrives once, with the right person and time", async () => {
    const client = new SegmentAnalytics({ writeKey: writeKey, host: address });
    const given = five("segment-1");
    client.identify(given.identify);
    client.track(given.track);
    client.page(given.page);
    client.group(given.group);
    client.alias(given.alias);
    await client.closeAndFlush();
    expectFive(await rowsOf("segment-1"), "segment-1");
  });

  test("@customerio/cdp-analytics-node: every event arrives once, with the right person and time", async () => {
    const client = new CustomerIoAnalytics({ writeKey: writeKey, host: address });
    const given = five("customerio-1");
    client.identify(given.identify);
    client.track(given.track);
    client.page(given.page);
    client.group(given.group);
    client.alias(given.alias);
    await client.closeAndFlush();
    expectFive(await rowsOf("customerio-1"), "customerio-1");
  });

  test("@rudderstack/rudder-sdk-node: every event arrives once, gzipped under a wrong content type", async () => {
    const client = new RudderAnalytics(writeKey, { dataPlaneUrl: address, logLevel: "error" });
    const given = five("rudder-1");
    await new Promise<void>((resolve, reject) => {
      client.identify({ ...given.identify });
      client.track(given.track);
      client.page(given.page);
      client.group(given.group);
      client.alias(given.alias);
      client.flush((error) => (error ? reject(error) : resolve()));
    });
    await expect.poll(async () => (await rowsOf("rudder-1")).length).toBe(5);
    expectFive(await rowsOf("rudder-1"), "rudder-1");
  });

  test("cloudevents: binary, structured and batch", async () => {
    const make = (id: string) => new CloudEvent({ id, source: "/shop", type: "org.example.order.placed", subject: "user:cloud-1", time: HOUR_AGO.toISOString(), data: { amount: 3, note: "Zoë" } });
    const binary = HTTP.binary(make("1"));
    const structured = HTTP.structured(make("2"));
    const messages = [
      { headers: binary.headers, body: binary.body },
      { headers: structured.headers, body: structured.body },
      { headers: { "content-type": "application/cloudevents-batch+json" }, body: JSON.stringify([make("3"), make("4"), make("3")]) },
      { headers: binary.headers, body: binary.body },
    ];
    for (const message of messages) {
      const headers = new Headers();
      for (const [name, value] of Object.entries(message.headers)) headers.set(name, String(value));
      headers.set("authorization", `Bearer ${writeKey}`);
      const reply = await fetch(`${address}/v1/cloudevents`, { method: "POST", headers, body: String(message.body) });
      expect([reply.status, await reply.text()]).toEqual([200, '{"success":true}']);
    }
    const rows = await rowsOf("user:cloud-1");
    expect(rows.map((row) => [row.name, row.message["id"], row.at.toISOString(), row.message["data"]])).toEqual(
      ["1", "2", "3", "4"].map((id) => ["org.example.order.placed", id, HOUR_AGO.toISOString(), { amount: 3, note: "Zoë" }]),
    );
  });
});
