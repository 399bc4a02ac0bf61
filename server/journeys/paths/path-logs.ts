// Paths as logs that other programs read: written while they are read from the analytics copy, so that a million steps need no more memory than ten.
import { hash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { makeCsvWriter, makeOcelWriter, makeOcelXmlWriter, makeXesWriter, type CaseWriter, type OcelWriter, type WrittenEvent } from "@firsthand/mining";
import { listNamesOfCustomers, maySeeCustomers } from "#customers";
import type { Actor } from "#platform/access";
import type { AnalyticsReading } from "#platform/analytics";
import { defineErrors, FileReply, withStallLimit } from "#platform/http";
import type { Services } from "#platform/services";
import { readPathsAsked } from "./asked.ts";
import { csvColumns, makePathNames, ocelTypes, type PathNames } from "./path-logs.rules.ts";
import { listLoggedCustomers, listLoggedNames, listLoggedPaths, listLoggedSteps, type LoggedStep } from "./path-logs.queries.ts";
import type { PathQuery } from "./paths.contract.ts";
import type { PathsAsked } from "./steps.queries.ts";

export type LogFormat = "xes" | "csv" | "jsonocel" | "xmlocel";

export const pathLogErrors = defineErrors("paths", {
  path_logs_busy: { status: 429, meaning: "A file of paths is being written for this workspace already, or three for others. Wait until one of them is done." },
});

/** Each keeps the steps it puts in order in the memory of the figures; one for each workspace, so that none keeps the others from theirs. */
const LOGS_MAX = 3;
/** For each workspace that has one under way what is told of its end. */
const openOf = new Map<string, PromiseWithResolvers<void>>();
/** Who asks for one format after the other asks again while the first is being closed. */
const CLOSING_MS = 3_000;

/** @property stallMs how long a reader may take nothing: a download that hangs must not keep the figures' memory
 *  @property totalMs how long it may take in all, since a byte a minute would keep it as well */
export type LogLimits = { stallMs: number; totalMs: number };
const USUAL_LIMITS: LogLimits = { stallMs: 120_000, totalMs: 3_600_000 };

const contentTypes: Record<LogFormat, string> = { xes: "application/xml", csv: "text/csv; charset=utf-8", jsonocel: "application/json", xmlocel: "application/xml" };
const fileNames: Record<LogFormat, string> = { xes: "paths.xes", csv: "paths.csv", jsonocel: "paths.jsonocel", xmlocel: "paths.xmlocel" };

/** The steps of the paths asked for as a file. Who may not read customers gets names made up for this one file in place of ids.
 *  @param gone is told when nobody waits for the file any more, also before it began
 *  @throws path_logs_busy, what `readPathsAsked` throws, and AnalyticsUnavailable, before anything is written */
export const writePathLog = async (services: Services, actor: Actor, query: PathQuery, { format, onGone, limits = USUAL_LIMITS }: { format: LogFormat; onGone: (end: () => void) => void; limits?: LogLimits }): Promise<FileReply> => {
  const asked = await readPathsAsked(services, actor.workspaceId, query);
  const { reading, end } = await openReading(services, actor.workspaceId);
  onGone(end);
  try {
    const log: PathLog = { services, reading, asked, names: makePathNames(asked.cut, maySeeCustomers(actor) ? null : hideWith(randomBytes(32).toString("hex"))), isNamed: maySeeCustomers(actor) };
    const pieces = writeLog(log, format);
    // What fails while the steps are put in order is still told as a refusal: nothing was sent before the first of them.
    const first = await pieces.next();
    const body = Readable.from(continued(first.done === true ? "" : first.value, pieces), { objectMode: false });
    // Whoever goes away in the middle of a portion ends what runs at once; a generator would wait for it.
    body.once("close", end);
    return new FileReply({ contentType: contentTypes[format], fileName: fileNames[format], body: withStallLimit(body, limits.stallMs, limits.totalMs) });
  } catch (fault) {
    end();
    throw fault;
  }
};

const openReading = async ({ analytics }: Services, workspaceId: string): Promise<{ reading: AnalyticsReading; end: () => void }> => {
  const earlier = openOf.get(workspaceId);
  if (earlier !== undefined) await Promise.race([earlier.promise, wait(CLOSING_MS, undefined, { ref: false })]);
  if (openOf.has(workspaceId)) throw pathLogErrors.refuse("path_logs_busy", "A file of paths is being written for this workspace already. Wait until it is done, then export again.");
  if (openOf.size >= LOGS_MAX) throw pathLogErrors.refuse("path_logs_busy", "Three files of paths are being written already. Wait until one of them is done, then export again.");
  const over = Promise.withResolvers<void>();
  openOf.set(workspaceId, over);
  const giveBack = (): void => {
    openOf.delete(workspaceId);
    over.resolve();
  };
  const reading = await analytics.read().catch((fault: unknown) => {
    giveBack();
    throw fault;
  });
  let isOver = false;
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    void reading.close().finally(giveBack);
  };
  return { reading, end };
};

