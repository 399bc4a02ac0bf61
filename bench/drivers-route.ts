// The drivers of a survey with 100,000 responses over HTTP, twelve factors and 1,000 bootstraps: ratings, with gaps filled, and with what was said and met around the answers.
//   node tools/run.mjs bench/drivers-route.ts [--responses 100000] [--rounds 5]
// Prints JSON. The rows are made in the analytics store itself: how fast they get there is measured by freshness, not here.
import duckdb from "@duckdb/node-api";
import { parseArgs } from "node:util";
import type { Question } from "../server/feedback/surveys/definition.contract.ts";
import type { Firsthand } from "../server/firsthand.ts";
import { SurveyDrivers } from "../server/insights/drivers/drivers.contract.ts";
import { upsertThemes } from "../server/insights/themes/themes.queries.ts";
import { transaction } from "../server/platform/db/db.api.ts";
import { createKey } from "../server/people/keys/keys.ts";
import { ownerOf, withFilledSurvey } from "./filled-survey.ts";
import { quantile } from "./timings.ts";

type Figure = { request: string; rows: number; p50Ms: number; slowestMs: number; queriesMs: number };
export type DriverRouteFigures = { responses: number; facts: number; rounds: number; figures: Figure[] };

const RATINGS = 12;
const FACTS_PER_RESPONSE = 20;
const themes = [1, 2, 3].map((at) => `00000000-0000-7000-8000-00000000000${at}`);
const ratingIds = (letter: string, count = RATINGS): string[] => Array.from({ length: count }, (_, at) => `${letter}${at + 1}`);
const asked = (id: string) => ({ id, title: { en: id }, isRequired: false });
const QUESTIONS: Question[] = [{ type: "nps", ...asked("nps") }, ...["whole", "gappy"].flatMap((letter) => ratingIds(letter)).map((id): Question => ({ type: "csat", ...asked(id) })), { type: "text", ...asked("why") }];

const around = [...ratingIds("whole", 4), "need:PROMISE", "need:INFORM", ...themes.slice(0, 2).map((id) => `theme:${id}`), "touchpoint:Checkout", "touchpoint:Help%20desk", "effort:contacts", "waiting:silence"];
const REQUESTS: Record<string, string> = {
  "12 ratings, complete rows": `factors=${ratingIds("whole").join(",")}`,
  "12 ratings, pair by pair, a tenth missing": `factors=${ratingIds("gappy").join(",")}&missing=pairwise`,
  "12 ratings, means, a tenth missing": `factors=${ratingIds("gappy").join(",")}&missing=mean`,
  "12 ratings, filled ten times, a tenth missing": `factors=${ratingIds("gappy").join(",")}&missing=multiple`,
  "4 ratings with needs, themes, touchpoints, contacts and silence": `factors=${encodeURIComponent(around.join(","))}`,
};

/** Makes each request several times; tells how long it takes, and how much of that the queries of the store take. */
export const measureDriversRoute = async (given: { responses: number; rounds: number }): Promise<DriverRouteFigures> => {
  const theme = { isNamed: true, language: "en", slope: 1, offset: 0, coherence: null, stability: null, state: "kept", mergedInto: null, madeBy: "person", madeAt: new Date("2026-01-01"), retiredAt: null } as const;
  return withFilledSurvey({
    questions: QUESTIONS,
    prepare: ({ services }, workspaceId) => transaction(services.db, (tx) => upsertThemes(tx, workspaceId, themes.map((id, at) => ({ ...theme, terms: [], id, name: `Theme ${at + 1}` })))),
    fill: (survey) => fill(survey.path, { ...survey, responses: given.responses }),
    measure: async (firsthand, survey) => ({ ...given, facts: given.responses * FACTS_PER_RESPONSE, figures: await measure(firsthand, { ...survey, rounds: given.rounds }) }),
  });
};

const measure = async (firsthand: Firsthand, given: { workspaceId: string; surveyId: string; rounds: number }): Promise<Figure[]> => {
  const { services, app } = firsthand;
  const { token } = await createKey(services, ownerOf(given.workspaceId), { kind: "api", name: "bench", abilities: ["responses.read", "need-facts.set"] });
  const headers = { authorization: `Bearer ${token}` };
  const settings = { contacts: ["Support call"], opened: ["Order Completed"], closed: ["Order Delivered"] };
  const put = await app.inject({ method: "PUT", url: "/api/need-facts/settings", headers, payload: settings });
  if (put.statusCode !== 200) throw new Error(`settings: ${put.body}`);
  const queries = timeQueries(firsthand);
  const figures: Figure[] = [];
  for (const [request, query] of Object.entries(REQUESTS)) {
    let rows = 0;
    const [whole, inQueries]: [number[], number[]] = [[], []];
    for (let round = 0; round < given.rounds; round += 1) {
      queries.reset();
      const began = performance.now();
      const reply = await app.inject({ method: "GET", url: `/api/surveys/${given.surveyId}/drivers?${query}`, headers });
      whole.push(performance.now() - began);
      inQueries.push(queries.sum());
      const { result } = SurveyDrivers.parse(reply.json());
      if (result === null) throw new Error(`${request}: ${reply.body.slice(0, 500)}`);
      rows = result.n;
    }
    figures.push({ request, rows, p50Ms: quantile(whole, 0.5, 0), slowestMs: Math.round(Math.max(...whole)), queriesMs: quantile(inQueries, 0.5, 0) });
  }
  return figures;
};

// Queries that run beside one another are added up, so this is at most what they take.
const timeQueries = ({ services: { analytics } }: Firsthand): { reset: () => void; sum: () => number } => {
  let sum = 0;
  const ask = analytics.query;
  analytics.query = async (...given) => {
    const began = performance.now();
    const rows = await ask(...given);
    sum += performance.now() - began;
    return rows;
  };
  return { reset: () => void (sum = 0), sum: () => sum };
};

