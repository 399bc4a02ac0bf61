// What the demo company's comments are really about is known: it must be found in them.
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { insertPerceptions } from "#customers";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { effectDates } from "../demo/demo-company.rules.ts";
import { streamDemo } from "../demo/demo-stream.rules.ts";
import { themesReply, type Theme } from "./themes.contract.ts";

const now = Date.UTC(2026, 10, 21, 12);
let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date(now) } });
  organisation = await firsthand.makeOrganisation();
  const rows = [...streamDemo({ seed: 7, scale: 1, now })]
    .flatMap(({ records }) => records)
    .flatMap(({ content, at }) => (content.record === "perception" && content.perception.text !== null ? [{ text: content.perception.text, channel: content.perception.channel, at: new Date(at).toISOString() }] : []))
    .map((given) => makePerception({ kind: "comment", value: null, scaleMin: null, scaleMax: null, ...given }));
  for (let from = 0; from < rows.length; from += 500) await insertPerceptions(firsthand.services.db, organisation.workspaceId, rows.slice(from, from + 500));
  const isRead = (least: number) => vi.waitFor(async () => {
    const { rows: [state] } = await firsthand.services.db.query<{ given: number; running: number }>(
      `select (select count(*) from insights.theme_assignments where workspace_id = $1)::int as given, (select count(*) from insights.theme_discoveries where workspace_id = $1 and state = 'running')::int as running`,
      [organisation.workspaceId],
    );
    expect(state).toEqual({ given: least, running: 0 });
  }, { timeout: 60_000, interval: 100 });
  await isRead(rows.length);
  await organisation.owner.ask("POST", "/api/theme-discoveries");
  await isRead(rows.length);
  await firsthand.settle();
}, 180_000);
afterAll(() => firsthand.stop());

const ask = async (query: string): Promise<readonly Theme[]> => themesReply.parse((await organisation.viewer.ask("GET", `/api/themes?${query.includes("from=") ? "" : "from=2025-11-21&to=2026-11-21&"}${query}`)).body).items;
const aboutAny = (items: readonly Theme[], word: RegExp): Theme[] => items.filter(({ words }) => words.slice(0, 8).some((one) => word.test(one)));
const sharesOf = async (key: string, theme: RegExp, filter: string): Promise<{ during: number; before: number }> => {
  const effect = effectDates(now).find((one) => one.key === key);
  if (effect === undefined) throw new Error(`Nothing like ${key} happened.`);
  const shareIn = async (from: number, to: number): Promise<number> => {
    const items = await ask(`${filter}&from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`);
    return aboutAny(items, theme).reduce((sum, { share }) => sum + share, 0);
  };
  const to = effect.to ?? now;
  return { during: await shareIn(effect.from, to), before: await shareIn(effect.from - 120 * 86_400_000, effect.from) };
};

test.each([
  ["the app that crashes after its update", /crash|freez|reinstall|update/],
  ["parcels and deliveries, late or on time", /parcel|deliver|courier|late/],
  ["prices that went up", /price|dearer|cheaper|justify/],
  ["shops and what they have in stock", /shop|stock|till/],
])("%s", async (_what, word) => {
  const found = aboutAny(await ask(""), word);
  expect(found.length).toBeGreaterThan(0);
  for (const { quotes } of found) expect(quotes.length).toBeGreaterThan(0);
});

test("the crashes are spoken of while the bad release was out, not before", async () => {
  const { during, before } = await sharesOf("bad_release", /crash|freez/, "channel=app");
  expect(during).toBeGreaterThan(3 * before);
});

test("prices are spoken of more after they went up", async () => {
  const { during, before } = await sharesOf("price_change", /price|dearer|cheaper|justify/, "");
  expect(during).toBeGreaterThan(before);
});
