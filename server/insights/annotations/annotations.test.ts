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
