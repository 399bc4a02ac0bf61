// Every route of every module, asked by the wrong people: nobody, a key without abilities, the owner of another workspace.
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Answer, Installation, Organisation } from "../../firsthand.make.ts";
import { modules } from "../../modules.ts";
import { fillWorkspace, secretWord } from "./filled-workspace.make.ts";
import type { FilledWorkspace } from "./filled-workspace.make.ts";

let firsthand: Installation;
let organisation: Organisation;
let stranger: Organisation;
let key: string;
let filled: FilledWorkspace;
let strangersCustomer: string;
const listsBefore = new Map<string, Answer>();

const irrelevantId = "01900000-0000-7000-8000-00000000beef";
const routes = modules.flatMap((module) => module.routes);
const closed = routes.filter((route) => !("public" in route.access));
const whole = closed.filter((route) => route.method === "GET" && !route.url.includes(":") && route.url !== "/api/live");
// That a file was taken out is noted, and the list of such notes is compared: so files have a test of their own, behind the lists.
const files = whole.filter((route) => route.reply.meta()?.["contentType"] !== undefined);
const lists = whole.filter((route) => !files.includes(route));
const addressOf = (url: string, id = irrelevantId): string => url.replace(":fileId", id === irrelevantId ? id : fileFor(url)).replace(":revision", "0").replace(":kind/:part", "missing/step1").replace(":customerId", id === irrelevantId ? id : filled.customer).replace(/:\w+/g, id);
const fileFor = (url: string): string => (url.startsWith("/api/maps/") ? filled.mapPhoto : url.startsWith("/api/segments/") ? filled.segmentPicture : filled.responseFile);

beforeAll(async () => {
  // Reports of a period end now: with a moving clock two of them would differ by that alone.
  // Its clock stands still, so a limit per minute would be reached once and never pass: what is refused then proves nothing.
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-11-21T12:00:00Z") }, environment: { RATE_LIMIT_FACTOR: "1000" } });
  organisation = await firsthand.makeOrganisation("own");
  key = await firsthand.makeApiKey(organisation, []);
  stranger = await firsthand.makeOrganisation("stranger");
  strangersCustomer = await makeCustomer(stranger);
  for (const { url } of lists) listsBefore.set(url, await stranger.owner.ask("GET", url));
  filled = await fillWorkspace(firsthand, organisation);
  await standStill();
}, 60_000);
afterAll(() => firsthand.stop());

// Mails are sent and names given behind the scenes: what is compared from here on must not change by that.
const standStill = async (): Promise<void> => {
  let last: unknown = null;
  await vi.waitFor(async () => {
    const [before, now] = [last, await fingerprint()];
    last = now;
    expect(now).toEqual(before);
  }, { interval: 500, timeout: 20_000 });
};

const makeCustomer = async (who: Organisation): Promise<string> => {
  const authorization = `Bearer ${await firsthand.makeWriteKey(who)}`;
  await firsthand.nobody.ask("POST", "/v1/identify", { userId: "1", messageId: "1", traits: { name: "Eve" } }, { authorization });
  await firsthand.settle();
  const { rows } = await firsthand.services.db.query<{ id: string }>("select id from customers.customers where workspace_id = $1", [who.workspaceId]);
  expect(rows).toHaveLength(1);
  return rows[0]?.id ?? "";
};

describe("every closed route", () => {
  test.each(closed.map((route) => [route.method, route.url] as const))("%s %s refuses whoever is not signed in", async (method, url) => {
    const reply = await firsthand.nobody.ask(method, addressOf(url));
    expect(reply).toMatchObject({ status: 401, body: { error: { code: "not_signed_in" } } });
  });

  const byAbility = closed.flatMap((route) => ("ability" in route.access ? [[route.method, route.url, route.access.ability] as const] : []));
  test.each(byAbility)("%s %s refuses a key without the ability %s", async (method, url, ability) => {
    const reply = await firsthand.nobody.ask(method, addressOf(url), undefined, { authorization: `Bearer ${key}` });
    expect(reply).toMatchObject({ status: 403, body: { error: { code: "not_allowed", details: { ability } } } });
  });

  test("needs an ability that some role has", () => {
    const declared = new Set(modules.flatMap((module) => module.abilities).map((ability) => ability.ability));
    expect(byAbility.map(([, , ability]) => ability).filter((ability) => !declared.has(ability))).toEqual([]);
  });
});