/** A year of responses of known customers. Ratings and score lean on a mood; half wrote a comment; each customer met twenty things in the year. */
const fill = async (path: string, { workspaceId, surveyId, responses }: { workspaceId: string; surveyId: string; responses: number }): Promise<void> => {
  const instance = await duckdb.DuckDBInstance.create(path, { preserve_insertion_order: "true", memory_limit: "2GB" });
  const connection = await instance.connect();
  const [workspace, survey] = [`cast('${workspaceId}' as uuid)`, `cast('${surveyId}' as uuid)`];
  const scales = [{ id: "nps", part: "0-10", values: 11, low: 0 }, ...["whole", "gappy"].flatMap((letter) => ratingIds(letter)).map((id) => ({ id, part: "1-5", values: 5, low: 1 }))];
  const boxes = scales.flatMap(({ id, part, values, low }, scale) => Array.from({ length: values }, (_, at) => `(${(scale + 1) * 100 + at}, ${workspace}, ${survey}, '${id}', 'score', '${part}', '', ${low + at})`));
  await connection.run(`insert into boxes values ${boxes.join(", ")}`);
  await connection.run(`insert into cells values (1, ${workspace}, 'web', 'en', 1, '', '', '')`);
  const day = `cast(${Date.parse("2025-11-01") / 86_400_000} + i * 365 // ${responses} as bigint)`;
  const at = (before: string): string => `timestamp '2025-11-01 12:00:00' + to_milliseconds(cast(i * ${365 * 86_400_000} // ${responses} - ${before} as bigint))`;
  const made = (count: number): string => `from range(${count}) made(i)`;
  await connection.run(`insert into responses select i, ${workspace}, ${survey}, cast(md5('response' || i) as uuid), ${day}, 1, true, 60 ${made(responses)}`);
  const mood = "hash(i * 7) % 100";
  const marks = scales.map(({ id, values }, scale) => {
    const box = `${(scale + 1) * 100} + least(${values - 1}, (${mood} + hash(i * ${2 * scale + 11}) % 100) // ${Math.ceil(200 / values)})`;
    return id.startsWith("gappy") ? `case when hash(i * ${scale + 101}) % 10 > 0 then ${box} end` : box;
  });
  await connection.run(`insert into answers select response, day, 1, box, null from (select i as response, ${day} as day, unnest([${marks.map((mark) => `cast(${mark} as bigint)`).join(", ")}]) as box ${made(responses)}) marked where box is not null`);
  await connection.run("insert into answer_counts select day, cell, box, count(*), 0, 0 from answers group by day, cell, box order by day, cell, box");
  const row = `${workspace} as workspace_id, cast(i as bigint) as seq`;
  const felt = `${row}, cast(md5('customer' || i) as uuid) as customer, ${at("0")} as "at", ${survey} as survey_id, cast(md5('response' || i) as uuid) as response_id`;
  await connection.run(`insert into feelings by name select ${felt}, uuid() as id, 'nps' as kind ${made(responses)}`);
  await connection.run(`insert into feelings by name select ${felt}, cast(md5('comment' || i) as uuid) as id, 'comment' as kind ${made(responses)} where i % 2 = 0`);
  const need = (salt: number): string => `case hash(i * ${salt}) % 4 when 0 then -1 when 1 then 1 end`;
  await connection.run(`insert into readings by name select ${workspace} as workspace_id, cast(md5('comment' || i) as uuid) as id, 'neu' as sentiment, 0 as sentiment_score, ${need(3)} as need_promise, ${need(5)} as need_inform, false as is_urgent, false as is_unsure ${made(responses)} where i % 2 = 0`);
  await connection.run(`insert into comment_themes select ${workspace}, cast(md5('comment' || i) as uuid), cast(([${themes.map((id) => `'${id}'`).join(", ")}])[1 + i % 3] as uuid), 0.9 ${made(responses)} where hash(i * 13) % 3 > 0 and i % 2 = 0`);
  const names = ["Support call", "Order Completed", "Order Delivered", "Page Viewed", "Page Viewed"];
  const places = ["Help desk", "Checkout", "Delivery", "Shop window", "Search"];
  const pick = (from: readonly string[]): string => `([${from.map((name) => `'${name}'`).join(", ")}])[1 + cast(hash(i * 17) % ${from.length} as int)]`;
  await connection.run(`
    insert into facts by name
    select ${workspace} as workspace_id, cast(md5('fact' || i) as uuid) as id, cast(i as bigint) as seq, 'track' as type, cast(md5('customer' || i // ${FACTS_PER_RESPONSE}) as uuid) as customer,
           timestamp '2025-11-01 12:00:00' + to_milliseconds(cast(i // ${FACTS_PER_RESPONSE} * ${365 * 86_400_000} // ${responses} - hash(i * 19) % ${180 * 86_400} * 1000 as bigint)) as "at",
           ${pick(names)} as name, ${pick(places)} as touchpoint
    ${made(responses * FACTS_PER_RESPONSE)}`);
  await connection.run(`insert into details by name select workspace_id, id, seq, 'order_id' as name, cast(customer as varchar) as text from experience where record = 'interaction' and name like 'Order%'`);
  await connection.run("checkpoint");
  connection.closeSync();
  instance.closeSync();
};

if (import.meta.main) {
  const { values } = parseArgs({ options: { responses: { type: "string", default: "100000" }, rounds: { type: "string", default: "5" } } });
  console.log(JSON.stringify(await measureDriversRoute({ responses: Number(values.responses), rounds: Number(values.rounds) }), null, 2));
}
