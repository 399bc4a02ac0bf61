import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { insertPerceptions, type NewPerception } from "#customers";
import { makePerception } from "../../customers/perceptions/perceptions.make.ts";
import { publishSurvey } from "../../feedback/feedback.make.ts";
import { makeInstallation, type Installation, type Organisation } from "../../firsthand.make.ts";
import { changesReply } from "../changes/changes.contract.ts";
import { explanation } from "../explanations/explanations.contract.ts";
import { summaryReply, type MetricSummary } from "./metrics.contract.ts";

let firsthand: Installation;
let organisation: Organisation;

beforeAll(async () => {
  firsthand = await makeInstallation({ clock: { now: () => new Date("2026-06-30T12:00:00Z") } });
});
afterAll(() => firsthand.stop());
beforeEach(async () => {
  organisation = await firsthand.makeOrganisation();
});

const june = "from=2026-06-01&to=2026-06-29";
const ask = async (url: string): Promise<unknown> => {
  const reply = await organisation.viewer.ask("GET", url);
  expect(reply.status, reply.text).toBe(200);
  return reply.body;
};
const nps = async (): Promise<MetricSummary> => {
  const found = summaryReply.parse(await ask(`/api/metrics/summary?${june}&metrics=nps`)).metrics[0];
  if (found === undefined) throw new Error("A summary has what was asked for.");
  return found;
};
/** A hundred customers, or two hundred, give scores on twenty days of May and of June; of the promoters of May twelve are passives in June. */
const panel = async (who: (place: number, month: string) => string | null, given: (place: number) => Partial<NewPerception> = () => ({})): Promise<void> => {
  const value = (place: number, month: string): number => (place < 60 ? (month === "06" && place < 12 ? 8 : 10) : place < 75 ? 8 : 3);
  const rows = ["05", "06"].flatMap((month) => Array.from({ length: 100 }, (_, place): Partial<NewPerception> => ({
    kind: "nps", value: value(place, month), subject: who(place, month), at: `2026-${month}-${String(5 + (place % 20)).padStart(2, "0")}T12:00:00Z`, ...given(place),
  })));
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, rows.map((row) => makePerception(row)));
  await firsthand.settle();
};

test("customers who answer in both periods are compared with themselves: what is chance among strangers is a change of theirs", async () => {
  await panel((place) => `user:c${place}`);
  const { change } = await nps();

  expect(change).toMatchObject({ previousScore: 35, difference: -12, isSignificant: true, sameCustomers: { both: 100, customers: 100 } });
  expect(change?.p).toBeLessThan(0.001);
  const { changes: [home] } = changesReply.parse(await ask(`/api/changes?${june}&metrics=nps`));
  expect(home?.p).toBeLessThan(0.01);
  expect(explanation.parse(await ask(`/api/explanations?${june}&metric=nps`)).change?.p).toBe(home?.p);
  expect((await nps()).definition.comparison).toContain("each customer is compared with themselves");
});

test("what is asked beside a metric changes nothing of its test, however many answers that has", async () => {
  await insertPerceptions(firsthand.services.db, organisation.workspaceId, Array.from({ length: 10_100 }, (_, place) => makePerception({ kind: "csat", value: 4, scaleMin: 1, scaleMax: 5, at: `2026-0${5 + (place % 2)}-10T12:00:00Z` })));
  await panel((place) => `user:c${place}`);

  const [alone, beside] = [await ask(`/api/changes?${june}&metrics=nps`), await ask(`/api/changes?${june}&metrics=csat&metrics=nps`)].map((reply) => changesReply.parse(reply).changes.find(({ metric }) => metric === "nps"));
  expect(beside).toEqual(alone);
  const summed = summaryReply.parse(await ask(`/api/metrics/summary?${june}&metrics=nps&metrics=csat`)).metrics.find(({ metric }) => metric === "nps");
  expect(summed).toEqual(await nps());
});

test.each([
  ["other customers", (place: number, month: string) => `user:${month} ${place}`],
  ["nobody known", () => null],
  ["a fifth of the same ones", (place: number, month: string) => (place % 5 === 0 ? `user:c${place}` : `user:${month} ${place}`)],
] as const)("the same answers of %s are those of strangers", async (_, who) => {
  await panel(who);
  const { change } = await nps();
  expect(change).toMatchObject({ previousScore: 35, difference: -12, isSignificant: false });
  expect(change?.sameCustomers).toBeUndefined();
  const { changes: [home] } = changesReply.parse(await ask(`/api/changes?${june}&metrics=nps`));
  expect(home?.p).toBeGreaterThan(0.05);
});

