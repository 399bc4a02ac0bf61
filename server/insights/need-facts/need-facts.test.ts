import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { insertInteractions, type NewInteraction } from "#customers";
import { enqueue } from "#platform/jobs";
import { makeInteraction } from "../../customers/interactions/interactions.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { needFactCasesReply, needFactCourseReply, needFactGroupsReply, needFactSettingsReply, needFactsReply, type MeasureName, type NeedFact } from "./need-facts.contract.ts";

let firsthand: Installation;
let organisation: Organisation;

const now = new Date("2026-06-30T12:00:00Z");

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => now } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
});

type Fact = Partial<NewInteraction> & { properties?: Record<string, unknown> };
const fact = (customer: string, at: string, name: string, properties: Record<string, unknown> = {}, given: Partial<NewInteraction> = {}): Fact => ({
  subject: `user:${customer}`, userId: customer, at: at.length === 10 ? `${at}T12:00:00.000Z` : at, name, properties, ...given,
});
const add = async (facts: readonly Fact[]): Promise<void> => {
  const rows = [...facts, fact("last", "2026-06-29", "Irrelevant")].map(({ properties, ...one }) => makeInteraction(organisation.workspaceId, { ...one, message: JSON.stringify({ properties }) }));
  await insertInteractions(firsthand.services.db, organisation.workspaceId, rows);
  await firsthand.settle();
};
const people = (count: number): string[] => Array.from({ length: count }, (_, index) => `c${index}`);
const may = "from=2026-05-01&to=2026-06-01";
const measured = async (measure: MeasureName, query = may): Promise<NeedFact | undefined> => {
  const reply = await organisation.viewer.ask("GET", `/api/need-facts?${query}`);
  expect(reply.status, reply.text).toBe(200);
  return needFactsReply.parse(reply.body).measures.find((one) => one.measure === measure);
};
const set = async (body: object) => needFactSettingsReply.parse((await organisation.manager.ask("PUT", "/api/need-facts/settings", body)).body);

