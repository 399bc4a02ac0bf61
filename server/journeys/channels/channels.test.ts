import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { insertInteractions } from "#customers";
import type { NewInteraction } from "#customers";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Client, Installation, Organisation } from "../../firsthand.make.ts";
import { activityReply, channelsReply, devicesReply, effortReply, switchesReply } from "./channels.contract.ts";

const clock = { now: () => new Date("2026-06-10T12:00:00Z") };
let installation: Installation;
let organisation: Organisation;
let stranger: Client;

const iPhone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148";
const desktop = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0";
const sentBy = (userAgent: string): string => JSON.stringify({ context: { userAgent } });
const of = (user: string, name: string, channel: string | null, at: string, more: Partial<NewInteraction> = {}): Partial<NewInteraction> =>
  ({ subject: `user:${user}`, userId: user, name, channel, at: `2026-${at}:00Z`, ...more });

// Four customers whose use of channels is counted by hand below. The last fact is of 9 June, 12:00.
const life = [
  of("1", "Product Viewed", "web", "06-01T10:00", { message: sentBy(iPhone) }), of("1", "faq", "web", "06-01T10:30", { message: sentBy(desktop) }),
  of("1", "Support call", "phone", "06-02T09:00"), of("1", "Support call", "phone", "06-02T09:30"), of("1", "Support call", "phone", "06-04T09:00"),
  of("2", "Application Opened", "app", "04-20T08:00", { message: JSON.stringify({ context: { device: { type: "ios" } } }) }),
  of("3", "Product Viewed", "web", "04-01T10:00", { message: "{}" }), of("3", "Email Opened", "email", "05-20T10:00"), of("3", "Chat Started", "chat", "06-09T12:00"),
  of("4", "Something", null, "05-01T09:00"), of("4", "Product Viewed", "web", "05-01T10:00"), of("4", "identify", "web", "05-01T10:01", { type: "identify" }),
];

beforeAll(async () => {
  installation = await makeInstallation({ clock });
  stranger = (await installation.makeOrganisation()).owner;
  organisation = await installation.makeOrganisation();
  await happen(organisation, ...life);
});
afterAll(() => installation.stop());

const happen = async ({ workspaceId }: Organisation, ...facts: Partial<NewInteraction>[]): Promise<void> => {
  await insertInteractions(installation.services.db, workspaceId, facts.map((fact) => makeInteraction(workspaceId, fact)));
  await installation.settle();
};
const read = async (path: string, who: Client = organisation.viewer): Promise<unknown> => {
  const reply = await who.ask("GET", path);
  expect(reply.status, reply.text).toBe(200);
  return reply.body;
};

