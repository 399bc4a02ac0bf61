import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { insertPerceptions } from "#customers";
import { transaction } from "#platform/db";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Client, type Installation, type Organisation } from "../../firsthand.make.ts";
import { commentsReply } from "../comments/comments.contract.ts";
import { discoverAll, runDiscovery } from "./discoveries.ts";
import { listStoredThemes, raiseVersion, upsertThemes } from "./themes.queries.ts";
import { changedTheme, discovery, themesReply, type Theme, type ThemesReply } from "./themes.contract.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-06-30T12:00:00Z") } });
  organisation = await firsthand.makeOrganisation();
  await write(organisation, Array.from({ length: 480 }, (_, index) => ({ text: write_(names[index % 3] ?? "parcel", Math.floor(index / 3)), at: dayOf(index % 150) })));
  await settled(organisation);
}, 120_000);
afterAll(() => firsthand.stop());

const subjects = {
  parcel: [["parcel", "courier", "doorstep", "delivery van", "tracking number"], ["arrived late", "left outside", "missed", "delayed", "damaged"]],
  parking: [["car park", "parking", "ticket machine", "barrier", "parking space"], ["full", "expensive", "out of order", "far off", "narrow"]],
  login: [["password", "login page", "account", "verification code", "email link"], ["expired", "rejected", "reset", "locked", "resend"]],
} as const;
const names = ["parcel", "parking", "login"] as const;
const write_ = (subject: (typeof names)[number], index: number): string => {
  const [things, states] = subjects[subject];
  const pick = (from: readonly string[], step: number): string => from[Math.floor(index / step) % from.length] ?? "";
  return `The ${pick(things, 1)} and the ${pick(things, 2)} was ${pick(states, 3)}, ${pick(states, 7)} ${["again", "", "for me"][index % 3] ?? ""}. My email is jane${index}@example.com`;
};
const dayOf = (index: number): string => new Date(Date.UTC(2026, 0, 15 + index, 12)).toISOString();

const write = async ({ workspaceId }: Organisation, comments: readonly { text: string; at: string }[]): Promise<void> => {
  const rows = comments.map(({ text, at }) => makePerception({ kind: "comment", value: null, scaleMin: null, scaleMax: null, at, text, channel: "web" }));
  for (let from = 0; from < rows.length; from += 1_000) await insertPerceptions(firsthand.services.db, workspaceId, rows.slice(from, from + 1_000));
};
const period = "from=2026-01-01&to=2026-07-01";
const ask = async (query = "", who: Client = organisation.viewer): Promise<ThemesReply> => {
  const reply = await who.ask("GET", `/api/themes?${period}&${query}`);
  expect(reply.status, reply.text).toBe(200);
  return themesReply.parse(reply.body);
};
const about = (items: readonly Theme[], word: RegExp): Theme => {
  const found = items.find((theme) => theme.words.some((one) => word.test(one)));
  if (found === undefined) throw new Error(`No theme about ${word}: ${items.map(({ name }) => name).join(" · ")}`);
  return found;
};
/** Waits until everything written is read, searched and copied. */
const settled = async (given: Organisation): Promise<ThemesReply> => {
  await vi.waitFor(async () => {
    const { rows } = await firsthand.services.db.query<{ left: number }>(
      `select (select count(*) from customers.perceptions comment where workspace_id = $1 and kind = 'comment' and not exists (select from insights.theme_assignments given where given.perception_id = comment.id))
            + (select count(*) from insights.theme_discoveries where workspace_id = $1 and state = 'running') as left`,
      [given.workspaceId],
    );
    expect(Number(rows[0]?.left)).toBe(0);
  }, { timeout: 60_000, interval: 100 });
  await firsthand.services.analytics.caughtUp();
  return ask("", given.viewer);
};