describe("what happened", () => {
  test("is nothing where there are no facts, and names no number for fewer than five cases", async () => {
    expect(await measured("promise_late")).toMatchObject({ count: 0, over: null, facts: [] });
    organisation = await firsthand.makeOrganisation();
    await add(people(3).map((one) => fact(one, "2026-05-04", "Support call")));
    expect(await measured("repeated_contacts")).toMatchObject({ count: 3, over: null, facts: ["Support call"] });
  });

  test("counts coming back on one matter within a week, and changing the channel meanwhile", async () => {
    await add([
      ...people(8).map((one) => fact(one, "2026-05-04", "Support call", { reason: "bill" }, { channel: "phone" })),
      // Two come back in time, one of them elsewhere; one too late; one on another matter.
      fact("c0", "2026-05-08", "Support call", { reason: "bill" }, { channel: "phone" }), fact("c1", "2026-05-09", "Chat Started", { reason: "bill" }, { channel: "chat" }),
      fact("c1", "2026-05-14", "Support call", { reason: "bill" }, { channel: "phone" }), fact("c2", "2026-05-12", "Support call", { reason: "bill" }), fact("c3", "2026-05-05", "Support call", { reason: "login" }),
      ...["c4", "c5", "c6"].map((one) => fact(one, "2026-05-05", "Support call", { reason: "bill" }, { channel: "phone" })),
    ]);
    expect(await measured("repeated_contacts")).toMatchObject({ count: 10, over: { count: 5, share: 0.5 } });
    expect(await measured("channel_switches")).toMatchObject({ count: 5, over: { count: 1 }, median: 0 });
  });

  test("tells what was promised from when it came, to the end of the day, and what never came", async () => {
    const order = (one: string, delivered: string | null): Fact[] => [
      fact(one, "2026-05-04", "Order Completed", { order_id: one, promised_delivery_date: "2026-05-08" }), fact(one, "2026-05-05", "Order Shipped", { order_id: one, promised_delivery_date: "2026-05-08" }),
      ...(delivered === null ? [] : [fact(one, delivered, "Order Delivered", { order_id: one, promised_delivery_date: "2026-05-08" })]),
    ];
    await add([...people(6).flatMap((one) => order(one, "2026-05-08T23:30:00.000Z")), ...order("early", "2026-05-06"), ...order("late", "2026-05-11T00:00:00.000Z"), ...order("never", null),
      // Ordered as a stranger, delivered to somebody known: one order all the same.
      { ...fact("wanderer", "2026-05-04", "Order Completed", { order_id: "wanderer", promised_delivery_date: "2026-05-08" }), subject: "anonymous:wanderer-device", userId: null, anonymousId: "wanderer-device" },
      fact("wanderer", "2026-05-06", "Order Delivered", { order_id: "wanderer", promised_delivery_date: "2026-05-08" }),
    ]);
    expect(await measured("promise_late")).toMatchObject({ facts: ["Order Delivered"], count: 10, over: { count: 2 } });
    expect(await measured("promise_off")).toMatchObject({ count: 10, over: { count: 4 } });
    // From the fifth to the eleventh nobody told the late one anything.
    expect(await measured("longest_silence")).toMatchObject({ count: 10, over: { count: 8 }, limit: 3 });
    const cases = needFactCasesReply.parse((await organisation.viewer.ask("GET", `/api/need-facts/cases?${may}&measure=promise_late&limit=1`)).body);
    expect(cases.items).toMatchObject([{ at: "2026-05-09T00:00:00.000Z" }]);
    expect(cases.items[0]?.value).toBeCloseTo(51.5, 1);
    const next = needFactCasesReply.parse((await organisation.viewer.ask("GET", `/api/need-facts/cases?${may}&measure=promise_late&limit=1&cursor=${cases.nextCursor ?? ""}`)).body);
    expect(next).toMatchObject({ items: [{ value: 2 }], nextCursor: null });
    expect((await organisation.viewer.ask("GET", `/api/need-facts/cases?${may}&measure=promise_late&cursor=x`)).body).toMatchObject({ error: { code: "need_facts_cursor_wrong" } });
  });

  test("counts steps to a goal, questions asked again, waiting for a remedy, and what was not solved after all", async () => {
    await add([
      fact("first", "2026-04-06", "Irrelevant"),
      ...people(5).flatMap((one) => [0, 1, 2].map((minute) => fact(one, `2026-05-04T10:0${minute}:00.000Z`, minute === 2 ? "Order Completed" : "Product Viewed", { order_id: one }))),
      ...people(5).map((one) => fact(one, "2026-05-06", "How are we doing?", {}, { type: "response" })), fact("c0", "2026-05-20", "How are we doing?", {}, { type: "response" }),
      ...people(5).map((one) => fact(one, "2026-05-07", "Return Received", { order_id: one })), ...people(4).map((one, index) => fact(one, index === 0 ? "2026-05-21" : "2026-05-09", "Order Refunded", { order_id: one })),
      ...people(5).map((one) => fact(one, "2026-05-10", "Support call", { reason: "bill", solved: true })), fact("c1", "2026-05-20", "Support call", { reason: "bill", solved: false }),
    ]);
    expect(await measured("steps_to_goal")).toMatchObject({ count: 5, median: 3, over: { count: 0 } });
    expect(await measured("asked_again")).toMatchObject({ count: 6, over: { count: 1 }, median: null });
    // One was put right after fourteen days, one never.
    expect(await measured("time_to_remedy")).toMatchObject({ count: 5, median: 2, over: { count: 2 } });
    expect(await measured("reopened")).toMatchObject({ count: 5, over: { count: 1 } });
  });

  test("counts questions only once there are facts of the thirty days before, so that their share does not grow by itself", async () => {
    const asked = (day: string): Fact[] => people(5).map((one) => fact(one, day, "How are we doing?", {}, { type: "response" }));
    await add([...asked("2026-04-20"), ...asked("2026-05-05"), ...asked("2026-05-19"), ...asked("2026-05-25")]);
    expect(await measured("asked_again")).toMatchObject({ count: 5, over: { count: 5 } });
  });

  test("is compared with the period before", async () => {
    const calls = (month: string, again: number): Fact[] => people(60).flatMap((one, index) => [fact(one, `2026-${month}-03`, "Support call"), ...(index < again ? [fact(one, `2026-${month}-05`, "Support call")] : [])]);
    await add([...calls("04", 6), ...calls("05", 30)]);
    const repeated = await measured("repeated_contacts");
    expect(repeated?.change).toMatchObject({ previousCount: 60, previousShare: 0.1, isSignificant: true });
    expect(repeated?.change?.difference).toBeCloseTo(0.4, 9);
  });
});