describe("every list", () => {
  test.each(lists.map((route) => [route.url] as const))("GET %s shows one workspace nothing of another", async (url) => {
    const reply = await stranger.owner.ask("GET", url);
    expect(reply.status).toBeLessThan(500);
    expect(reply.body).toEqual(listsBefore.get(url)?.body);
    expectNothingOfOthers(reply);
  });
});

describe("every file of a whole workspace", () => {
  test.each(files.map((route) => [route.url] as const))("GET %s holds nothing of another, and its own for whom it belongs to", async (url) => {
    const reply = await stranger.owner.ask("GET", `${url}?from=2000-01-01&to=2100-01-01`);
    expect(reply.status).toBe(200);
    expectNothingOfOthers(reply);
    expect(reply.text).not.toContain(filled.customer);
    expect((await organisation.owner.ask("GET", `${url}?from=2000-01-01&to=2100-01-01`)).text).toContain(filled.customer);
  });
});

describe("every address of one thing", () => {
  const addressed = closed.filter((route) => route.url.includes("/:id"));

  test.each(addressed.map((route) => [route.method, route.url] as const))("%s %s is unknown to the owner of another workspace", async (method, url) => {
    const before = await fingerprint();
    const reply = await stranger.owner.ask(method, `${addressOf(url, idFor(url))}${queryFor(method, url)}`, bodyFor(method, url));
    expect({ status: reply.status, text: reply.text }).toMatchObject({ status: 404 });
    expectNothingOfOthers(reply);
    expect(await fingerprint()).toEqual(before);
  });

  const read = addressed.filter((route) => route.method === "GET");
  test.each(read.map((route) => [route.url] as const))("GET %s is known to its own owner, so the test before means something", async (url) => {
    expect((await organisation.owner.ask("GET", `${addressOf(url, idFor(url))}${queryFor("GET", url)}`)).status).toBe(200);
  });
});

