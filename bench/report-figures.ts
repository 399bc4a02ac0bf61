// The report of a survey with a million responses, over HTTP, beside the bare DuckDB queries inside it.
//   node tools/run.mjs bench/report-figures.ts [--responses 1000000] [--rounds 20]
// Prints JSON. The marks are made in the store itself: how fast they get there is measured by freshness, not here.
import duckdb from "@duckdb/node-api";
import { copyFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Question } from "../server/feedback/surveys/definition.contract.ts";
import { createKey } from "../server/people/keys/keys.ts";
import type { Firsthand } from "../server/firsthand.ts";
import { ownerOf, withFilledSurvey } from "./filled-survey.ts";
import { quantile, recordQueries, timed } from "./timings.ts";

type Figure = { request: string; p50Ms: number; p95Ms: number; bareP50Ms: number };
export type ReportFigures = { responses: number; marks: number; counts: number; rounds: number; figures: Figure[] };

const REQUESTS: Record<string, string> = {
  "whole report, all time": "report",
  "whole report, 90 days": "report?from=2026-08-03&to=2026-11-01",
  "whole report, one channel": "report?channel=email",
  "score by channel": "report/groups?question=nps&by=channel",
  "score by month, with tests": "report/waves?question=nps&by=month",
  "crosstab by channel": "report/crosstab?rows=many&columns=by:channel",
  "crosstab of two questions": "report/crosstab?rows=reason&columns=sex",
  "whole report, one segment": "report?trait=plan%3Dgold",
  "whole report, weighted": "report?weighted=true",
};

const option = (id: string) => ({ id, label: { en: id } });
const options = (count: number) => Array.from({ length: count }, (_, index) => option(`o${index}`));
const asked = (id: string) => ({ id, title: { en: id }, isRequired: false });
const QUESTIONS: Question[] = [
  { type: "nps", ...asked("nps") }, { type: "csat", ...asked("csat") }, { type: "ces", ...asked("ces") },
  { type: "single", ...asked("reason"), options: options(6) }, { type: "multi", ...asked("many"), options: options(8) },
  { type: "matrix", ...asked("grid"), rows: options(3), columns: options(5) }, { type: "ranking", ...asked("order"), options: options(4) },
  { type: "slider", ...asked("slide"), min: 0, max: 100, step: 1 }, { type: "text", ...asked("why") },
  { type: "single", ...asked("sex"), options: [option("f"), option("m")] },
];

/** Measures every request of the report screen in turn with the bare queries it makes. */
export const measureReport = async (given: { responses: number; rounds: number }): Promise<ReportFigures> => {
  const { rounds, responses } = given;
  return withFilledSurvey({
    questions: QUESTIONS,
    fill: async (survey) => {
      await fill(survey.path, { ...survey, responses });
      copyFileSync(survey.path, `${survey.path}.bare`);
    },
    measure: async (firsthand, survey) => ({ ...given, ...(await measure(firsthand, { ...survey, barePath: `${survey.path}.bare`, rounds })) }),
  });
};

const measure = async (firsthand: Firsthand, given: { workspaceId: string; surveyId: string; barePath: string; rounds: number }) => {
  const { services, app } = firsthand;
  const { token } = await createKey(services, ownerOf(given.workspaceId), { kind: "api", name: "bench", abilities: ["responses.read", "surveys.write"] });
  const headers = { authorization: `Bearer ${token}` };
  const address = `/api/surveys/${given.surveyId}`;
  const ask = async (request: string): Promise<void> => {
    const reply = await app.inject({ method: "GET", url: `${address}/${request}`, headers });
    if (reply.statusCode !== 200) throw new Error(`${request}: ${reply.body}`);
  };
  const weighting = { targets: [{ dimension: "sex", groups: [{ value: "f", share: 0.5 }, { value: "m", share: 0.5 }] }], trimLow: 0.3, trimHigh: 3 };
  const put = await app.inject({ method: "PUT", url: `${address}/weighting`, headers, payload: weighting });
  if (put.statusCode !== 200) throw new Error(`weighting: ${put.body}`);
  const recorded = recordQueries(services.analytics);
  const instance = await duckdb.DuckDBInstance.create(given.barePath, { memory_limit: `${services.config.analyticsMemoryMb}MB`, threads: String(services.config.analyticsThreads) });
  const bare = await instance.connect();
  const figures: Figure[] = [];
  for (const [name, request] of Object.entries(REQUESTS)) {
    recorded.start();
    await ask(request);
    const queries = recorded.stop();
    const runBare = async (): Promise<void> => {
      for (const { sql, values } of queries) await bare.runAndReadAll(sql, values);
    };
    await runBare();
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < given.rounds; round++) {
      ours.push(await timed(() => ask(request)));
      theirs.push(await timed(runBare));
    }
    figures.push({ request: name, p50Ms: quantile(ours, 0.5), p95Ms: quantile(ours, 0.95), bareP50Ms: quantile(theirs, 0.5) });
  }
  const [sizes] = await services.analytics.query("select (select count(*) from answers) as marks, (select count(*) from answer_counts) as counts");
  bare.closeSync();
  instance.closeSync();
  return { marks: Number(sizes?.["marks"]), counts: Number(sizes?.["counts"]), figures };
};

