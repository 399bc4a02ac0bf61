import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { page } from "#platform/http";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { annotation, type Annotation } from "./annotations.contract.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation();
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
});

const note = async (day: string, title = "Irrelevant"): Promise<Annotation> => {
  const reply = await organisation.manager.ask("POST", "/api/annotations", { day, title });
  expect(reply.status, reply.text).toBe(201);
  return annotation.parse(reply.body);
};
const list = async (query = "", who: Client = organisation.viewer) => {
  const reply = await who.ask("GET", `/api/annotations${query}`);
  expect(reply.status, reply.text).toBe(200);
  return page(annotation).parse(reply.body);
};
const daysOf = (items: readonly Annotation[]): string[] => items.map(({ day }) => day);

describe("a note on a day", () => {
  test("is seen by everyone of the workspace, on the day it was written for, whatever the time zone", async () => {
    await organisation.owner.ask("PATCH", "/api/workspace", { timeZone: "Pacific/Auckland" });
    const added = await note("2026-03-29", "  New price list ");

    const { items, nextCursor } = await list();

    expect(items).toEqual([added]);
    expect(added).toMatchObject({ day: "2026-03-29", title: "New price list" });
    expect(nextCursor).toBeNull();
  });

  test("is not seen from another workspace, and cannot be taken away from there", async () => {
    const { id } = await note("2026-05-01");
    const stranger = await firsthand.makeOrganisation();

    expect((await list("", stranger.owner)).items).toEqual([]);
    expect((await stranger.owner.ask("DELETE", `/api/annotations/${id}`)).status).toBe(404);
    expect((await list()).items).toHaveLength(1);
  });

  test("goes when it is taken away, once", async () => {
    const { id } = await note("2026-05-01");

    expect((await organisation.manager.ask("DELETE", `/api/annotations/${id}`)).status).toBe(204);
    expect((await organisation.manager.ask("DELETE", `/api/annotations/${id}`)).status).toBe(404);
    expect((await list()).items).toEqual([]);
  });

  test("says who wrote it and who changed it, its days and its words, and comes back as it was", async () => {
    const { id, writtenBy } = await note("2026-05-01", "Campaign");
    const change = (body: object, who: Client = organisation.admin) => who.ask("PATCH", `/api/annotations/${id}`, body);
    const changed = annotation.parse((await change({ lastDay: "2026-05-20", title: "  Spring campaign " })).body);
    expect(changed).toMatchObject({ day: "2026-05-01", lastDay: "2026-05-20", title: "Spring campaign", writtenBy, changedAt: expect.any(String) });
    expect([writtenBy, changed.changedBy].map((name) => name?.includes("manager"))).toEqual([true, false]);
    expect(await change({ lastDay: "2026-05-01" })).toMatchObject({ status: 400, body: { error: { code: "annotation_days_wrong" } } });
    expect(await change({ day: "2026-05-21" })).toMatchObject({ status: 400, body: { error: { code: "annotation_days_wrong" } } });
    expect(annotation.parse((await change({ day: "2026-05-21", lastDay: null })).body)).toMatchObject({ day: "2026-05-21", lastDay: null, title: "Spring campaign" });
    const before = (await list()).items;
    const key = await firsthand.makeApiKey(organisation, ["annotations.read"]);
    const untold = await firsthand.nobody.ask("GET", "/api/annotations", undefined, { authorization: `Bearer ${key}` });
    expect(page(annotation).parse(untold.body).items).toEqual(before.map((one) => ({ ...one, writtenBy: null, changedBy: null })));

    expect((await organisation.manager.ask("POST", `/api/annotations/${id}/restoration`)).status).toBe(404);
    await organisation.manager.ask("DELETE", `/api/annotations/${id}`);
    expect(await change({ title: "Irrelevant" })).toMatchObject({ status: 404 });
    const stranger = await firsthand.makeOrganisation();
    expect((await stranger.owner.ask("POST", `/api/annotations/${id}/restoration`)).status).toBe(404);
    expect((await organisation.admin.ask("POST", `/api/annotations/${id}/restoration`)).status).toBe(201);
    expect((await list()).items).toEqual(before);
    expect((await stranger.owner.ask("PATCH", `/api/annotations/${id}`, { title: "Theirs" })).status).toBe(404);
    for (const who of [organisation.agent, organisation.viewer]) expect((await change({ title: "Irrelevant" }, who)).status).toBe(403);
  });

  test("that was taken away is forgotten in time", async () => {
    const [old, { id }] = [await note("2026-05-01"), await note("2026-05-02")];
    await organisation.manager.ask("DELETE", `/api/annotations/${old.id}`);
    await firsthand.services.db.query("update insights.annotations set deleted_at = now() - interval '31 days' where id = $1", [old.id]);
    // Also where nobody has taken another one away since, which forgets the old ones.
    expect((await organisation.manager.ask("POST", `/api/annotations/${old.id}/restoration`)).status).toBe(404);
    await organisation.manager.ask("DELETE", `/api/annotations/${id}`);

    expect((await organisation.manager.ask("POST", `/api/annotations/${old.id}/restoration`)).status).toBe(404);
    expect((await organisation.manager.ask("POST", `/api/annotations/${id}/restoration`)).status).toBe(201);
  });

  test("says so where there is no room for it any more", async () => {
    const { id } = await note("2026-05-01");
    await organisation.manager.ask("DELETE", `/api/annotations/${id}`);
    await firsthand.services.db.query(
      "insert into insights.annotations (workspace_id, id, day, title, created_at) select $1, gen_random_uuid(), '2026-05-02', 'Irrelevant', now() from generate_series(1, 2000)", [organisation.workspaceId]);

    expect(await organisation.manager.ask("POST", `/api/annotations/${id}/restoration`)).toMatchObject({ status: 409, body: { error: { code: "annotation_limit" } } });
  });

  test("tells screens that are open", async () => {
    const { id } = await note("2026-05-01");
    await organisation.manager.ask("DELETE", `/api/annotations/${id}`);

    const { rows } = await firsthand.services.db.query<{ name: string }>("select name from platform.events where workspace_id = $1 and name like 'annotation.%' order by id", [organisation.workspaceId]);

    expect(rows.map(({ name }) => name)).toEqual(["annotation.added", "annotation.removed"]);
  });

  test("is for managers to write", async () => {
    const { id } = await note("2026-05-01");
    for (const who of [organisation.agent, organisation.viewer]) {
      expect((await who.ask("POST", "/api/annotations", { day: "2026-05-02", title: "Irrelevant" })).status).toBe(403);
      expect((await who.ask("DELETE", `/api/annotations/${id}`)).status).toBe(403);
    }
    expect((await list()).items).toHaveLength(1);
  });

  test.each([
    ["no day", { title: "Irrelevant" }], ["a day that does not exist", { day: "2026-02-30", title: "Irrelevant" }], ["no title", { day: "2026-05-01", title: "  " }],
    ["two lines", { day: "2026-05-01", title: "One\nTwo" }], ["a title too long to draw", { day: "2026-05-01", title: "x".repeat(81) }],
  ])("with %s is refused", async (_what, body) => {
    expect(await organisation.manager.ask("POST", "/api/annotations", body)).toMatchObject({ status: 400, body: { error: { code: "invalid_input" } } });
  });
});