describe("themes of comments", () => {
  test("are found by themselves once there are enough comments, with size, feeling, change and trend", async () => {
    const { items, count, withTheme, trendDays, trendCounts, discovery: latest } = await ask();

    expect(items.length).toBeGreaterThanOrEqual(3);
    expect(count).toBe(480);
    expect(withTheme).toBeGreaterThan(300);
    expect(latest).toMatchObject({ state: "done", progress: 1 });
    const parcel = about(items, /parcel|courier/);
    expect(parcel.share).toBeGreaterThan(0.1);
    expect([parcel.low < parcel.share, parcel.share < parcel.high]).toEqual([true, true]);
    expect(parcel.trend).toHaveLength(trendDays.length);
    expect(parcel.trend.reduce((sum, one) => sum + one, 0)).toBe(parcel.count);
    expect(trendCounts.reduce((sum, one) => sum + one, 0)).toBe(480);
  });

  test("are shown by real comments, none twice, personal data blacked out", async () => {
    for (const { quotes } of (await ask()).items) {
      expect(quotes.length).toBeGreaterThan(0);
      expect(new Set(quotes.map(({ text }) => text)).size).toBe(quotes.length);
      for (const { text } of quotes) expect(text).not.toContain("@example.com");
    }
  });

  test("are shown by comments that feel as the theme does, also where the latest feel otherwise", async () => {
    const other = await firsthand.makeOrganisation();
    const felt = (index: number): string => (index < 110 ? "Terrible, I am very angry and disappointed." : "But lovely staff, wonderful, I am very happy, thank you!");
    const said = (subject: (typeof names)[number], index: number): string => (subject === "parking" ? `${write_(subject, index)}. ${felt(index)}` : write_(subject, index));
    await write(other, Array.from({ length: 480 }, (_, index) => ({ text: said(names[index % 3] ?? "parcel", Math.floor(index / 3)), at: dayOf(Math.floor(index / 3.2)) })));
    const parking = about((await settled(other)).items, /parking|barrier/);

    const { positive, negative, quotes } = parking;
    const feelings = quotes.map(({ sentiment }) => sentiment);
    expect([negative > positive, positive > 0, quotes.length]).toEqual([true, true, 3]);
    expect(feelings.filter((one) => one === "neg").length).toBeGreaterThan(feelings.filter((one) => one === "pos").length);
  }, 120_000);

  test("narrow the list of comments", async () => {
    const parcel = about((await ask()).items, /parcel|courier/);
    const reply = commentsReply.parse((await organisation.viewer.ask("GET", `/api/comments?${period}&limit=100&theme=${parcel.id}`)).body);
    expect(reply.items).not.toHaveLength(0);
    for (const { text } of reply.items) expect(text).toMatch(/parcel|courier|doorstep|delivery|tracking/);
  });

  test("narrow as comments do; one nobody speaks of there is left out", async () => {
    expect((await ask("channel=shop")).items).toEqual([]);
    expect(await ask("channel=shop")).toMatchObject({ count: 0, withTheme: 0 });
    expect((await ask("channel=web")).count).toBe(480);
  });

  test("keep id, name and what people did when they are looked for anew", async () => {
    const before = (await ask()).items;
    const [parcel, parking, login] = [about(before, /parcel|courier/), about(before, /parking|barrier/), about(before, /login|password/)];
    expect((await organisation.manager.ask("PATCH", `/api/themes/${parcel.id}`, { name: "Late parcels" })).status).toBe(200);
    expect((await organisation.manager.ask("PATCH", `/api/themes/${parking.id}`, { state: "hidden" })).status).toBe(200);

    expect((await organisation.manager.ask("POST", "/api/theme-discoveries")).status).toBe(201);
    const after = await settled(organisation);

    expect(after.items.find(({ id }) => id === parcel.id)).toMatchObject({ name: "Late parcels", count: parcel.count });
    expect(after.items.map(({ id }) => id)).not.toContain(parking.id);
    expect(after.items.find(({ id }) => id === login.id)?.name).toBe(login.name);
    expect((await ask("hidden=true")).items.map(({ id }) => id)).toContain(parking.id);
    await organisation.manager.ask("PATCH", `/api/themes/${parking.id}`, { state: "kept" });
  });

  test("count together when merged, a comment once, and apart again when that is taken back", async () => {
    const before = (await ask()).items;
    const [parcel, login] = [about(before, /parcel|courier/), about(before, /login|password/)];
    const merge = (id: string, into: string) => organisation.manager.ask("POST", `/api/themes/${id}/merging`, { into });

    expect((await merge(login.id, parcel.id)).status).toBe(200);
    const merged = await ask();
    for (const retiredAt of ["2026-06-01T00:00:00Z", null]) {
      await firsthand.services.db.query("update insights.themes set retired_at = $2 where id = $1", [login.id, retiredAt]);
      expect(await merge(parcel.id, login.id)).toMatchObject({ status: 409, body: { error: { code: "theme_merged_in_a_circle" } } });
    }
    expect((await organisation.manager.ask("DELETE", `/api/themes/${login.id}/merging`)).status).toBe(200);
    const apart = await ask();

    const both = merged.items.find(({ id }) => id === parcel.id);
    expect(both).toMatchObject({ count: parcel.count + login.count, merged: [{ id: login.id, name: login.name }] });
    expect(merged.items.map(({ id }) => id)).not.toContain(login.id);
    expect(apart.items.find(({ id }) => id === login.id)?.count).toBe(login.count);
  });

  test("are made of words by people, given to comments there are and to those that come", async () => {
    const made = changedTheme.parse((await organisation.manager.ask("POST", "/api/themes", { name: "Vans", words: ["delivery van", "lorries"] })).body);
    const here = (await settled(organisation)).items.find(({ id }) => id === made.id);
    await write(organisation, [{ text: "A lorry blocked the street.", at: "2026-06-29T12:00:00Z" }]);
    const later = (await settled(organisation)).items.find(({ id }) => id === made.id);

    expect(here?.count).toBeGreaterThan(10);
    expect(later?.count).toBe((here?.count ?? 0) + 1);
    expect(await organisation.manager.ask("POST", "/api/themes", { name: "Tone", words: ["very good"] })).toMatchObject({ status: 400, body: { error: { code: "theme_words_unclear" } } });
    expect((await organisation.manager.ask("DELETE", `/api/themes/${made.id}`)).status).toBe(204);
    expect((await settled(organisation)).items.map(({ id }) => id)).not.toContain(made.id);
  });

  test("that are said much more than before are marked, with what was to be expected", async () => {
    expect((await ask()).items.filter(({ rise }) => rise !== null)).toEqual([]);
    await write(organisation, Array.from({ length: 25 }, (_, index) => ({ text: write_("parking", 1_000 + index), at: "2026-06-25T12:00:00Z" })));

    const { items, falseAlarmRate } = await settled(organisation);

    expect(falseAlarmRate).toBe(0.05);
    const rising = items.filter(({ rise }) => rise !== null);
    expect(rising.length).toBeGreaterThan(0);
    for (const { rise, words } of rising) {
      expect(words.join(" ")).toMatch(/park|barrier|ticket|full|expensive|far|narrow|order/);
      expect(rise).toMatchObject({ kind: "rising" });
      expect(rise?.count).toBeGreaterThan(2 * (rise?.expected ?? 0));
    }
  });

  test("that a rule for alerts watches stay though a search does not find them again; others go", async () => {
    const { rows } = await firsthand.services.db.query<{ id: string }>(
      `insert into insights.themes (id, workspace_id, name, language, terms, slope, term_offset, state, made_by, made_at)
       select gen_random_uuid(), $1, name, 'en', jsonb_build_array(jsonb_build_object('term', name, 'hash', 1, 'weight', 1)), 1, -3, 'proposed', 'machine', $2 from unnest(array['zebra', 'okapi']) name
       order by name returning id`, [organisation.workspaceId, new Date("2026-06-01T00:00:00Z")]);
    const [okapi, zebra] = rows.map(({ id }) => id);
    expect((await organisation.manager.ask("POST", "/api/alert-rules", { what: "theme_share", direction: "up", filters: { theme: okapi } })).status).toBe(201);

    await discoverAll(firsthand.services);
    await settled(organisation);

    const after = await firsthand.services.db.query<{ id: string; isGone: boolean }>(`select id, retired_at is not null as "isGone" from insights.themes where id = any ($1::uuid[])`, [[okapi, zebra]]);
    expect(new Map(after.rows.map(({ id, isGone }) => [id, isGone]))).toEqual(new Map([[okapi, false], [zebra, true]]));
  });

  test("that are renamed while a search writes what it found keep the new name", async () => {
    const [theme] = (await ask()).items;
    let isDone = false;
    const [renamed] = await transaction(firsthand.services.db, async (tx) => {
      await raiseVersion(tx, organisation.workspaceId, null);
      const stored = await listStoredThemes(tx, organisation.workspaceId);
      const renaming = organisation.manager.ask("PATCH", `/api/themes/${theme?.id}`, { name: "Renamed meanwhile" }).finally(() => (isDone = true));
      await vi.waitFor(async () => {
        const { rows: waiting } = await firsthand.services.db.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        expect(isDone || waiting.length > 0).toBe(true);
      }, { timeout: 10_000 });
      await upsertThemes(tx, organisation.workspaceId, stored);
      return [renaming];
    });

    expect((await renamed)?.status).toBe(200);
    expect((await ask()).items.find(({ id }) => id === theme?.id)?.name).toBe("Renamed meanwhile");
  });

  test("stay when looked for every night, each comment given its themes once", async () => {
    await discoverAll(firsthand.services);
    const before = await settled(organisation);
    await discoverAll(firsthand.services);
    const after = await settled(organisation);
    expect(after.items.map(({ id }) => id)).toEqual(before.items.map(({ id }) => id));
    const [row] = await firsthand.services.analytics.query("select count(*) as rows, count(distinct cast(id as varchar) || cast(theme_id as varchar)) as different from comment_themes");
    expect(row?.["rows"]).toBe(row?.["different"]);
  });
});