describe("ids of another workspace within a request", () => {
  const requests = (): Record<string, Parameters<typeof stranger.owner.ask>> => ({
    "a merge with its customer": ["POST", `/api/customers/${strangersCustomer}/merges`, { otherId: filled.customer }],
    "a look at a merge with its customer": ["GET", `/api/customers/${strangersCustomer}/merges/preview?otherId=${filled.customer}`],
    "a decision about its link": ["POST", `/api/customers/${strangersCustomer}/links/decisions`, { claimIds: [filled.claim], decision: "retracted" }],
    "a look at a decision about its link": ["GET", `/api/customers/${strangersCustomer}/links/preview?claimIds=${filled.claim}&decision=retracted`],
    "replaying its refused event": ["POST", "/api/dead-letters/replays", { ids: [filled.deadLetter] }],
    "giving its refused event up": ["POST", "/api/dead-letters/discards", { ids: [filled.deadLetter] }],
    "ordering its touchpoints": ["PUT", "/api/touchpoint-order", { ids: [filled.touchpoint] }],
    "its member in a team": ["POST", "/api/teams", { name: "Mine", members: [{ memberId: filled.member, from: null, to: null }] }],
    "its member as owner of a touchpoint": ["POST", "/api/touchpoints", { name: "Mine", ownerId: filled.member }],
    "going into it": ["PUT", "/api/session/workspace", { workspaceId: organisation.workspaceId }],
    "tags on its response": ["POST", "/api/responses/tags", { ids: [filled.response], add: ["taken"] }],
    "deleting its response": ["POST", "/api/responses/deletions", { ids: [filled.response], isConfirmed: true }],
    "the responses of its survey": ["GET", `/api/responses?surveyId=${filled.survey}`],
    "a testimonial from its review": ["POST", "/api/testimonials", { reviewId: filled.review }],
    "asking its customer for a testimonial": ["POST", "/api/testimonial-requests", { customerId: filled.customer, message: "Taken" }],
    "its source of reviews tried out": ["POST", "/api/review-source-tests", { kind: "google_play", sourceId: filled.reviewSource }],
    "its mailbox tried out": ["POST", "/api/mailbox-tests", { host: "imap.example.com", port: 993, encryption: "tls", username: "irrelevant", folder: "INBOX", mailboxId: filled.mailbox }],
    "the reviews of its source": ["GET", `/api/reviews?sourceId=${filled.reviewSource}`],
    "a map of its customer": ["POST", "/api/maps", { name: "Mine", viewpoint: { kind: "customer", customerId: filled.customer }, from: { kind: "template", template: "blank" } }],
    "a map for its segment": ["POST", "/api/maps", { name: "Mine", viewpoint: { kind: "segment", segmentId: filled.segment }, from: { kind: "template", template: "blank" } }],
    "the answers behind the figures of its survey": ["GET", `/api/metrics/answers?survey=${filled.survey}`],
  });

  test.each([
    "a merge with its customer", "a look at a merge with its customer", "a decision about its link", "a look at a decision about its link", "replaying its refused event",
    "giving its refused event up", "ordering its touchpoints", "its member in a team", "its member as owner of a touchpoint", "going into it", "tags on its response", "deleting its response", "the responses of its survey",
    "the answers behind the figures of its survey", "a testimonial from its review", "asking its customer for a testimonial", "its source of reviews tried out", "its mailbox tried out", "the reviews of its source",
    "a map of its customer", "a map for its segment",
  ])("%s changes nothing there and shows nothing of it", async (title) => {
    const before = await fingerprint();
    const request = requests()[title];
    if (request === undefined) throw new Error(`There is no request for "${title}".`);
    const reply = await stranger.owner.ask(...request);
    expect(reply.status).toBeLessThan(500);
    expectNothingOfOthers(reply);
    expect(await fingerprint()).toEqual(before);
    expect((await stranger.owner.ask("GET", "/api/session")).body).toMatchObject({ workspace: { id: stranger.workspaceId } });
  });
});

// Last, because what follows from the change is worked out behind the scenes.
test("the comparison of rows sees a change of one of them", async () => {
  const before = await fingerprint();
  expect(await organisation.owner.ask("PATCH", `/api/touchpoints/${filled.touchpoint}`, { asks: "Patience" })).toMatchObject({ status: 200 });
  expect((await fingerprint())["journeys.touchpoints"]).not.toEqual(before["journeys.touchpoints"]);
});

// A route with an id that is not in this table fails: whoever adds one says here which thing it is about.
const idFor = (url: string): string => {
  const ids: Record<string, string> = {
    customers: filled.customer, surveys: filled.survey, responses: filled.response, imports: filled.import, keys: filled.key, invitations: filled.invitation,
    dashboards: filled.dashboard, "dashboard-shares": filled.dashboardShare, "dashboard-schedules": filled.dashboardSchedule,
    alerts: filled.alert, "alert-rules": filled.alertRule, members: filled.member, touchpoints: filled.touchpoint, places: filled.registerEntry, teams: filled.team, annotations: filled.annotation, "custom-metrics": filled.customMetric,
    reviews: filled.review, "review-sources": filled.reviewSource, testimonials: filled.testimonial, "review-widgets": filled.reviewWidget, "dead-letters": filled.deadLetter, jobs: filled.job,
    segments: filled.segment, "call-lists": filled.callList, dialogues: filled.dialogue, kiosks: filled.kiosk, posters: filled.poster, distributions: filled.distribution, mailboxes: filled.mailbox, "quarantined-mails": filled.quarantinedMail, comments: filled.comment, themes: filled.theme, "theme-discoveries": filled.themeDiscovery, maps: filled.map, "gap-assignments": filled.gapAssignment,
  };
  if (url === "/api/responses/:id/files/:fileId") return filled.responseWithFile;
  const id = url.startsWith("/api/customers/groups/") ? filled.group : ids[url.split("/")[2] ?? ""];
  if (id === undefined) throw new Error(`No thing of another workspace is made for ${url}. Add it to filled-workspace.make.ts.`);
  return id;
};

