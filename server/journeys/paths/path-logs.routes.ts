import { defineAbilities } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { defineRoute, fileReply } from "#platform/http";
import { requireTrust } from "#customers";
import { writePathLog, type LogFormat } from "./path-logs.ts";
import { pathQuery } from "./paths.contract.ts";

export const pathLogsAbilities = defineAbilities("paths", {
  "paths.export": { meaning: "Take the paths of customers out as a file, step by step; with their ids and names only together with reading customers", roles: ["owner", "admin", "manager"] },
});

// Who went away while the question was read is not heard of again.
const whenGone = (reply: { raw: { destroyed: boolean; once: (event: "close", end: () => void) => unknown } }) => (end: () => void): void =>
  void (reply.raw.destroyed ? end() : reply.raw.once("close", end));

const logRoute = (format: LogFormat, contentType: string, summary: string) =>
  defineRoute({
    method: "GET", url: `/api/paths/log.${format}`, summary, tag: "journeys", access: { ability: "paths.export" },
    query: pathQuery, reply: fileReply(contentType), limit: { perMinute: 30 },
    answer: async ({ services, actor, query, reply }) => {
      const file = await writePathLog(services, actor, requireTrust(actor, query), { format, onGone: whenGone(reply) });
      await recordAudit(services.db, actor, { action: "paths.exported", subject: format, details: { format, from: query.from, to: query.to, level: query.level, cut: query.cut } });
      return file;
    },
  });

export const pathLogsRoutes = [
  logRoute("xes", "application/xml", "Every step of the paths asked for as an event log (XES, IEEE 1849)"),
  logRoute("jsonocel", "application/json", "Every step of the paths asked for as an object-centric event log (OCEL 2.0)"),
  logRoute("xmlocel", "application/xml", "The same object-centric event log (OCEL 2.0) as XML"),
  logRoute("csv", "text/csv; charset=utf-8", "Every step of the paths asked for as CSV, one line each"),
];