type PathLog = { services: Services; reading: AnalyticsReading; asked: PathsAsked; names: PathNames; isNamed: boolean };

/** Different texts get different names, the same one the same, and nobody can tell which from another file. */
const hideWith = (secret: string) => (text: string): string => hash("sha256", `${secret} ${text}`).slice(0, 20);

async function* continued(first: string, pieces: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first;
  yield* pieces;
}

/** A case for each path, with all its steps together. */
async function* writeCases({ services, reading, asked, names, isNamed }: PathLog, writer: CaseWriter): AsyncGenerator<string> {
  let text = "";
  let open: string | null = null;
  for await (const steps of listLoggedSteps(reading, services.analytics, asked, "path")) {
    const called = await callCustomers({ services, asked, isNamed }, steps);
    if (open === null) text += writer.begin();
    for (const step of steps) {
      const key = JSON.stringify([step.owner, step.case_no]);
      if (key !== open) {
        if (open !== null) text += writer.closeCase();
        text += writer.openCase({ name: names.path(step), attributes: names.customerAttributes(step, called.get(step.customer)) });
        open = key;
      }
      text += writer.event(eventOf(step, names));
    }
    yield text;
    text = "";
  }
  yield (open === null ? writer.begin() : writer.closeCase()) + writer.end();
}

const writeLog = (log: PathLog, format: LogFormat): AsyncGenerator<string> => {
  switch (format) {
    case "xes": return writeCases(log, makeXesWriter());
    case "csv": return writeCases(log, makeCsvWriter({ columns: csvColumns(log.asked.cut) }));
    case "jsonocel": return writeObjects(log, makeOcelWriter());
    case "xmlocel": return writeObjects(log, makeOcelXmlWriter());
  }
};

/** Customers and, where they are not the same, paths as objects; an interaction about several of them is one event. */
async function* writeObjects({ services, reading, asked, names, isNamed }: PathLog, writer: OcelWriter): AsyncGenerator<string> {
  const activities: string[] = [];
  for await (const portion of listLoggedNames(reading, services.analytics, asked)) for (const { node } of portion) activities.push(node);
  yield writer.begin(ocelTypes(names, activities));
  for await (const portion of listLoggedCustomers(reading, services.analytics, asked)) {
    const called = await callCustomers({ services, asked, isNamed }, portion);
    yield portion.map((one) => writer.object(names.customerObject(one, called.get(one.customer)))).join("");
  }
  if (names.pathType !== null) yield* writePaths({ services, reading, asked, names }, writer.object);
  yield writer.beginEvents();
  let last: LoggedStep[] = [];
  for await (const steps of listLoggedSteps(reading, services.analytics, asked, "time")) {
    let text = "";
    for (const step of steps) {
      if (last[0] !== undefined && last[0].id !== step.id) {
        text += writer.event(names.objectEvent(last));
        last = [];
      }
      last.push(step);
    }
    yield text;
  }
  yield (last.length === 0 ? "" : writer.event(names.objectEvent(last))) + writer.end();
}

async function* writePaths({ services, reading, asked, names }: Omit<PathLog, "isNamed">, write: (object: ReturnType<PathNames["pathObject"]>) => string): AsyncGenerator<string> {
  let of: { owner: string; case_no: number; customer: string }[] = [];
  for await (const portion of listLoggedPaths(reading, services.analytics, asked)) {
    let text = "";
    for (const row of portion) {
      if (of[0] !== undefined && (of[0].owner !== row.owner || of[0].case_no !== row.case_no)) {
        text += write(names.pathObject(of));
        of = [];
      }
      of.push(row);
    }
    yield text;
  }
  if (of.length > 0) yield write(names.pathObject(of));
}

const callCustomers = async ({ services, asked, isNamed }: Pick<PathLog, "services" | "asked" | "isNamed">, rows: readonly { customer: string }[]): Promise<Map<string, string>> =>
  isNamed ? new Map((await listNamesOfCustomers(services.db, asked.selection.workspaceId, [...new Set(rows.map(({ customer }) => customer))])).map(({ id, name }) => [id, name])) : new Map();

const eventOf = (step: LoggedStep, names: PathNames): WrittenEvent => ({ activity: step.node, time: step.at_ms, attributes: names.eventAttributes(step) });
