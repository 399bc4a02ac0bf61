// How long after its commit an answer shows on Home while events pour in.
//   node tools/run.mjs bench/freshness.ts [--rate 5000] [--answers 120]
// Prints JSON. Everybody who sends events is known before, as in a shop that is open for more than a minute. Time runs from the reply to the answer, which comes after its commit, to the first summary of Home that counts it.
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startBenchServer } from "./bench-server.ts";
import type { BenchServer } from "./bench-server.ts";
import { quantile } from "./timings.ts";

export type FreshnessFigures = { eventsPerSecond: number; answers: number; p50Ms: number; p99Ms: number; maxMs: number; analyticsLagRows: number };

const BATCH = 100;
const WARM_UP_MS = 3_000;
const POLL_MS = 10;
const GIVE_UP_MS = 60_000;
const GET_TO_KNOW_MS = 180_000;
const PEOPLE = 50_000;

/** Sends events at a steady rate in batches and, beside them, answers one after the other. */
export const measureFreshness = async (given: { rate: number; answers: number }): Promise<FreshnessFigures> => {
  const server = await startBenchServer();
  try {
    const survey = await openSurvey(server);
    await getToKnow(server);
    const pouring = pour(server, given.rate);
    await wait(WARM_UP_MS);
    const delays: number[] = [];
    const seen = { count: await countAnswers(server) };
    for (let answer = 0; answer < given.answers; answer += 1) delays.push(await timeAnswer(server, survey, seen));
    const { events, seconds } = await pouring.stop();
    const lag = await readLag(server);
    return { eventsPerSecond: Math.round(events / seconds), answers: delays.length, p50Ms: quantile(delays, 0.5, 0), p99Ms: quantile(delays, 0.99, 0), maxMs: quantile(delays, 1, 0), analyticsLagRows: lag };
  } finally {
    await server.stop();
    server.remove();
  }
};

type Survey = { slug: string; version: number };

const openSurvey = async (server: BenchServer): Promise<Survey> => {
  const templates = Object(await server.ask("GET", "/api/survey-templates")).items;
  const created = Object(await server.ask("POST", "/api/surveys", { name: "Bench", templateId: templates[0].id }));
  const published = Object(await server.ask("POST", `/api/surveys/${created.id}/versions`));
  return { slug: published.slug, version: published.publishedVersion ?? 1 };
};

const countAnswers = async (server: BenchServer): Promise<number> => {
  const summary = JSON.stringify(await server.ask("GET", "/api/metrics/summary"));
  return Number(/"metric":"nps".*?"count":(\d+)/.exec(summary)?.[1] ?? 0);
};

/** One event of each person, copied to the end. */
const getToKnow = async (server: BenchServer): Promise<void> => {
  for (let first = 0; first < PEOPLE; first += BATCH) await send(server, Array.from({ length: BATCH }, (_, place) => first + place));
  const end = performance.now() + GET_TO_KNOW_MS;
  while ((await readLag(server)) > 0) {
    if (performance.now() > end) throw new Error(`${PEOPLE} people were not known within ${GET_TO_KNOW_MS / 1000} s.`);
    await wait(200);
  }
};

const readLag = async (server: BenchServer): Promise<number> =>
  Number(/firsthand_analytics_lag_rows (\d+)/.exec(await (await fetch(`${server.address}/health/metrics`)).text())?.[1] ?? 0);

/** Sends one event of each of these people.
 *  @returns whether it was acknowledged */
const send = async (server: BenchServer, people: readonly number[]): Promise<boolean> => {
  const authorization = `Basic ${Buffer.from(`${server.writeKey}:`).toString("base64")}`;
  const reply = await fetch(`${server.address}/v1/batch`, { method: "POST", headers: { authorization, "content-type": "application/json" }, body: batchText(people) });
  await reply.arrayBuffer();
  return reply.ok;
};

const timeAnswer = async (server: BenchServer, { slug, version }: Survey, seen: { count: number }): Promise<number> => {
  const body = { id: randomUUID(), slug, version, revision: 1, language: "en", isComplete: true, openedAgoMs: 60_000, answers: { nps: { number: Math.floor(Math.random() * 11) } } };
  await server.ask("POST", "/api/public/responses", body);
  const committed = performance.now();
  for (;;) {
    const count = await countAnswers(server);
    const now = performance.now();
    if (count > seen.count) {
      seen.count = count;
      return now - committed;
    }
    if (now - committed > GIVE_UP_MS) throw new Error(`An answer did not show on Home within ${GIVE_UP_MS / 1000} s.`);
    await wait(POLL_MS);
  }
};

const pour = (server: BenchServer, rate: number): { stop: () => Promise<{ events: number; seconds: number }> } => {
  const began = performance.now();
  const underway = new Set<Promise<unknown>>();
  let isOn = true;
  let sent = 0;
  let events = 0;
  const sendOne = async (): Promise<void> => {
    if (await send(server, Array.from({ length: BATCH }, () => Math.floor(Math.random() * PEOPLE)))) events += BATCH;
  };
  const run = async (): Promise<void> => {
    for (; isOn; await wait(5))
      while (sent * BATCH < ((performance.now() - began) / 1000) * rate) {
        sent += 1;
        const one: Promise<void> = sendOne().finally(() => underway.delete(one));
        underway.add(one);
      }
  };
  const running = run();
  return {
    stop: async () => {
      isOn = false;
      await running;
      await Promise.all(underway);
      return { events, seconds: (performance.now() - began) / 1000 };
    },
  };
};

const batchText = (people: readonly number[]): string => {
  const now = new Date().toISOString();
  const batch = people.map((person) => ({
    type: "track",
    messageId: randomUUID(),
    userId: `user-${person}`,
    event: `Event ${Math.floor(Math.random() * 40)}`,
    timestamp: now,
    properties: { path: "/checkout", total: 12.5, currency: "EUR" },
  }));
  return JSON.stringify({ batch, sentAt: now });
};

if (import.meta.main) {
  const { values } = parseArgs({ options: { rate: { type: "string", default: "5000" }, answers: { type: "string", default: "120" } } });
  console.log(JSON.stringify(await measureFreshness({ rate: Number(values.rate), answers: Number(values.answers) }), null, 2));
}