describe("the list of notes", () => {
  test("holds those of a half-open range of days, latest first", async () => {
    for (const day of ["2026-05-01", "2026-05-31", "2026-06-01", "2026-04-30"]) await note(day);

    expect(daysOf((await list("?from=2026-05-01&to=2026-06-01")).items)).toEqual(["2026-05-31", "2026-05-01"]);
    expect(daysOf((await list("?from=2026-05-31")).items)).toEqual(["2026-06-01", "2026-05-31"]);
    expect(daysOf((await list()).items)).toHaveLength(4);
  });

  test("holds what went on for several days wherever one of them lies in the range", async () => {
    const reply = await organisation.manager.ask("POST", "/api/annotations", { day: "2026-04-28", lastDay: "2026-05-03", title: "Strike" });
    expect(annotation.parse(reply.body)).toMatchObject({ day: "2026-04-28", lastDay: "2026-05-03" });
    await note("2026-05-02");

    expect(daysOf((await list("?from=2026-05-01&to=2026-06-01")).items)).toEqual(["2026-05-02", "2026-04-28"]);
    expect(daysOf((await list("?from=2026-05-03&to=2026-05-04")).items)).toEqual(["2026-04-28"]);
    expect(daysOf((await list("?from=2026-05-04")).items)).toEqual([]);
    expect(daysOf((await list("?to=2026-04-29")).items)).toEqual(["2026-04-28"]);
  });

  test("comes page by page, none twice and none missing, also on one day", async () => {
    const added = [];
    for (let index = 0; index < 7; index += 1) added.push((await note(index < 5 ? "2026-05-01" : "2026-05-02")).id);
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const one: Awaited<ReturnType<typeof list>> = await list(`?limit=3&cursor=${cursor}`);
      seen.push(...one.items.map(({ id }) => id));
      cursor = one.nextCursor;
    }
    expect(seen.toSorted()).toEqual(added.toSorted());
  });

  test.each([["cursor=nonsense", "annotation_cursor_wrong"], ["from=yesterday", "invalid_input"], ["limit=101", "invalid_input"]])("asked with %s is refused as %s", async (query, code) => {
    expect(await organisation.viewer.ask("GET", `/api/annotations?${query}`)).toMatchObject({ status: 400, body: { error: { code } } });
  });
});
