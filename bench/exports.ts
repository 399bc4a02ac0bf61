// Export of a survey with a million responses over HTTP, beside PostgreSQL writing the same rows to nowhere.
//   node tools/run.mjs bench/exports.ts [--responses 1000000]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { to as copyTo } from "pg-copy-streams";
import { clientTransaction } from "../server/platform/db/db.api.ts";
import type { Db } from "../server/platform/db/db.api.ts";
import { createWorkspace } from "../server/platform/workspaces/workspaces.api.ts";
import { createSurvey, publishSurvey } from "../server/feedback/feedback.api.ts";
import { makeDefinition } from "../server/feedback/feedback.make.ts";
import { createKey } from "../server/people/keys/keys.ts";
import { readConfig } from "../server/config.ts";
import { startFirsthand } from "../server/firsthand.ts";
import { startTestPostgres } from "../server/test-database.make.ts";

type Figure = { format: string; rows: number; seconds: number; rowsPerSecond: number; megabytes: number; memoryAddedMb: number };
export type ExportFigures = { responses: number; bareCopyRowsPerSecond: number; figures: Figure[] };

export const measureExports = async (given: { responses: number }): Promise<ExportFigures> => {
  const folder = mkdtempSync(join(tmpdir(), "firsthand-bench-"));
  const postgres = await startTestPostgres();
  const firsthand = await startFirsthand(readConfig({ DATA_DIR: folder, PORT: "0", LOG_LEVEL: "error" }), { connectionString: postgres.connectionString, listen: true });
  const { services } = firsthand;
  try {
    const workspaceId = await createWorkspace(services.db, { name: "bench", timeZone: "UTC", isDemo: false });
    const actor = { kind: "member", workspaceId, memberId: null, keyId: null, role: "owner", abilities: new Set(["responses.export", "surveys.read", "surveys.write"]) } as const;
    const survey = await createSurvey(services, actor, { name: "Bench", definition: makeDefinition() });
    await publishSurvey(services, actor, survey.id);
    const { token } = await createKey(services, actor, { kind: "api", name: "bench", abilities: ["responses.export"] });
    await fill(services.db, { workspaceId, surveyId: survey.id, responses: given.responses });
    const bareCopyRowsPerSecond = Math.round(given.responses / (await bareCopy(services.db, survey.id)));
    const figures: Figure[] = [];
    for (const format of ["csv", "json", "xlsx", "sav"]) figures.push(await take(`${services.baseUrl()}/api/surveys/${survey.id}/responses.${format}`, token, { format, rows: given.responses }));
    return { ...given, bareCopyRowsPerSecond, figures };
  } finally {
    await firsthand.stop();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const fill = async (db: Db, { workspaceId, surveyId, responses }: { workspaceId: string; surveyId: string; responses: number }): Promise<void> => {
  await db.query("alter table feedback.responses disable trigger user");
  await db.query("alter table feedback.answers disable trigger user");
  await db.query(
    `insert into feedback.responses (workspace_id, id, survey_id, version, state, revision, language, channel, subject, started_at, saved_at, completed_at, recorded_at)
     select $1, md5('r' || n)::uuid, $2, 1, 'complete', 1, 'en', 'web', 'user:' || n, timestamptz '2026-01-01' + n * interval '20 seconds', timestamptz '2026-01-01' + n * interval '20 seconds' + interval '1 minute',
            timestamptz '2026-01-01' + n * interval '20 seconds' + interval '1 minute', now()
     from generate_series(1, $3::int) n`,
    [workspaceId, surveyId, responses],
  );
  await db.query(
    `insert into feedback.answers (workspace_id, response_id, question_id, question_type, position, number, choices, text, is_shown, is_recorded)
     select $1, md5('r' || n)::uuid, question.id, question.type, question.position,
            case when question.id = 'nps' then n % 11 end, case when question.id = 'matters' then array['price'] end,
            case when question.id = 'why' then 'The parcel came late and nobody told me, number ' || n end, true, true
     from generate_series(1, $2::int) n
     cross join (values ('nps', 'nps', 0), ('why', 'text', 1), ('matters', 'single', 2)) question (id, type, position)`,
    [workspaceId, responses],
  );
  await db.query("analyze feedback.responses");
  await db.query("analyze feedback.answers");
};

/** Seconds PostgreSQL needs to write the bare rows of both tables. */
const bareCopy = async (db: Db, surveyId: string): Promise<number> => {
  const began = performance.now();
  await clientTransaction(db, (_tx, client) => pipeline(
    client.query(copyTo(`copy (
      select response.*, answer.* from feedback.responses response
      join feedback.answers answer on answer.workspace_id = response.workspace_id and answer.response_id = response.id and answer.question_id = 'nps'
      where response.survey_id = '${surveyId}') to stdout (format csv)`)),
    new Writable({ write: (_chunk, _encoding, done) => done() }),
  ));
  return (performance.now() - began) / 1000;
};

const take = async (url: string, token: string, { format, rows }: { format: string; rows: number }): Promise<Figure> => {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let [most, bytes] = [before, 0];
  const watch = setInterval(() => void (most = Math.max(most, process.memoryUsage().rss)), 50);
  const began = performance.now();
  const reply = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  if (!reply.ok || reply.body === null) throw new Error(`${format}: ${reply.status} ${await reply.text()}`);
  for await (const chunk of reply.body) bytes += chunk.length;
  const seconds = (performance.now() - began) / 1000;
  clearInterval(watch);
  return { format, rows, seconds: Number(seconds.toFixed(2)), rowsPerSecond: Math.round(rows / seconds), megabytes: Math.round(bytes / 1e6), memoryAddedMb: Math.round((most - before) / 1e6) };
};

if (import.meta.main) {
  const { values } = parseArgs({ options: { responses: { type: "string", default: "1000000" } } });
  console.log(JSON.stringify(await measureExports({ responses: Number(values.responses) }), null, 2));
}