type BoxRow = { box: number; question: string; kind: string; part: string; choice: string; number: number | null };

/** A year of responses by four channels and three languages, about 23 marks each, the marks of one response side by side as they come. */
const fill = async (path: string, given: { workspaceId: string; surveyId: string; responses: number }): Promise<void> => {
  const boxes: BoxRow[] = [];
  const box = (question: string, kind: string, words: Partial<BoxRow> = {}): number => {
    boxes.push({ box: boxes.length + 1, question, kind, part: "", choice: "", number: null, ...words });
    return boxes.length;
  };
  const score = (id: string, part: string, values: readonly number[]) => values.map((number) => box(id, "score", { part, number }));
  const choices = (id: string, keys: readonly string[], part = "") => keys.map((choice) => box(id, "choice", { choice, part }));
  const keys = (count: number) => options(count).map(({ id }) => id);
  const range = (low: number, high: number) => Array.from({ length: high - low + 1 }, (_, index) => low + index);
  const pick = (salt: number, from: readonly number[]): string => `([${from.join(", ")}])[1 + cast(hash(i * ${salt}) % ${from.length} as int)]`;
  const fate = box("", "fate", { choice: "complete" });
  const slide = box("slide", "amount");
  const many = choices("many", keys(8));
  // Two women to a man, so that there is something to weight.
  const sex = choices("sex", ["f", "m"]);
  const marks = [
    String(fate), pick(3, score("nps", "0-10", range(0, 10))), pick(5, score("csat", "1-5", range(1, 5))), pick(7, score("ces", "1-7", range(1, 7))),
    pick(11, choices("reason", keys(6))), String(box("many", "answered")), pick(13, many.slice(0, 4)), pick(17, many.slice(4)),
    String(box("grid", "answered")), ...keys(3).flatMap((part, row) => [String(box("grid", "answered", { part })), pick(19 + row, choices("grid", keys(5), part))]),
    String(box("order", "answered")), ...keys(4).map((choice, place) => pick(31 + place, range(1, 4).map((number) => box("order", "rank", { choice, number })))),
    String(slide), String(box("why", "answered")), pick(41, [sex[0] ?? 0, sex[0] ?? 0, sex[1] ?? 0]),
  ];
  const instance = await duckdb.DuckDBInstance.create(path, { preserve_insertion_order: "true", memory_limit: "2GB" });
  const connection = await instance.connect();
  const ids = `cast('${given.workspaceId}' as uuid), cast('${given.surveyId}' as uuid)`;
  await connection.run(`insert into boxes values ${boxes.map((row) => `(${row.box}, ${ids}, '${row.question}', '${row.kind}', '${row.part}', '${row.choice}', ${row.number ?? "null"})`).join(", ")}`);
  const cells = ["web", "email", "qr", "kiosk"].flatMap((channel) => ["en", "de", "pt"].map((language) => ({ channel, language })));
  await connection.run(`insert into cells values ${cells.map(({ channel, language }, index) => `(${index + 1}, cast('${given.workspaceId}' as uuid), '${channel}', '${language}', 1, '', '', '')`).join(", ")}`);
  await connection.run(`insert into trait_values values (1, cast('${given.workspaceId}' as uuid), 'plan', 'basic'), (2, cast('${given.workspaceId}' as uuid), 'plan', 'gold')`);
  const firstDay = Date.parse("2025-11-01") / 86_400_000;
  const circumstances = `cast(${firstDay} + i * 365 // ${given.responses} as bigint) as day, cast(1 + hash(i * 2) % ${cells.length} as bigint) as cell`;
  await connection.run(`insert into responses select i, ${ids}, uuid(), ${circumstances}, true, 20.0 + hash(i * 43) % 300 from range(${given.responses}) made(i)`);
  await connection.run(`insert into response_traits select i, 1 + hash(i * 47) % 2 from range(${given.responses}) made(i)`);
  await connection.run(`
    insert into answers
    select response, day, cell, box, case when box = ${slide} then cast(hash(response * 53) % 101 as double) end
    from (select i as response, ${circumstances}, unnest([${marks.join(", ")}]) as box from range(${given.responses}) made(i)) marked`);
  await connection.run(`
    insert into answer_counts
    select day, cell, box, count(*), coalesce(sum(value), 0), coalesce(sum(value * value), 0) from answers group by day, cell, box order by day, cell, box`);
  await connection.run("checkpoint");
  connection.closeSync();
  instance.closeSync();
};

if (import.meta.main) {
  const { values } = parseArgs({ options: { responses: { type: "string", default: "1000000" }, rounds: { type: "string", default: "20" } } });
  console.log(JSON.stringify(await measureReport({ responses: Number(values.responses), rounds: Number(values.rounds) }), null, 2));
}
