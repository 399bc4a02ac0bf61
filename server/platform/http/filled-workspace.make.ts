// A workspace with one of each thing that has an address, made as people and programs make it.
import { expect, vi } from "vitest";
import { z } from "zod";
import type { Answer, Installation, Organisation } from "../../firsthand.make.ts";
import { newId } from "../db/db.api.ts";
import { enqueue } from "../jobs/jobs.api.ts";
import { insertFailedMail } from "../mailbox/mails.queries.ts";

export type FilledWorkspace = {
  writeKey: string; customer: string; otherCustomer: string; claim: number; survey: string; slug: string; response: string; import: string; mapping: unknown;
  key: string; invitation: string; member: string; touchpoint: string; registerEntry: string; team: string; deadLetter: string; job: string; annotation: string; customMetric: string; group: string;
  /** A response with a file, and that file. */
  responseWithFile: string; responseFile: string; segment: string; segmentPicture: string;
  dashboard: string; dashboardShare: string; dashboardSchedule: string;
  alert: string; alertRule: string; review: string; reviewSource: string; testimonial: string; reviewWidget: string; callList: string; dialogue: string; kiosk: string; poster: string; distribution: string; mailbox: string; quarantinedMail: string; comment: string;
  theme: string; themeDiscovery: string; map: string; mapPhoto: string; gapAssignment: string;
};

/** Words that stand in no workspace but this one, so that a leak shows in whatever text it stands. */
export const secretWord = "irrelevant-secret";