test("so are they where answers weigh, by their weights", async () => {
  await panel((place) => `user:c${place}`, (place) => ({ weight: place < 50 ? 2 : 1 }));
  const { weighted } = await nps();

  expect(weighted?.change).toMatchObject({ difference: -16, isSignificant: true, sameCustomers: { both: 100, customers: 100 } });
  organisation = await firsthand.makeOrganisation();
  await panel((place, month) => `user:${month} ${place}`, (place) => ({ weight: place < 50 ? 2 : 1 }));
  const strangers = (await nps()).weighted?.change;
  expect(strangers?.difference).toBeCloseTo(-16, 9);
  expect(strangers).toMatchObject({ isSignificant: false });
  expect(strangers?.sameCustomers).toBeUndefined();
});

test.each([[true, "customers who answer twice"], [false, "strangers"]])("the groups of a reason are told as their change is: %s, %s", async (isSignificant, who) => {
  await panel((place, month) => (who === "strangers" ? `user:${month} ${place}` : `user:c${place}`), (place) => ({ channel: place % 2 === 0 ? "web" : "phone", touchpoint: place < 30 ? "Checkout" : "Delivery" }));

  const { change, splits } = explanation.parse(await ask(`/api/explanations?${june}&metric=nps`));

  expect(change?.isSignificant).toBe(isSignificant);
  const [touchpoints, channels] = ["touchpoint", "channel"].map((by) => splits.find((split) => split.by === by)?.contributions);
  expect(channels?.map(({ value, isSignificant: isSure }) => [value, isSure])).toEqual([["phone", isSignificant], ["web", isSignificant]]);
  // All who moved have answered about one place; those who say the same again did not move.
  expect(touchpoints?.map(({ value, isSignificant: isSure }) => [value, isSure])).toEqual([["Checkout", true], ["Delivery", false]]);
});

test("a source that calls every channel otherwise leaves the reasons to be told", async () => {
  await panel((place) => `user:c${place}`);
  const strange = Array.from({ length: 11_000 }, (_, place): Partial<NewPerception> => ({ kind: "nps", value: 8, subject: `user:c${place % 100}`, channel: `order ${place}`, at: "2026-06-20T12:00:00Z" }));
  for (let start = 0; start < strange.length; start += 1_000) await insertPerceptions(firsthand.services.db, organisation.workspaceId, strange.slice(start, start + 1_000).map((row) => makePerception(row)));
  await firsthand.settle();

  expect(explanation.parse(await ask(`/api/explanations?${june}&metric=nps`)).change).toMatchObject({ previousCount: 100 });
}, 60_000);

/** A hundred people are asked in May and in June; of the sixty who answered in May twelve do not in June. */
const askTwice = async (who: "the same" | "strangers"): Promise<void> => {
  const survey = await publishSurvey(organisation.owner, { questions: [{ type: "nps", id: "nps", title: { en: "Irrelevant?" }, isRequired: false }] });
  const values = [organisation.workspaceId, crypto.randomUUID(), survey.id];
  await firsthand.services.db.query("insert into feedback.distributions (workspace_id, id, survey_id, name, settings, wave, started_at, created_at, changed_at) values ($1, $2, $3, 'Summer', '{}', 2, now(), now(), now())", values);
  await firsthand.services.db.query(
    `insert into feedback.invitations (workspace_id, id, distribution_id, survey_id, wave, person_key, customer_id, language, state, channel, sent_at, answered_at, response_id, created_at)
     select $1, gen_random_uuid(), $2, $3, 1, month || ' ' || person, md5(person || case when $4 then '' else month end)::uuid, 'en', 'sent', case when person % 2 = 0 then 'email' else 'text' end, asked.at,
            case when person <= 60 and (month = '05' or person > 12) then asked.at + interval '1 day' end, gen_random_uuid(), now()
     from unnest(array['05', '06']) month, generate_series(1, 100) person, lateral (select ('2026-' || month || '-' || lpad((5 + person % 20)::text, 2, '0') || 'T12:00:00Z')::timestamptz as at) asked`,
    [...values, who === "the same"]);
};

test("people asked twice are compared with themselves, by way as in all", async () => {
  await askTwice("the same");
  const rate = async () => summaryReply.parse(await ask(`/api/metrics/summary?${june}&metrics=response_rate`)).metrics[0]?.change;
  const explained = async () => explanation.parse(await ask(`/api/explanations?${june}&metric=response_rate`));

  expect(await rate()).toMatchObject({ previousScore: 60, difference: -12, isSignificant: true, sameCustomers: { both: 100, customers: 100 } });
  const { changes: [home] } = changesReply.parse(await ask(`/api/changes?${june}&metrics=response_rate`));
  expect(home?.p).toBeLessThan(0.01);
  expect((await explained()).splits.find(({ by }) => by === "channel")?.contributions.map(({ isSignificant }) => isSignificant)).toEqual([true, true]);
  organisation = await firsthand.makeOrganisation();
  await askTwice("strangers");
  expect(await rate()).toMatchObject({ previousScore: 60, difference: -12, isSignificant: false });
  expect((await rate())?.sameCustomers).toBeUndefined();
  expect((await explained()).splits.find(({ by }) => by === "channel")?.contributions.map(({ isSignificant }) => isSignificant)).toEqual([false, false]);
});
