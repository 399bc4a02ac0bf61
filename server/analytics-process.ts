// The process beside the server that owns the analytics store: it follows the record and answers queries.
// A slow query or a crash here never touches collecting, and the server starts it again. It loads what it follows with and nothing of the
// routes: with all modules it took three times as long to start and 200 MB more, at every installation and in every test.
import { createLog } from "#platform/log";
import { connect } from "#platform/db";
import type { Db } from "#platform/db";
import { openDuckDb } from "#platform/analytics";
import type { AnalyticsStatus } from "#platform/analytics";
import type { DuckDb } from "./platform/analytics/duckdb.ts";
import { prepareStore, startFollower } from "./platform/analytics/follower.ts";
import { joinProjections } from "./platform/analytics/joined-projection.ts";
import type { Follower } from "./platform/analytics/follower.ts";
import { request } from "./platform/analytics/messages.contract.ts";
import type { AnalyticsReport, AnalyticsRequest } from "./platform/analytics/messages.contract.ts";
import { ExperienceProjection, countLag } from "./customers/experience/experience.follower.ts";
import { SegmentMembers } from "./customers/segments/segment-members.follower.ts";
import { countRows } from "./customers/experience/experience-store.queries.ts";
import type { StoreReader } from "./customers/experience/experience-store.queries.ts";
import { ReportProjection, countReportLag } from "./feedback/reports/reports.follower.ts";
import { countReadingLag, ReadingsProjection } from "./insights/comments/readings.follower.ts";
import { RemovalsProjection } from "./insights/comments/removals.follower.ts";
import { countDetailLag, DetailsProjection } from "./insights/outcomes/details.follower.ts";
import { countThemeLag, ThemesProjection } from "./insights/themes/themes.follower.ts";
import { loadNaming } from "./journeys/touchpoints/naming.ts";

const CONNECTIONS = 3;
const STATUS_MS = 2_000;
const STATUS_QUEUE_MS = 10_000;

type Running = { db: Db; duck: DuckDb; follower: Follower; projection: ExperienceProjection; segments: SegmentMembers; reports: ReportProjection; readings: ReadingsProjection; details: DetailsProjection; themes: ThemesProjection; isRebuilding: boolean };
let running: Running | null = null;

const say = (message: AnalyticsReport): void => {
  if (process.connected) process.send?.(message);
};

const start = async (settings: Extract<AnalyticsRequest, { kind: "start" }>): Promise<void> => {
  const log = createLog(settings.logLevel);
  const db = connect(settings.connectionString, (error) => log.warn({ err: error }, "a database connection was lost"), CONNECTIONS);
  const duck = await openDuckDb(settings.path, { memoryMb: settings.memoryMb, threads: settings.threads });
  await prepareStore(duck.writer, import.meta.dirname);
  const segments = new SegmentMembers(db, duck.besideWriter, log);
  const projection = new ExperienceProjection((workspaceId) => loadNaming(db, workspaceId), segments);
  const reports = new ReportProjection();
  const readings = new ReadingsProjection();
  const details = new DetailsProjection();
  const themes = new ThemesProjection();
  const follower = startFollower({ db, writer: duck.writer, projection: joinProjections([projection, reports, readings, details, themes, new RemovalsProjection()]), log, onAdvance: (workspaceIds) => say({ kind: "advanced", workspaceIds: [...workspaceIds] }) });
  running = { db, duck, follower, projection, segments, reports, readings, details, themes, isRebuilding: false };
};

const answer = async (question: AnalyticsRequest): Promise<unknown> => {
  if (question.kind === "start") return start(question);
  if (question.kind === "ping") return null;
  if (running === null) throw new Error("the analytics process has not started yet");
  const { db, duck, follower, projection, segments, reports, readings, details, themes } = running;
  switch (question.kind) {
    case "query":
      return duck.query(question.sql, question.values, { timeoutMs: question.timeoutMs, queueMs: question.queueMs, limitRows: question.limitRows });
    case "reading":
      return duck.readings.open();
    case "portion":
      return duck.readings.portion(question.reading, question);
    case "endReading":
      return duck.readings.end(question.reading);
    case "status":
      return readStatus(running);
    case "caughtUp":
      return follower.caughtUp();
    case "rebuild":
      running.isRebuilding = true;
      await follower.exclusively(() => segments.emptied(async () => {
        await projection.empty(duck.writer);
        await reports.empty(duck.writer);
        await readings.empty(duck.writer);
        await details.empty(duck.writer);
        await themes.empty(duck.writer);
      }));
      await follower.caughtUp();
      running.isRebuilding = false;
      return null;
    case "rename":
      return follower.exclusively(() => projection.rename(db, duck.writer, question.workspaceId));
    case "restaff":
      return follower.exclusively(() => projection.restaff(db, duck.writer, question.workspaceId));
    case "gather":
      return segments.gather(question.workspaceId, question.sets);
    case "stop":
      running = null;
      await follower.stop();
      await segments.end();
      await duck.close();
      await db.close();
      return null;
  }
};

// Beside the follower, with a reader of its own: monitoring must neither wait for a long step nor hold one up.
const readStatus = async ({ db, duck, isRebuilding }: Running): Promise<AnalyticsStatus> => {
  const read: StoreReader = (sql) => duck.query(sql, [], { timeoutMs: STATUS_MS, queueMs: STATUS_QUEUE_MS, limitRows: 100 });
  return { state: isRebuilding ? "rebuilding" : "following", rows: await countRows(read), lagRows: (await countLag(db, read)) + (await countReportLag(db, read)) + (await countReadingLag(db, read)) + (await countDetailLag(db, read)) + (await countThemeLag(db, read)) };
};

const receive = async (message: unknown): Promise<void> => {
  const question = request.parse(message);
  try {
    const result = await answer(question);
    say({ kind: "done", id: question.id, result: result ?? null });
  } catch (error) {
    say({ kind: "failed", id: question.id, message: error instanceof Error ? error.message.slice(0, 500) : "the question failed" });
  }
};

process.on("message", (message) => void receive(message));
// Without its server, which lets it go once it has stopped, this process has no purpose; a new server starts a new one and needs the file.
process.on("disconnect", () => process.exit(0));
// Ctrl-C in a terminal, or a stop of the whole service, reaches every process of the group: the server decides when this one ends.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);
