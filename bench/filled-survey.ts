// An installation with one survey whose rows are made in the analytics store itself, for measuring what is asked of it; gone afterwards.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../server/config.ts";
import { createSurvey, publishSurvey } from "../server/feedback/feedback.api.ts";
import { makeDefinition } from "../server/feedback/feedback.make.ts";
import type { Question } from "../server/feedback/surveys/definition.contract.ts";
import { startFirsthand, type Firsthand } from "../server/firsthand.ts";
import { createWorkspace } from "../server/platform/workspaces/workspaces.api.ts";
import { startTestPostgres } from "../server/test-database.make.ts";

export type FilledSurvey = { workspaceId: string; surveyId: string; path: string };

type Steps<Result> = {
  questions: Question[];
  /** What the survey needs beside its rows. */
  prepare?: (firsthand: Firsthand, workspaceId: string) => Promise<void>;
  /** Writes the rows into the file of the store. */
  fill: (survey: FilledSurvey) => Promise<void>;
  measure: (firsthand: Firsthand, survey: FilledSurvey) => Promise<Result>;
};

export const withFilledSurvey = async <Result>({ questions, prepare, fill, measure }: Steps<Result>): Promise<Result> => {
  const folder = mkdtempSync(join(tmpdir(), "firsthand-bench-"));
  const postgres = await startTestPostgres();
  const path = join(folder, "analytics.duckdb");
  const config = readConfig({ DATA_DIR: folder, PORT: "0", LOG_LEVEL: "error" });
  const start = (): Promise<Firsthand> => startFirsthand(config, { connectionString: postgres.connectionString, listen: false, analyticsPath: path });
  try {
    // The first start makes the tables; the file can be filled only while no process has it open.
    const empty = await start();
    const workspaceId = await createWorkspace(empty.services.db, { name: "bench", timeZone: "UTC", isDemo: false });
    const survey = await createSurvey(empty.services, ownerOf(workspaceId), { name: "Bench", definition: makeDefinition({ questions }) });
    await publishSurvey(empty.services, ownerOf(workspaceId), survey.id);
    await prepare?.(empty, workspaceId);
    await empty.stop();
    const filled = { workspaceId, surveyId: survey.id, path };
    await fill(filled);
    const firsthand = await start();
    try {
      return await measure(firsthand, filled);
    } finally {
      await firsthand.stop();
    }
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

export const ownerOf = (workspaceId: string) => ({
  kind: "member", workspaceId, memberId: null, keyId: null, role: "owner", abilities: new Set(["responses.read", "surveys.read", "surveys.write", "need-facts.set"]),
}) as const;