describe("the use of channels", () => {
  test("counts meetings, customers, those who use one channel alone, self-service, human contact and who was last seen there", async () => {
    const reply = channelsReply.parse(await read("/api/channels"));

    expect(reply).toMatchObject({ meetings: 11, customers: 4, otherChannels: 0, silentDays: 30, observedUntil: "2026-06-09T12:00:00.000Z", touchpointsRead: { read: 11, all: 11 } });
    expect(reply.channels).toEqual([
      { channel: "web", meetings: 4, customers: 3, loneCustomers: 1, selfService: 1, human: 0, lastSeenBefore: 2, droppedOff: 2 },
      { channel: "phone", meetings: 3, customers: 1, loneCustomers: 0, selfService: 0, human: 3, lastSeenBefore: 0, droppedOff: 0 },
      { channel: "", meetings: 1, customers: 1, loneCustomers: 0, selfService: 0, human: 0, lastSeenBefore: 1, droppedOff: 0 },
      { channel: "app", meetings: 1, customers: 1, loneCustomers: 1, selfService: 0, human: 0, lastSeenBefore: 1, droppedOff: 1 },
      { channel: "chat", meetings: 1, customers: 1, loneCustomers: 0, selfService: 0, human: 1, lastSeenBefore: 0, droppedOff: 0 },
      { channel: "email", meetings: 1, customers: 1, loneCustomers: 0, selfService: 0, human: 0, lastSeenBefore: 0, droppedOff: 0 },
    ]);
  });

  test("looks beyond the end of the period for who came back", async () => {
    // The customer of 1 April came back on 20 May, 49 days later; the one of 1 May met the web an hour after.
    const { channels } = channelsReply.parse(await read("/api/channels?from=2026-03-20&to=2026-05-01T09:30:00Z"));

    expect(channels.map(({ channel, lastSeenBefore, droppedOff }) => [channel, lastSeenBefore, droppedOff])).toEqual([["", 1, 0], ["app", 1, 1], ["web", 1, 1]]);
  });

  test("goes by what the register says of a touchpoint", async () => {
    const own = await installation.makeOrganisation();
    await happen(own, of("1", "Advice", "store", "06-01T10:00"), of("1", "Product Viewed", "web", "06-01T10:00"), of("1", "Call back", "phone", "06-02T10:00"));
    expect((await own.manager.ask("POST", "/api/touchpoints", { name: "Advice", kind: "shop", nature: "human" })).status).toBe(201);
    expect((await own.manager.ask("POST", "/api/touchpoints", { name: "Product page", kind: "self_service" })).status).toBe(201);
    expect((await own.manager.ask("POST", "/api/touchpoints", { name: "Call back", kind: "support", initiator: "organisation" })).status).toBe(201);

    const { channels } = channelsReply.parse(await read("/api/channels", own.viewer));
    expect(channels.map(({ channel, selfService, human }) => [channel, selfService, human])).toEqual([["phone", 0, 1], ["store", 0, 1], ["web", 1, 0]]);
    // Nobody turned to support by going to the shop or by being called back.
    expect(effortReply.parse(await read("/api/channel-effort", own.viewer))).toMatchObject({ all: { contacts: 0 }, touchpoints: [] });
  });

  test("is empty and says so where nothing happened, and refuses periods and segments that cannot be", async () => {
    expect(channelsReply.parse(await read("/api/channels", stranger))).toMatchObject({ meetings: 0, customers: 0, channels: [], observedUntil: null });
    expect(effortReply.parse(await read("/api/channel-effort", stranger))).toMatchObject({ all: { contacts: 0 }, channels: [] });
    expect(devicesReply.parse(await read("/api/channel-devices", stranger)).channels).toEqual([]);
    expect((await organisation.viewer.ask("GET", "/api/channels?from=2026-05-01&to=2026-05-01")).body).toMatchObject({ error: { code: "journey_period_empty" } });
    expect((await organisation.viewer.ask("GET", `/api/channel-activity?segment=${organisation.workspaceId}`)).body).toMatchObject({ error: { code: "journey_segment_missing" } });
    expect((await organisation.viewer.ask("GET", "/api/channel-switches?gapDays=0")).status).toBe(400);
    expect((await installation.nobody.ask("GET", "/api/channels")).status).toBe(401);
  });

  test("shows the fifty most used of thousands of channels, whatever they are called", async () => {
    const own = await installation.makeOrganisation();
    const facts = Array.from({ length: 3_000 }, (_, index) => of("1", "Ping", `<script>${index}</script>`, "06-01T10:00"));
    await happen(own, ...facts, of("2", "Ping", "web", "06-01T10:00"), of("2", "Ping", "web", "06-01T10:00"));

    const reply = channelsReply.parse(await read("/api/channels", own.viewer));
    expect(reply.channels).toHaveLength(50);
    expect(reply).toMatchObject({ meetings: 3_002, otherChannels: 2_951 });
    expect(reply.channels.slice(0, 2)).toMatchObject([{ channel: "web", meetings: 2 }, { channel: "<script>0</script>" }]);
    const switches = switchesReply.parse(await read("/api/channel-switches", own.viewer));
    expect(switches.channels).toHaveLength(20);
    expect(switches.moves.reduce((sum, { moves }) => sum + moves, 0) + switches.otherMoves).toBe(3_000);
  });
});