const queryFor = (method: string, url: string): string => {
  if (url.endsWith("/merges/preview")) return `?otherId=${filled.otherCustomer}`;
  if (method === "POST" && url.endsWith("/response-imports")) return "?name=taken.csv";
  if (url.endsWith("/report/crosstab")) return "?rows=nps&columns=by:channel";
  if (url.endsWith("/drivers/answers")) return "?factor=effort:contacts";
  if (url.endsWith("/report/comments")) return "?question=nps";
  if (/\/report\/(groups|waves)$/.test(url)) return "?question=nps&by=version";
  if (url.endsWith("/reasons")) return `?customerId=${filled.customer}`;
  return url.endsWith("/links/preview") ? `?claimIds=${filled.claim}&decision=retracted` : "";
};

// Bodies that fit: a request refused for its body would show nothing about whose thing it is.
const bodyFor = (method: string, url: string): unknown => {
  const bodies: Record<string, unknown> = {
    "PATCH /api/surveys/:id": { name: "Taken" },
    "PATCH /api/comments/:id/reading": { sentiment: "pos" },
    "PATCH /api/custom-metrics/:id": { name: "Taken" },
    "PUT /api/surveys/:id/weighting": { targets: [{ dimension: "channel", groups: [{ value: "web", share: 0.5 }, { value: "email", share: 0.5 }] }] },
    "POST /api/surveys/:id/links": { identifier: "user:42" },
    "PUT /api/surveys/:id/settings": {},
    "POST /api/surveys/:id/single-use-links": {},
    "POST /api/customers/:id/notes": { kind: "note", text: "Taken" },
    "POST /api/customers/:id/traits": { name: "name", value: "Taken" },
    "POST /api/customers/:id/erasure": { isConfirmed: true },
    "POST /api/customers/:id/merges": { otherId: filled.otherCustomer },
    "POST /api/customers/:id/links/decisions": { claimIds: [filled.claim], decision: "retracted" },
    "PUT /api/customers/:id/contact/stops": { channel: "all", isStopped: true },
    "PUT /api/customers/:id/contact/blocks": { reason: "Taken" },
    "POST /api/customers/:id/contact/consents": { purpose: "survey", channel: "email", isGiven: true },
    "PATCH /api/segments/:id": { name: "Taken" },
    "POST /api/segments/:id/entries": { identifiers: ["taken@example.com"] },
    "POST /api/segments/:id/removals": { customerIds: [filled.customer] },
    "POST /api/dead-letters/:id/replays": { payload: JSON.stringify({ type: "track", userId: "42", event: "Taken" }) },
    "PUT /api/imports/:id/mapping": { mapping: filled.mapping },
    "PUT /api/imports/:id/reading": { read: Reflect.get(Object(filled.mapping), "read") },
    "PATCH /api/members/:id": { role: "viewer" },
    "PATCH /api/touchpoints/:id": { name: "Taken" },
    "PATCH /api/places/:id": { name: "Taken" },
    "PUT /api/teams/:id": { name: "Taken" },
    "PATCH /api/kiosks/:id": { name: "Taken" },
    "PATCH /api/posters/:id": { place: "Taken" },
    "PATCH /api/distributions/:id": { name: "Taken" },
    "POST /api/distributions/:id/tests": { address: "taken@example.com" },
    "PUT /api/responses/:id/answers/:questionId": { answer: { number: 9 }, reason: "Taken" },
    "PUT /api/responses/:id/flag": { reason: "Taken" },
    "POST /api/responses/:id/notes": { text: "Taken" },
    "POST /api/surveys/:id/dialogues": { channel: "chat", begunBy: "customer" },
    "POST /api/dialogues/:id/turns": { given: { text: "9" }, key: "taken" },
    "PATCH /api/call-lists/:id": { name: "Taken" },
    "POST /api/call-lists/:id/targets/:targetId/attempts": { outcome: "1.1" },
    "PUT /api/reviews/:id/customer": { customerId: null },
    "PUT /api/reviews/:id/draft": { text: "Taken" },
    "POST /api/reviews/:id/replies": { text: "Taken" },
    "PATCH /api/review-sources/:id": { name: "Taken" },
    "PATCH /api/testimonials/:id": { state: "approved" },
    "PATCH /api/review-widgets/:id": { name: "Taken" },
    "PATCH /api/dashboards/:id": { version: 1, name: "Taken" },
    "PUT /api/dashboards/:id/access": { seenBy: "everybody", changeableBy: "oneself" },
    "POST /api/dashboards/:id/data": {},
    "POST /api/dashboards/:id/shares": { name: "Taken", period: { preset: "90d" } },
    "POST /api/dashboards/:id/schedules": { rhythm: "daily", hour: 7, period: "7d", addresses: ["taken@example.com"] },
    "PATCH /api/dashboard-schedules/:id": { isPaused: true },
    "PUT /api/alerts/:id/opinion": { isUseful: true },
    "PATCH /api/alert-rules/:id": { name: "Taken" },
    "PUT /api/alert-rules/:id/snooze": { until: null },
    "PATCH /api/themes/:id": { name: "Taken" },
    "PATCH /api/maps/:id": { name: "Taken" },
    "PATCH /api/gap-assignments/:id": { status: "done" },
    "POST /api/maps/:id/edits": { id: irrelevantId, knows: 0, edits: [{ do: "measure", lanes: [] }] },
    "POST /api/maps/:id/restorations": { revision: 0 },
    "POST /api/maps/:id/copies": { name: "Taken", state: "to_be" },
    "POST /api/maps/:id/comments": { text: "Taken" },
    "POST /api/maps/:id/accounts": { customerId: filled.customer, stepId: "step1", phase: "during", evidence: "told" },
    "PATCH /api/maps/:id/accounts/:accountId": { motivation: "Taken" },
    "POST /api/themes/:id/merging": { into: filled.theme },
  };
  return bodies[`${method} ${url}`];
};