test("a search left in the middle by a server that died is finished by another, from where it stood", async () => {
  const { discovery: latest } = await ask();
  const { rows: [middle] } = await firsthand.services.db.query<{ id: string }>(
    "select perception_id as id from insights.theme_assignments where workspace_id = $1 order by perception_id offset 250 limit 1", [organisation.workspaceId],
  );
  const countGiven = async (): Promise<number> => {
    const { rows } = await firsthand.services.db.query("select from insights.theme_assignments where workspace_id = $1", [organisation.workspaceId]);
    return rows.length;
  };
  const before = await countGiven();
  await firsthand.services.db.query("delete from insights.theme_assignments where workspace_id = $1 and perception_id > $2", [organisation.workspaceId, middle?.id]);
  await firsthand.services.db.query("update insights.theme_discoveries set state = 'running', phase = 'assigning', ended_at = null, assigned_to = $2 where id = $1", [latest?.id, middle?.id]);

  await runDiscovery(firsthand.services, organisation.workspaceId, latest?.id ?? "");

  expect(await countGiven()).toBe(before);
  expect((await ask()).discovery).toMatchObject({ id: latest?.id, state: "done" });
});

describe("who may do what with themes", () => {
  test("viewers and agents see them, managers change them", async () => {
    const [theme] = (await ask()).items;
    for (const who of [organisation.viewer, organisation.agent]) {
      expect((await who.ask("PATCH", `/api/themes/${theme?.id}`, { name: "Mine" })).status).toBe(403);
      expect((await who.ask("POST", "/api/theme-discoveries")).status).toBe(403);
    }
  });

  test("with few comments the search is refused, with the number needed", async () => {
    const stranger = await firsthand.makeOrganisation();
    expect(await stranger.owner.ask("POST", "/api/theme-discoveries")).toMatchObject({ status: 409, body: { error: { code: "themes_comments_few", details: { needed: 200 } } } });
    expect(await ask("", stranger.owner)).toMatchObject({ items: [], count: 0, discovery: null, commentsRead: 0 });
  });

  test("a search shows how far it is", async () => {
    const { discovery: latest } = await ask();
    const reply = await organisation.viewer.ask("GET", `/api/theme-discoveries/${latest?.id}`);
    expect(discovery.parse(reply.body)).toEqual(latest);
  });
});

const nhsFile = join(import.meta.dirname, "../../../../shared/data/survey/nhs_fft_v6framework_230831.csv.gz");

describe.skipIf(!existsSync(nhsFile))("comments of patients (skipped where the file is not there)", () => {
  test("give the themes a reader finds in them", async () => {
    const hospital = await firsthand.makeOrganisation();
    const rows: Record<string, string>[] = parse(gunzipSync(readFileSync(nhsFile)), { columns: true });
    const texts = rows.map((row) => row["FFT answer"] ?? "").filter((text) => text.length > 2);
    await write(hospital, texts.map((text, index) => ({ text, at: dayOf(index % 150) })));

    await settled(hospital);
    await hospital.owner.ask("POST", "/api/theme-discoveries");
    const { items, count, withTheme } = await settled(hospital);

    expect(count).toBe(texts.length);
    expect(withTheme / count).toBeGreaterThan(0.25);
    for (const word of [/appointment/, /waiting|wait/, /staff/, /ambulance|paramedic/, /transport/, /ward/, /phone|call/, /mental health/]) about(items, word);
    for (const { name } of items) expect(name).not.toMatch(/\b(?:good|great|very|the|and|thank)\b/);
  }, 120_000);
});