describe("moves between channels", () => {
  test("follow each other within a journey, whose gap can be chosen", async () => {
    expect(switchesReply.parse(await read("/api/channel-switches"))).toMatchObject({
      gapDays: 7, channels: ["phone", "web"], otherMoves: 0,
      moves: [{ from: "phone", to: "phone", moves: 2, customers: 1 }, { from: "web", to: "phone", moves: 1, customers: 1 }, { from: "web", to: "web", moves: 1, customers: 1 }],
    });
    const wider = switchesReply.parse(await read("/api/channel-switches?gapDays=30"));
    expect(wider.moves).toContainEqual({ from: "email", to: "chat", moves: 1, customers: 1 });
    expect(wider.moves).toHaveLength(4);
  });
});

describe("contact effort", () => {
  test("counts a talk once, and a second one within a week as repeated", async () => {
    expect(effortReply.parse(await read("/api/channel-effort"))).toMatchObject({
      activeCustomers: 4, repeatDays: 7, touchpoints: ["Support call", "Support chat"],
      all: { contacts: 3, customers: 2, judged: 1, repeated: 1 },
      channels: [{ channel: "phone", contacts: 2, customers: 1, judged: 1, repeated: 1 }, { channel: "chat", contacts: 1, customers: 1, judged: 0, repeated: 0 }],
    });
  });
});

describe("devices", () => {
  test("are read from a sample, and those that say nothing are not guessed", async () => {
    const { channels } = devicesReply.parse(await read("/api/channel-devices"));
    expect(channels).toContainEqual({ channel: "web", sampled: 4, known: 2, mobile: 1 });
    expect(channels).toContainEqual({ channel: "app", sampled: 1, known: 1, mobile: 1 });
    expect(channels).toContainEqual({ channel: "phone", sampled: 3, known: 0, mobile: 0 });
  });
});

describe("where and when customers are active", () => {
  let segmentId: string;
  beforeAll(async () => {
    const segments = await organisation.manager.ask("POST", "/api/segments", { kind: "list", name: "<i>Callers</i>" });
    segmentId = String(Reflect.get(Object(segments.body), "id"));
    await organisation.manager.ask("POST", `/api/segments/${segmentId}/entries`, { identifiers: ["1"] });
  });

  test("is told for everybody and for segments, by channel and by hour of the week", async () => {
    const { groups, channels } = activityReply.parse(await read(`/api/channel-activity?segment=${segmentId}`));

    expect(channels).toEqual(["web", "phone", "", "app", "chat", "email"]);
    expect(groups.map(({ segment, customers, meetings }) => [segment?.name ?? null, customers, meetings])).toEqual([[null, 4, 11], ["<i>Callers</i>", 1, 5]]);
    expect(groups[1]?.byChannel).toEqual([{ channel: "phone", customers: 1, meetings: 3 }, { channel: "web", customers: 1, meetings: 2 }]);
    // 1 June 2026 is a Monday.
    expect(groups[1]?.byHour.flatMap((count, hour) => (count === 0 ? [] : [[hour, count]]))).toEqual([[10, 2], [24 + 9, 2], [3 * 24 + 9, 1]]);
    expect(activityReply.parse(await read("/api/channel-activity")).groups.map(({ segment }) => segment?.name ?? null)).toContain("<i>Callers</i>");
  });

  test("goes by the workspace's clock", async () => {
    expect((await organisation.owner.ask("PATCH", "/api/workspace", { timeZone: "Asia/Tokyo" })).status).toBe(200);
    const { groups, timeZone } = activityReply.parse(await read(`/api/channel-activity?segment=${segmentId}`));
    await organisation.owner.ask("PATCH", "/api/workspace", { timeZone: "UTC" });

    expect(timeZone).toBe("Asia/Tokyo");
    expect(groups[1]?.byHour.flatMap((count, hour) => (count === 0 ? [] : [[hour, count]]))).toEqual([[19, 2], [24 + 18, 2], [3 * 24 + 18, 1]]);
  });

  test("tells a key that may not see segments nothing of them", async () => {
    const token = await installation.makeApiKey(organisation, ["touchpoints.read"]);
    const reply = await installation.nobody.ask("GET", `/api/channel-activity?segment=${segmentId}`, undefined, { authorization: `Bearer ${token}` });
    expect(activityReply.parse(reply.body).groups.map(({ segment }) => segment)).toEqual([null]);
  });
});