const expectNothingOfOthers = (reply: Answer): void => {
  const places = [secretWord, organisation.workspaceId, "ada@example.com"].filter((word) => reply.text.includes(word));
  // A refusal may repeat the id that was asked for, and nothing else.
  expect(reply.status < 400 ? places : places.filter((word) => word !== organisation.workspaceId)).toEqual([]);
};

/** All rows of all tables but those of the stranger, table by table as one figure; without what notes by itself how far it is or when it was last used. */
const fingerprint = async (): Promise<Record<string, string>> => {
  const { pool } = firsthand.services.db;
  const { rows } = await pool.query<{ name: string; content: string }>(await (allRows ??= writeAllRows()));
  return Object.fromEntries(rows.map(({ name, content }) => [name, content]));
};

// Asked some six hundred times: it is written once, and its name lets the database keep its plan.
let allRows: Promise<{ name: string; text: string; values: string[] }> | null = null;
const writeAllRows = async (): Promise<{ name: string; text: string; values: string[] }> => {
  const { rows: tables } = await firsthand.services.db.query<{ name: string; isOfWorkspace: boolean }>(
    `select c.table_schema || '.' || c.table_name as name, bool_or(c.column_name = 'workspace_id') as "isOfWorkspace"
     from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = any ($1) and t.table_type = 'BASE TABLE' and c.table_name not in ('sessions', 'resolver', 'job_workers', 'followed_changes')
     group by 1
     order by 1`,
    [["platform", ...modules.map(({ name }) => name)]],
  );
  const parts = tables.map(({ name, isOfWorkspace }) =>
    `select '${name}' as name, count(*) || ' ' || md5(coalesce(string_agg(line::text, ' ' order by line::text), '')) as content
     from ${name} line ${isOfWorkspace ? "where line.workspace_id is distinct from $1" : "where $1::uuid is not null"}`);
  const jobs = `select 'failed job', run_at || ' ' || attempts from graphile_worker._private_jobs where id = ${Number(filled.job)}`;
  return { name: "all rows", text: [...parts, jobs].join("\nunion all\n"), values: [stranger.workspaceId] };
};
