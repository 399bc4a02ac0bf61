// A year of a company, asked for by every tool: what comes back must leave a program room to think, and bear out what it says.
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { makeInstallation, type Client, type Installation } from "../../firsthand.make.ts";
import { loadDemo } from "../demo/demo.ts";
import { assistantTools } from "./assistant-tools.ts";

const now = Date.UTC(2026, 10, 21, 12);
const march = { from: "2026-03-01", to: "2026-04-01" };
const year = { from: "2025-11-21", to: "2026-11-21" };
/** About 2,700 tokens. */
const LONGEST = 8_000;

let firsthand: Installation;
let owner: Client;
let authorization = "";

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date(now) } });
  owner = (await firsthand.makeOrganisation()).owner;
  const { rows: [account] } = await firsthand.services.db.query<{ id: string }>("select id from people.accounts where email = $1", [owner.email]);
  const workspaceId = await loadDemo(firsthand.services, { seed: 7, scale: 0.4, now }, account?.id ?? "");
  await owner.ask("PUT", "/api/session/workspace", { workspaceId });
  // Themes were first looked for while the year was still being read.
  await vi.waitFor(async () => {
    const { rows: [state] } = await firsthand.services.db.query<{ unread: number; running: number }>(
      `select (select count(*) from customers.perceptions perception where workspace_id = $1 and text is not null and not exists (select from insights.readings reading where reading.workspace_id = $1 and reading.perception_id = perception.id))::int as unread,
              (select count(*) from insights.theme_discoveries where workspace_id = $1 and state = 'running')::int as running`, [workspaceId],
    );
    if (state?.unread !== 0 || state.running !== 0) throw new Error(`Not all is read: ${JSON.stringify(state)}`);
  }, { timeout: 60_000, interval: 100 });
  const discovery = await owner.ask("POST", "/api/theme-discoveries", {});
  if (discovery.status >= 300) throw new Error(`Themes were not looked for: ${discovery.text}`);
  await vi.waitFor(async () => {
    const { rows: [state] } = await firsthand.services.db.query<{ running: number; themes: number }>(
      "select (select count(*) from insights.theme_discoveries where workspace_id = $1 and state = 'running')::int as running, (select count(*) from insights.themes where workspace_id = $1)::int as themes", [workspaceId],
    );
    if (state?.running !== 0 || state.themes <= 8) throw new Error(`Not all is read: ${JSON.stringify(state)}`);
  }, { timeout: 60_000, interval: 100 });
  await firsthand.settle();
  const abilities = ["metrics.read", "comments.read", "annotations.read", "alerts.read", "responses.read", "outcomes.read", "need-facts.read", "customers.read"];
  const key = await owner.ask("POST", "/api/keys", { kind: "api", name: "assistant", abilities });
  authorization = `Bearer ${z.object({ token: z.string() }).parse(key.body).token}`;
}, 240_000);
afterAll(() => firsthand.stop());

const message = z.object({ result: z.object({ isError: z.boolean().optional(), content: z.array(z.object({ text: z.string() })) }) });
const call = async (name: string, given: object): Promise<string> => {
  const reply = await firsthand.nobody.ask("POST", "/api/mcp", { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: given } }, { authorization, accept: "application/json, text/event-stream" });
  const { result } = message.parse(JSON.parse(/^data: (?<message>.+)$/mu.exec(reply.text)?.groups?.["message"] ?? reply.text));
  const text = result.content.map((part) => part.text).join("");
  expect(result.isError ?? false, `${name}: ${text}`).toBe(false);
  return text;
};
const tell = async (name: string, given: object): Promise<unknown> => JSON.parse(await call(name, given));
const surveyAsked = async (): Promise<string> => z.object({ groups: z.array(z.object({ value: z.string().optional() })) }).parse(await tell("compare_groups", { metric: "nps", by: "survey", ...year })).groups[0]?.value ?? "";