/** Makes one of each thing; every refusal on the way is thrown, because a thing that is missing would be tested by nobody. */
export const fillWorkspace = async (firsthand: Installation, organisation: Organisation): Promise<FilledWorkspace> => {
  const { owner } = organisation;
  const writeKey = await firsthand.makeWriteKey(organisation);
  await collect(firsthand, writeKey);
  const customers = page(await owner.ask("GET", "/api/customers"));
  const customer = idOf(customers, (item) => item.name.includes("Ada"));
  const otherCustomer = idOf(customers, (item) => item.name.includes("Bob"));
  const links = expectStatus(await owner.ask("GET", `/api/customers/${customer}/links`), 200);
  const claim = z.object({ items: z.array(z.object({ id: z.number() })).min(1) }).parse(links.body).items[0]?.id ?? 0;
  const { survey, slug, response } = await answerSurvey(firsthand, organisation);
  const { responseWithFile, responseFile } = await answerWithFile(firsthand, organisation);
  const upload = expectStatus(await owner.ask("POST", `/api/imports?name=${secretWord}.csv`, Buffer.from("user,score\n1,9\n2,3\n"), { "content-type": "application/octet-stream" }), 201);
  const invitation = expectStatus(await owner.ask("POST", "/api/invitations", { email: `${secretWord}@example.com`, role: "viewer" }), 201);
  const key = expectStatus(await owner.ask("POST", "/api/keys", { kind: "api", name: secretWord, abilities: ["surveys.read"] }), 201);
  const touchpoint = expectStatus(await owner.ask("POST", "/api/touchpoints", { name: secretWord, rules: [{ names: ["Order *"] }] }), 201);
  const registerEntry = expectStatus(await owner.ask("POST", "/api/places", { kind: "place", name: secretWord }), 201);
  const team = expectStatus(await owner.ask("POST", "/api/teams", { name: secretWord, departments: [{ department: secretWord, from: null, to: null }], members: [{ memberId: organisation.agent.memberId, from: null, to: null }] }), 201);
  const annotation = expectStatus(await owner.ask("POST", "/api/annotations", { day: "2026-05-01", title: secretWord }), 201);
  const customMetric = expectStatus(await owner.ask("POST", "/api/custom-metrics", { name: secretWord, surveyId: survey, formula: "nps", scaleMin: 0, scaleMax: 10 }), 201);
  const segment = expectStatus(await owner.ask("POST", "/api/segments", { kind: "list", name: secretWord }), 201);
  expectStatus(await owner.ask("POST", `/api/segments/${idIn(segment)}/entries`, { identifiers: [`${secretWord}@example.com`], customerIds: [customer] }), 201);
  expectStatus(await owner.ask("PUT", `/api/customers/${customer}/contact/stops`, { channel: "text", isStopped: true }), 200);
  expectStatus(await owner.ask("PUT", `/api/customers/${otherCustomer}/contact/blocks`, { reason: secretWord }), 200);
  const deadLetter = idOf(page(await owner.ask("GET", "/api/dead-letters")), () => true);
  const job = await failJob(firsthand, organisation);
  const groups = z.object({ items: z.array(z.object({ id: z.number() })).min(1) }).parse(expectStatus(await owner.ask("GET", "/api/customers/groups"), 200).body);
  const group = String(groups.items[0]?.id);
  const reviews = await makeReviews(organisation);
  const picture = expectStatus(await owner.ask("POST", `/api/segments/${idIn(segment)}/pictures`, irrelevantPicture, { "content-type": "application/octet-stream" }), 201);
  const callList = expectStatus(await owner.ask("POST", "/api/call-lists", { name: secretWord, surveyId: survey, segmentId: idIn(segment), hoursFrom: "00:00", hoursTo: "23:59", days: [1, 2, 3, 4, 5, 6, 7] }), 201);
  // Its people come in a job; asking one of them makes the first line of the contact ledger.
  await vi.waitFor(async () => expectStatus(await owner.ask("POST", `/api/call-lists/${idIn(callList)}/next`), 200), { timeout: 15_000 });
  const csv = Buffer.from(`ResponseId,nps,why\nR_1,9,${secretWord}\n`);
  expectStatus(await owner.ask("POST", `/api/surveys/${survey}/response-imports?name=${secretWord}.csv`, csv, { "content-type": "application/octet-stream" }), 200);
  const dialogue = expectStatus(await owner.ask("POST", `/api/surveys/${survey}/dialogues`, { channel: "chat", begunBy: "customer" }), 201);
  const places = await makePlaces(organisation, survey);
  const mailboxes = await makeMailbox(firsthand, organisation);
  const dashboards = await makeDashboard(organisation);
  // Off, so that nothing is asked of it.
  expectStatus(await owner.ask("PATCH", "/api/writing-aid", { address: `https://${secretWord}.example.com/v1`, model: secretWord, key: secretWord }), 200);
  const themes = await makeTheme(organisation);
  const maps = await makeMap(organisation, customer);
  const alerts = await makeAlert(firsthand, organisation);
  await firsthand.settle();
  // What is read in comments, and what follows from that, must not come in while the tests look.
  await vi.waitFor(async () => expect(await owner.ask("GET", "/api/comment-models")).toMatchObject({ body: { isBehind: false } }), { timeout: 15_000 });
  const comment = await vi.waitFor(async () => idOf(page(await owner.ask("GET", "/api/comments?from=2020-01-01")), () => true), { timeout: 15_000 });
  return {
    comment,
    ...themes, ...maps, ...alerts, ...reviews, ...places, ...mailboxes, ...dashboards,
    writeKey, customer, otherCustomer, claim, survey, slug, response, import: idIn(upload), mapping: z.object({ mapping: z.unknown() }).parse(upload.body).mapping,
    key: idIn(key), invitation: idIn(invitation), member: organisation.manager.memberId, touchpoint: idIn(touchpoint), registerEntry: idIn(registerEntry), team: idIn(team), deadLetter, job, annotation: idIn(annotation), customMetric: idIn(customMetric), group, responseWithFile, responseFile, segment: idIn(segment), segmentPicture: z.object({ pictureId: z.string() }).parse(picture.body).pictureId, callList: idIn(callList), dialogue: z.object({ dialogueId: z.string() }).parse(dialogue.body).dialogueId,
  };
};