describe("narrowed and split", () => {
  /** Returns of so many days from the first of May on, each put right after some days. */
  const returned = (place: string, days: number, waitDays: number): Fact[] => Array.from({ length: days }, (_, day) => [0, 1].flatMap((one): Fact[] => {
    const [who, dayMs] = [`${place} ${day} ${one}`, 86_400_000];
    const at = (after: number): string => new Date(Date.parse("2026-05-01T12:00:00Z") + (day + after) * dayMs).toISOString();
    // Where it is put right is not where it happened.
    return [fact(who, at(0), "Return Received", { order_id: who }, { touchpoint: place, channel: place === "Shop" ? "shop" : "web" }), fact(who, at(waitDays), "Order Refunded", { order_id: who }, { touchpoint: "Back office" })];
  })).flat();

  test("a case counts where the fact stands with which it began: as a filter, and as a group against the others", async () => {
    await add([...returned("Shop", 22, 14), ...returned("Web", 20, 2), ...returned("Kiosk", 1, 2)]);
    expect(await measured("time_to_remedy")).toMatchObject({ count: 86, over: { count: 44 } });
    expect(await measured("time_to_remedy", `${may}&touchpoint=Shop`)).toMatchObject({ count: 44, over: { count: 44 } });
    expect(await measured("time_to_remedy", `${may}&channel=web`)).toMatchObject({ count: 42, over: { count: 0 } });
    expect(await measured("time_to_remedy", `${may}&touchpoint=Back office`)).toMatchObject({ count: 0 });
    const cases = needFactCasesReply.parse((await organisation.viewer.ask("GET", `/api/need-facts/cases?${may}&measure=time_to_remedy&touchpoint=Shop&limit=100`)).body);
    expect(cases.items).toHaveLength(44);

    const split = await organisation.viewer.ask("GET", `/api/need-facts/groups?${may}&measure=time_to_remedy&by=touchpoint`);
    const { groups, total, hiddenGroups } = needFactGroupsReply.parse(split.body);
    // Two people at the kiosk, and whoever would tell of them.
    expect([total.count, hiddenGroups, groups.map(({ value, count, over, versusRest }) => [value, count, over.share, versusRest?.isDifferent])]).toEqual([86, 2, [["Shop", 44, 1, true]]]);
  });

  test("by segments and traits of customers, for whoever may see these", async () => {
    await add([...returned("Shop", 8, 14), ...returned("Web", 8, 2)]);
    const people = (name: string, operator: string) => organisation.manager.ask("POST", "/api/segments", { kind: "live", name, rule: { match: "all", conditions: [{ kind: "trait", name: "plan", operator, ...(operator === "is" ? { value: "gold" } : {}) }] } });
    expect((await people("Gold", "is")).status).toBe(201);
    const bySegment = needFactGroupsReply.parse((await organisation.viewer.ask("GET", `/api/need-facts/groups?${may}&measure=time_to_remedy&by=segment`)).body);
    expect(bySegment).toMatchObject({ total: { count: 32, over: { count: 16 } }, groups: [], overlaps: true });
    const byTrait = needFactGroupsReply.parse((await organisation.viewer.ask("GET", `/api/need-facts/groups?${may}&measure=time_to_remedy&by=trait:plan`)).body);
    expect(byTrait.groups).toMatchObject([{ value: null, count: 32, over: { count: 16 }, versusRest: null }]);
    const authorization = `Bearer ${await firsthand.makeApiKey(organisation, ["need-facts.read"])}`;
    for (const url of [`groups?measure=reopened&by=trait:plan`, "course?measure=reopened&trait=plan=gold", "?trait=plan=gold"])
      expect((await firsthand.nobody.ask("GET", `/api/need-facts${url.startsWith("?") ? "" : "/"}${url}`, undefined, { authorization })).body).toMatchObject({ error: { code: "not_allowed" } });
  });

  test("forty cases of one customer are one voice: in intervals, against the others, and against the period before", async () => {
    const given = (who: string, day: string, order: string, waitDays: number, channel: string): Fact[] => [
      fact(who, day, "Return Received", { order_id: order }, { channel }), fact(who, new Date(Date.parse(day) + waitDays * 86_400_000).toISOString(), "Order Refunded", { order_id: order }, { channel }),
    ];
    const each = (month: string, channel: string, count: number, overCount: number): Fact[] => people(count).flatMap((one, place) => given(`${channel} ${one}`, `2026-${month}-04`, `${channel} ${month} ${place}`, place < overCount ? 14 : 2, channel));
    const often = (count: number): Fact[] => Array.from({ length: count }, (_, place) => given("often", "2026-05-04", `often ${place}`, 14, "shop")).flat();
    await add([...each("04", "shop", 12, 1), ...each("04", "web", 60, 6), ...each("05", "shop", 12, 1), ...each("05", "web", 60, 6), ...often(40)]);

    const remedy = await measured("time_to_remedy");
    expect(remedy).toMatchObject({ count: 112, over: { count: 47 }, change: null });
    // As of 112 customers it would be 33 to 51 percent.
    expect(remedy?.over?.low).toBeLessThan(0.2);
    expect(remedy?.over?.high).toBeGreaterThan(0.6);
    const byChannel = needFactGroupsReply.parse((await organisation.viewer.ask("GET", `/api/need-facts/groups?${may}&measure=time_to_remedy&by=channel`)).body);
    expect(byChannel.groups.map(({ value, count, versusRest }) => [value, count, versusRest])).toEqual([["web", 60, null], ["shop", 52, null]]);
    const course = needFactCourseReply.parse((await organisation.viewer.ask("GET", `/api/need-facts/course?${may}&measure=time_to_remedy&bucket=month`)).body);
    expect(course.points).toMatchObject([{ count: 112, over: { low: remedy?.over?.low, high: remedy?.over?.high } }]);
  });

  test("a customer of several groups counts in each and in their rest", async () => {
    const one = (who: string, order: string, channel: string): Fact[] => [fact(who, "2026-05-04", "Return Received", { order_id: order }, { channel }), fact(who, channel === "shop" ? "2026-05-20" : "2026-05-05", "Order Refunded", { order_id: order }, { channel })];
    await add(people(30).flatMap((who) => [...one(who, `${who} shop`, "shop"), ...one(who, `${who} web`, "web")]));
    const byChannel = needFactGroupsReply.parse((await organisation.viewer.ask("GET", `/api/need-facts/groups?${may}&measure=time_to_remedy&by=channel`)).body);
    expect(byChannel.groups.map(({ count, over, versusRest }) => [count, over.share, versusRest?.isDifferent])).toEqual([[30, 1, true], [30, 0, true]]);
    // All together thirty customers, not sixty.
    expect(byChannel.total).toMatchObject({ count: 60, over: { count: 30 } });
    expect(byChannel.total.over?.low).toBeCloseTo(0.3315, 3);
  });

  test("over time every case is looked at with the same time behind it", async () => {
    await add([...returned("Shop", 21, 14), ...returned("Web", 21, 2)]);
    const course = async (query: string) => needFactCourseReply.parse((await organisation.viewer.ask("GET", `/api/need-facts/course?${query}`)).body);
    const remedy = await course(`${may}&measure=time_to_remedy&bucket=week`);
    expect(remedy).toMatchObject({ bucket: "week", ageDays: null, ripeUntil: "2026-06-19T12:00:00.001Z" });
    expect(remedy.points.map(({ count, over }) => [count, over?.share ?? null])).toEqual([[12, 0.5], [28, 0.5], [28, 0.5], [16, 0.5], [0, null]]);
    const shop = await course(`${may}&measure=time_to_remedy&bucket=week&touchpoint=Shop`);
    expect(shop.points.map(({ over }) => over?.share ?? null)).toEqual([1, 1, 1, 1, null]);
    await set({ opened: ["Return Received"], closed: ["Order Refunded"], limits: { longest_silence: 3 } });
    const silence = await course(`${may}&measure=longest_silence&bucket=week`);
    expect([silence.ageDays, silence.points[0]?.over?.share]).toEqual([10, 0.5]);
  });

  const note = async (): Promise<void> => {
    const { workspaceId } = organisation;
    await enqueue(firsthand.services.db, "need_facts.note", { workspaceId }, { key: workspaceId });
    await vi.waitUntil(async () => (await firsthand.services.db.query("select from graphile_worker._private_jobs where key = $1", [workspaceId])).rowCount === 0, { timeout: 30_000, interval: 20 });
  };
  const countNoted = async (): Promise<number> => Number((await firsthand.services.db.query("select count(*) from insights.need_fact_bases where workspace_id = $1", [organisation.workspaceId])).rows[0]?.count);

  test("what it is counted from is noted by the clock, and not by looking; it is marked where it became another, not where two noted the same at once", async () => {
    await add(returned("Shop", 21, 14));
    const course = async () => needFactCourseReply.parse((await organisation.viewer.ask("GET", `/api/need-facts/course?${may}&measure=time_to_remedy&bucket=day`)).body);
    const { limit } = await course();
    expect(await countNoted()).toBe(0);
    await note();
    const noted = await countNoted();
    expect(noted).toBeGreaterThan(0);
    await note();
    expect(await countNoted()).toBe(noted);

    await firsthand.services.db.query(
      `insert into insights.need_fact_bases (workspace_id, measure, noted_at, facts, case_limit)
       select workspace_id, measure, noted_at - make_interval(days => days_before, secs => later * 0.001), facts, case_limit + more
       from insights.need_fact_bases, (values (40, 1, 2), (40, 0, 2), (35, 1, 0), (35, 0, 0)) given (days_before, later, more)
       where workspace_id = $1`,
      [organisation.workspaceId],
    );

    expect((await course()).breaks).toMatchObject([{ at: "2026-05-26T00:00:00.000Z", before: { limit: limit + 2 }, after: { limit } }]);
  });
});