/** What each is asked, in words that bring most. */
const asked: Record<string, (surveyId: string) => object> = {
  summarise_scores: () => year, explain_change: () => ({ metric: "nps", ...march }), show_trend: () => ({ metric: "nps", ...year }), list_trend_breaks: () => ({ metric: "nps", ...year }),
  compare_groups: () => ({ metric: "nps", by: "touchpoint", ...year }), list_answers: () => ({ metric: "nps", ...year }), summarise_comments: () => year, compare_comment_groups: () => ({ by: "touchpoint", ...year }),
  list_comments: () => year, list_themes: () => year, list_alerts: () => ({}), rank_drivers: (id) => ({ id }), list_driver_answers: (id) => ({ id, factor: "need:PROMISE" }), compare_outcomes: () => ({ by: "nps", ...march }),
  show_retention: () => ({ by: "nps", ...march }), show_cohorts: () => year, list_outcome_choices: () => ({}), measure_needs: () => year, show_need_course: () => ({ measure: "repeated_contacts", ...year }),
  compare_need_groups: () => ({ measure: "repeated_contacts", by: "touchpoint", ...year }), list_need_cases: () => ({ measure: "repeated_contacts", ...year }), list_notes_on_days: () => year,
};

test("no tool tells more of a year than fits on a page or two", async () => {
  expect(Object.keys(asked).toSorted()).toEqual(assistantTools.map(({ name }) => name).toSorted());
  const surveyId = await surveyAsked();
  const sizes = new Map<string, number>();
  for (const [name, given] of Object.entries(asked)) sizes.set(name, (await call(name, given(surveyId))).length);

  expect([...sizes].filter(([, length]) => length > LONGEST)).toEqual([]);
  expect(sizes.get("list_themes")).toBeGreaterThan(2_000);
});

test("what does not fit comes when it is asked for, none of it twice", async () => {
  const pageSchema = z.object({ items: z.array(z.looseObject({ id: z.string() })), more: z.union([z.object({ start: z.number() }), z.object({ cursor: z.string() })]).optional() });
  for (const name of ["list_themes", "list_comments"]) {
    const first = pageSchema.parse(await tell(name, march));
    const second = pageSchema.parse(await tell(name, { ...march, ...(first.more !== undefined && "start" in first.more ? { start: first.more.start } : first.more) }));
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect([first.items.length > 5, second.items.length > 0, new Set(ids).size === ids.length], name).toEqual([true, true, true]);
  }
});

test("everything that is left out or shortened is in a reply", () => {
  const schemaOf = (part: unknown, path: readonly string[]): boolean => {
    const [name, ...rest] = path;
    if (name === undefined) return true;
    const parsed = z.looseObject({ properties: z.record(z.string(), z.unknown()).optional(), items: z.unknown().optional(), anyOf: z.array(z.unknown()).optional(), allOf: z.array(z.unknown()).optional() }).safeParse(part);
    if (!parsed.success) return false;
    const { properties, items, anyOf = [], allOf = [] } = parsed.data;
    if ([...anyOf, ...allOf].some((one) => schemaOf(one, path))) return true;
    return name === "*" ? schemaOf(items, rest) : properties?.[name] !== undefined && schemaOf(properties[name], rest);
  };
  for (const { name, short: { without = [], rows, first = {}, spread = {}, named, tables = [] }, route } of assistantTools) {
    const reply = z.toJSONSchema(route.reply, { io: "input", unrepresentable: "any", reused: "inline", metadata: z.registry() });
    const paths = [...without, ...tables, ...Object.keys(first), ...Object.keys(spread), ...(rows === undefined ? [] : [rows.of]), ...(named === undefined ? [] : [named.rows, named.from])];
    expect(paths.filter((path) => !schemaOf(reply, path.split("."))), name).toEqual([]);
  }
});

test("why a score fell is told with numbers, intervals and where to look", async () => {
  const told = z.object({ score: z.number(), low: z.number(), high: z.number(), change: z.object({ difference: z.number(), p: z.number() }), splits: z.array(z.object({ by: z.string(), contributions: z.array(z.looseObject({ value: z.string().optional() })).min(2) })).min(1), shown: z.string() });
  const why = told.parse(await tell("explain_change", { metric: "nps", ...march }));
  expect(why.low < why.score && why.score < why.high).toBe(true);
  expect(why.shown).toMatch(/\/\?metric=nps&why=nps&from=2026-03-01&to=2026-04-01$/u);
  const touchpoint = why.splits.find(({ by }) => by === "touchpoint")?.contributions[0]?.value;
  const comments = z.object({ items: z.array(z.object({ id: z.uuid(), text: z.string() })).min(1), shown: z.string() }).parse(await tell("list_comments", { ...march, touchpoint }));
  const page = new URL(comments.shown);
  page.searchParams.set("comment", comments.items[0]?.id ?? "");
  const shown = await owner.ask("GET", `/api/comments${page.search}`);
  expect(z.object({ items: z.array(z.object({ text: z.string() })) }).parse(shown.body).items).toMatchObject([{ text: comments.items[0]?.text }]);
});