const collect = async (firsthand: Installation, writeKey: string): Promise<void> => {
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}`;
  const send = async (url: string, body: unknown): Promise<void> => {
    expectStatus(await firsthand.nobody.ask("POST", url, body, { authorization }), 200);
  };
  await send("/v1/identify", { userId: "42", anonymousId: "abc", messageId: "1", traits: { name: `Ada ${secretWord}`, email: "ada@example.com", phone: "+493012345678" } });
  await send("/v1/identify", { userId: "43", messageId: "2", traits: { name: `Bob ${secretWord}` } });
  await send("/v1/track", { userId: "42", event: "Order Completed", messageId: "3", properties: { total: 12, note: secretWord } });
  await send("/v1/group", { userId: "42", groupId: "7", messageId: "5", traits: { name: secretWord } });
  await firsthand.nobody.ask("POST", "/v1/track", { messageId: "4", event: secretWord }, { authorization });
  await firsthand.settle();
};

const answerSurvey = async (firsthand: Installation, { owner }: Organisation): Promise<{ survey: string; slug: string; response: string }> => {
  const created = expectStatus(await owner.ask("POST", "/api/surveys", { name: secretWord, templateId: "relationship" }), 201);
  const { id: survey, slug } = z.object({ id: z.string(), slug: z.string() }).parse(created.body);
  expectStatus(await owner.ask("POST", `/api/surveys/${survey}/versions`), 201);
  const response = crypto.randomUUID();
  const answers = { nps: { number: 3 }, why: { text: secretWord } };
  const saved = await firsthand.nobody.ask("POST", "/api/public/responses", { id: response, slug, version: 1, revision: 1, language: "en", isComplete: true, answers });
  expectStatus(saved, 200);
  return { survey, slug, response };
};

const makeReviews = async ({ owner }: Organisation): Promise<Pick<FilledWorkspace, "review" | "reviewSource" | "testimonial" | "reviewWidget">> => {
  const source = expectStatus(await owner.ask("POST", "/api/review-sources", { kind: "google_play", name: secretWord }), 201);
  const file = Buffer.from(`Review Submit Millis Since Epoch,Star Rating,Review Text\n1790000000000,2,${secretWord}\n`);
  expectStatus(await owner.ask("POST", `/api/review-sources/${idIn(source)}/uploads`, file, { "content-type": "application/octet-stream" }), 200);
  const review = idOf(page(await owner.ask("GET", "/api/reviews")), () => true);
  const testimonial = expectStatus(await owner.ask("POST", "/api/testimonials", { reviewId: review }), 201);
  const widget = expectStatus(await owner.ask("POST", "/api/review-widgets", { name: secretWord }), 201);
  return { review, reviewSource: idIn(source), testimonial: idIn(testimonial), reviewWidget: idIn(widget) };
};

// Paused, so that nobody reads it in the middle of a comparison.
const makeMailbox = async ({ services }: Installation, { owner, workspaceId }: Organisation): Promise<Pick<FilledWorkspace, "mailbox" | "quarantinedMail">> => {
  const given = { host: `${secretWord}.example.com`, username: `${secretWord}@example.com`, password: secretWord, isActive: false };
  const mailbox = idIn(expectStatus(await owner.ask("POST", "/api/mailboxes", given), 201));
  const content = Buffer.from(`Subject: ${secretWord}\r\n\r\n${secretWord}\r\n`);
  const failed = { workspaceId, mailboxId: mailbox, fingerprint: "irrelevant", id: newId(), sizeBytes: content.length, at: services.clock.now(), reason: secretWord, sender: secretWord, subject: secretWord, content };
  await insertFailedMail(services.db, failed);
  return { mailbox, quarantinedMail: failed.id };
};

const makeDashboard = async ({ owner, manager }: Organisation): Promise<Pick<FilledWorkspace, "dashboard" | "dashboardShare" | "dashboardSchedule">> => {
  const tiles = [{ id: newId(), chart: "note", text: secretWord, place: { x: 0, y: 0, w: 4, h: 3 } }, { id: newId(), chart: "number", metric: "nps", place: { x: 4, y: 0, w: 4, h: 3 } }];
  const dashboard = idIn(expectStatus(await owner.ask("POST", "/api/dashboards", { name: secretWord, tiles }), 201));
  const share = expectStatus(await owner.ask("POST", `/api/dashboards/${dashboard}/shares`, { name: secretWord, period: { preset: "90d" } }), 201);
  const times = { rhythm: "daily", hour: 7, period: "7d", memberIds: [manager.memberId] };
  const schedule = expectStatus(await owner.ask("POST", `/api/dashboards/${dashboard}/schedules`, times), 201);
  return { dashboard, dashboardShare: idIn(share), dashboardSchedule: idIn(schedule) };
};

// Every workspace begins with rules that look by the clock: they look before anybody compares.
const makeAlert = async (firsthand: Installation, { owner, workspaceId }: Organisation): Promise<Pick<FilledWorkspace, "alert" | "alertRule">> => {
  const { db, clock } = firsthand.services;
  const alertRule = idIn(expectStatus(await owner.ask("POST", "/api/alert-rules", { what: "stars", direction: "up", name: secretWord, isOn: false }), 201));
  const alert = newId();
  const now = clock.now().toISOString();
  const evidence = { unit: "scale", from: now, to: now, count: 30, countBefore: 90, value: 4, expected: 3, difference: 1, low: 0.5, high: 1.5, yearsBetween: 10, points: [] };
  await db.query(
    "insert into insights.alerts (id, workspace_id, rule_id, step, direction, raised_at, is_quiet, is_from_history, evidence) values ($1, $2, $3, 1, 'up', $4, false, false, $5)",
    [alert, workspaceId, alertRule, now, JSON.stringify(evidence)],
  );
  await firsthand.settle();
  await enqueue(db, "alerts.look", {});
  const due = "select from insights.alert_rules where workspace_id = $1 and is_on and next_look_at <= $2";
  await vi.waitFor(async () => {
    if ((await db.query(due, [workspaceId, clock.now()])).rowCount !== 0) throw new Error("The rules for alerts have not looked yet.");
  }, { timeout: 15_000 });
  return { alert, alertRule };
};

const makePlaces = async ({ owner }: Organisation, surveyId: string): Promise<Pick<FilledWorkspace, "kiosk" | "poster" | "distribution">> => {
  const kiosk = expectStatus(await owner.ask("POST", "/api/kiosks", { name: secretWord, surveyId, pin: "2468" }), 201);
  const poster = expectStatus(await owner.ask("POST", "/api/posters", { place: secretWord, surveyId }), 201);
  const settings = { channel: "email", kind: "relationship", schedule: { kind: "now" } };
  const distribution = expectStatus(await owner.ask("POST", "/api/distributions", { surveyId, name: secretWord, settings, addresses: [`${secretWord}@example.com`] }), 201);
  return { kiosk: idIn(kiosk), poster: idIn(poster), distribution: idIn(distribution) };
};

const makeMap = async ({ owner, manager }: Organisation, customer: string): Promise<Pick<FilledWorkspace, "map" | "mapPhoto" | "gapAssignment">> => {
  const persona = { kind: "persona", name: secretWord, story: secretWord, segmentId: null };
  const map = idIn(expectStatus(await owner.ask("POST", "/api/maps", { name: secretWord, viewpoint: persona, from: { kind: "template", template: "first_purchase" } }), 201));
  const photo = expectStatus(await owner.ask("POST", `/api/maps/${map}/photos`, irrelevantPicture, { "content-type": "application/octet-stream" }), 201);
  const { fileId: mapPhoto } = z.object({ fileId: z.string() }).parse(photo.body);
  const edit = { do: "change", part: "step", id: "step1", was: { description: "" }, now: { description: secretWord } };
  expectStatus(await owner.ask("POST", `/api/maps/${map}/edits`, { id: newId(), knows: 0, edits: [edit] }), 200);
  expectStatus(await owner.ask("POST", `/api/maps/${map}/comments`, { text: secretWord, mentions: [manager.memberId] }), 201);
  expectStatus(await owner.ask("POST", `/api/maps/${map}/accounts`, { customerId: customer, stepId: "step1", phase: "during", feeling: 1, motivation: secretWord, evidence: "told" }), 201);
  const gap = { key: secretWord, kind: "promise", touchpoint: secretWord, title: secretWord, note: secretWord, ownerId: manager.memberId };
  const gapAssignment = idIn(expectStatus(await owner.ask("POST", "/api/gap-assignments", gap), 201));
  return { map, mapPhoto, gapAssignment };
};

const answerWithFile = async (firsthand: Installation, { owner }: Organisation): Promise<{ responseWithFile: string; responseFile: string }> => {
  const file = { id: "file", type: "file", title: { en: secretWord }, isRequired: false, kinds: ["pdf"], filesMax: 1, sizeMaxMb: 1 };
  const definition = { format: 1, languages: ["en"], title: { en: secretWord }, questions: [file], thanks: { title: { en: secretWord } }, theme: { accent: "#3b4fd8" } };
  const created = expectStatus(await owner.ask("POST", "/api/surveys", { name: secretWord, definition }), 201);
  const { id, slug } = z.object({ id: z.string(), slug: z.string() }).parse(created.body);
  expectStatus(await owner.ask("POST", `/api/surveys/${id}/versions`), 201);
  const responseWithFile = crypto.randomUUID();
  const address = `/api/public/files?slug=${slug}&responseId=${responseWithFile}&questionId=file&name=${secretWord}.pdf`;
  const responseFile = idIn(expectStatus(await firsthand.nobody.ask("POST", address, Buffer.from("%PDF-1.7"), { "content-type": "application/pdf" }), 201));
  const answers = { file: { files: [{ id: responseFile, name: secretWord }] } };
  expectStatus(await firsthand.nobody.ask("POST", "/api/public/responses", { id: responseWithFile, slug, version: 1, revision: 1, language: "en", isComplete: true, answers }), 200);
  return { responseWithFile, responseFile };
};

const failJob = async (firsthand: Installation, { owner, workspaceId }: Organisation): Promise<string> => {
  await enqueue(firsthand.services.db, "mail.send", { mailId: "not an id", workspaceId }, { maxAttempts: 1 });
  return vi.waitFor(async () => idOf(page(await owner.ask("GET", "/api/jobs/failed")), () => true), { timeout: 15_000 });
};

const expectStatus = (reply: Answer, status: number): Answer => {
  if (reply.status !== status) throw new Error(`The set-up was answered with ${reply.status} instead of ${status}: ${reply.text.slice(0, 500)}`);
  return reply;
};

// One pixel.
const irrelevantPicture = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==", "base64");

type Item = { id: string; name: string };
const page = (reply: Answer): Item[] => z.object({ items: z.array(z.object({ id: z.string(), name: z.string().default("") })) }).parse(expectStatus(reply, 200).body).items;
const idIn = (reply: Answer): string => z.object({ id: z.string() }).parse(reply.body).id;
const idOf = (items: readonly Item[], isMeant: (item: Item) => boolean): string => {
  const found = items.find(isMeant);
  if (found === undefined) throw new Error("The set-up made nothing of a kind that it needs.");
  return found.id;
};

const makeTheme = async ({ owner }: Organisation): Promise<Pick<FilledWorkspace, "theme" | "themeDiscovery">> => {
  const theme = expectStatus(await owner.ask("POST", "/api/themes", { name: secretWord, words: ["parcel"] }), 201);
  const { discovery } = z.object({ discovery: z.object({ id: z.string() }) }).parse(expectStatus(await owner.ask("GET", "/api/themes"), 200).body);
  return { theme: idIn(theme), themeDiscovery: discovery.id };
};