describe("the last days", () => {
  const dayMs = 86_400_000;
  const june = "from=2026-06-01&to=2026-07-01";
  /** From 1 May on the same happens every day: to three customers what goes well, to three what does not. Nothing is known of after noon on 29 June. */
  const everyDay = (happens: (one: string, at: (days: number) => string, isWell: boolean) => Fact[]): Fact[] =>
    Array.from({ length: 60 }, (_, day) => day).flatMap((day) =>
      people(6).flatMap((one, index) => happens(`${one} ${day}`, (days) => new Date(Date.parse("2026-05-01T12:00:00Z") + (day + days) * dayMs).toISOString(), index < 3)))
      .filter(({ at }) => at !== undefined && at <= "2026-06-29T12:00:00.000Z");

  test("do not look better for what has had no time to be put right", async () => {
    await add(everyDay((one, at, isWell) => [fact(one, at(0), "Return Received", { order_id: one }), fact(one, at(isWell ? 2 : 12), "Order Refunded", { order_id: one })]));
    // Returns up to 19 June are ten days old.
    const remedy = await measured("time_to_remedy", june);
    expect(remedy).toMatchObject({ count: 19 * 6, over: { count: 19 * 3, share: 0.5 }, change: { previousCount: 31 * 6, previousShare: 0.5, difference: 0, isSignificant: false } });
  });

  test("do not look better for promises that are not over the limit yet", async () => {
    await add(everyDay((one, at, isWell) => {
      const promise = { order_id: one, promised_delivery_date: at(1) };
      return [fact(one, at(0), "Order Completed", promise), fact(one, at(0.5), "Order Shipped", promise), fact(one, at(isWell ? 1 : 7), "Order Delivered", promise)];
    }));
    await set({ limits: { promise_late: 4 } });
    const late = await measured("promise_late", june);
    expect(late?.over?.share).toBeCloseTo(0.5, 9);
    expect(late?.change).toMatchObject({ difference: 0, isSignificant: false });
  });

  test("are compared with days before as these looked at that age, where a silence may yet come", async () => {
    await add(everyDay((one, at, isWell) => [fact(one, at(0), "Order Completed", { order_id: one }), fact(one, at(isWell ? 1 : 9), "Order Delivered", { order_id: one })]));
    await set({ opened: ["Order Completed"], closed: ["Order Delivered"], limits: { longest_silence: 5 } });
    const silence = await measured("longest_silence", june);
    // Of the last five days nobody has waited too long yet, in June as in the May of then.
    expect(silence?.over?.share).toBeLessThan(0.45);
    expect(silence?.change?.difference).toBeCloseTo(0, 9);
    expect(silence?.change?.isSignificant).toBe(false);
  });

  test("count those who come back as those before did", async () => {
    await add(everyDay((one, at, isWell) => [fact(one, at(0), "Support call"), ...(isWell ? [] : [fact(one, at(6), "Support call"), fact(one, at(12), "Support call")])]));
    const repeated = await measured("repeated_contacts", june);
    expect(repeated).toMatchObject({ over: { share: 0.5 }, change: { previousShare: 0.5, difference: 0 } });
  });
});

describe("which facts are looked at", () => {
  test("is guessed, can be chosen by who may, and is guessed again where nothing is chosen", async () => {
    await add(people(6).flatMap((one) => [fact(one, "2026-05-04", "Besuch"), fact(one, "2026-05-06", "Besuch")]));
    expect(await measured("repeated_contacts")).toMatchObject({ facts: [] });
    expect(await set({ contacts: ["Besuch"], limits: { repeated_contacts: 1 } })).toMatchObject({ chosen: ["contacts", "limits"], settings: { contacts: ["Besuch"], limits: { repeated_contacts: 1, promise_late: 0 } } });
    expect(await measured("repeated_contacts")).toMatchObject({ count: 6, limit: 1, over: { count: 0 } });
    expect(await set({})).toMatchObject({ chosen: [], settings: { contacts: [] } });
    expect((await organisation.viewer.ask("PUT", "/api/need-facts/settings", {})).status).toBe(403);
  });
});
