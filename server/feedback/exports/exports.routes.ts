import { defineAbilities } from "#platform/access";
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { FileReply, defineRoute, fileReply } from "#platform/http";
import type { Services } from "#platform/services";
import { z } from "zod";
import { ExportQuery } from "./exports.contract.ts";
import { exportAsJson, exportCsv, exportSav, exportXlsx } from "./exports.ts";

export const exportsAbilities = defineAbilities("exports", {
  "responses.export": { meaning: "Take all responses of a survey out as a file", roles: ["owner", "admin", "manager"] },
});

type Writer = (services: Services, actor: Actor, surveyId: string, query: ExportQuery) => Promise<FileReply>;

const exportRoute = (extension: string, format: { contentType: string; summary: string }, write: Writer) =>
  defineRoute({
    method: "GET", url: `/api/surveys/:id/responses.${extension}`, summary: format.summary, tag: "feedback", access: { ability: "responses.export" },
    params: z.object({ id: z.uuid() }), query: ExportQuery, reply: fileReply(format.contentType), limit: { perMinute: 30 },
    answer: async ({ services, actor, params, query }) => {
      const file = await write(services, actor, params.id, query);
      // What was searched for, and of whom, may name a person; the audit outlives them.
      const { search, subject, customerId, ...narrowed } = query;
      const isOfOne = subject !== undefined || customerId !== undefined;
      await recordAudit(services.db, actor, { action: "responses.exported", subject: params.id, details: { format: extension, ...narrowed, isSearched: search !== undefined, isOfOne } });
      return file;
    },
  });

export const exportsRoutes = [
  exportRoute("csv", { contentType: "text/csv; charset=utf-8", summary: "Responses as CSV, one line each, labels in words" }, exportCsv),
  exportRoute("xlsx", { contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", summary: "Responses as a workbook" }, exportXlsx),
  exportRoute("json", { contentType: "application/json", summary: "The survey and its responses, answers as given" }, exportAsJson),
  exportRoute("sav", { contentType: "application/x-spss-sav", summary: "Responses for SPSS, with variable and value labels" }, exportSav),
];
