// The analytics process is killed again and again while responses come, change and go: afterwards every answer is counted exactly once.
import { execFileSync } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeInstallation } from "../../firsthand.make.ts";
import type { Installation } from "../../firsthand.make.ts";
import { makeDefinition } from "../feedback.make.ts";
import { Survey } from "../surveys/surveys.contract.ts";
import { Report } from "./reports.contract.ts";

let firsthand: Installation;

beforeAll(async () => {
  firsthand = await makeInstallation();
});
afterAll(() => firsthand.stop());

const KILLS = 4;
const BATCHES = 40;
const BATCH_ROWS = 50;

const killAnalytics = (): void => {
  const children = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" })
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((found) => Number(found?.[2]) === process.pid && found?.[3]?.includes("analytics-process.ts") === true);
  for (const child of children) process.kill(Number(child?.[1]), "SIGKILL");
};

test("killing the analytics process under load loses and doubles no answer", async () => {
  const { workspaceId, owner } = await firsthand.makeOrganisation();
  const created = Survey.parse((await owner.ask("POST", "/api/surveys", { name: "Irrelevant", definition: makeDefinition() })).body);
  const survey = Survey.parse((await owner.ask("POST", `/api/surveys/${created.id}/versions`)).body);
  const { db } = firsthand.services;
  let isPouring = true;
  const killing = (async () => {
    for (let kill = 0; kill < KILLS && isPouring; kill++) {
      await wait(300 + kill * 120);
      killAnalytics();
    }
  })();
  for (let batch = 0; batch < BATCHES; batch++) {
    await db.query(
      `with made as (
         insert into feedback.responses (workspace_id, id, survey_id, version, state, revision, language, channel, started_at, saved_at, completed_at, recorded_at)
         select $1, gen_random_uuid(), $2, 1, 'complete', 1, 'en', 'web', now(), now(), now(), now() from generate_series(1, $3)
         returning id
       )
       insert into feedback.answers (workspace_id, response_id, question_id, question_type, position, number, is_shown, is_recorded)
       select $1, id, 'nps', 'nps', 0, floor(random() * 11), true, true from made`,
      [workspaceId, survey.id, BATCH_ROWS],
    );
    // Some are edited, judged or deleted while they may be on their way.
    await db.query("update feedback.answers set number = 10 - number where workspace_id = $1 and random() < 0.02", [workspaceId]);
    await db.query("update feedback.responses set outcome = 'flagged' where workspace_id = $1 and random() < 0.01", [workspaceId]);
    await db.query("delete from feedback.responses where workspace_id = $1 and random() < 0.01", [workspaceId]);
    await wait(20);
  }
  isPouring = false;
  await killing;

  await vi.waitFor(() => firsthand.settle(), { timeout: 60_000, interval: 300 });

  const { rows } = await db.query<{ number: number; count: number }>(
    `select answer.number, count(*)::int as count
     from feedback.answers answer
     join feedback.responses response on response.workspace_id = answer.workspace_id and response.id = answer.response_id
     where answer.workspace_id = $1 and response.outcome = 'counted'
     group by answer.number
     order by answer.number`,
    [workspaceId],
  );
  const report = Report.parse((await owner.ask("GET", `/api/surveys/${survey.id}/report`)).body);
  expect(report.questions[0]?.boxes.map(({ key, count }) => [key, count])).toEqual(rows.map(({ number, count }) => [String(number), count]));
  const [marks] = await firsthand.services.analytics.query("select (select count(*) from responses) - (select count(distinct id) from responses) as doubled, (select count(*) from answers) - (select sum(count) from answer_counts) as apart");
  expect(marks).toEqual({ doubled: 0, apart: 0 });
}, 120_000);
