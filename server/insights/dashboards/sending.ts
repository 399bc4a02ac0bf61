import { stringify } from "csv-stringify/sync";
import { localDay } from "#customers";
import { listMembers } from "#people";
import { type Queryable, transaction } from "#platform/db";
import { keepMailFile, sendMail } from "#platform/mail";
import { printPage, type Printed } from "#platform/printing";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { daysOf } from "./board-period.rules.ts";
import { listReportRows, writeReport } from "./board-report.rules.ts";
import { readViewers } from "./board-access.ts";
import { getBoard, type BoardContent } from "./dashboards.ts";
import { findSchedule, findSending, listRecipients, markSent, type RecipientRow, type ScheduleRow } from "./schedules.queries.ts";
import { openForPrinting } from "./shares.ts";
import { measureForStrangers } from "./stranger-numbers.ts";
import { type BoardNumbers, type PeriodChoice, presetName } from "./tiles.contract.ts";

/** Why a mail goes without its PDF, in words for who gets it. */
const problems: Record<Extract<Printed, { ok: false }>["reason"], string> = {
  no_browser: "There is no PDF: this server has no Chromium to print with. Whoever runs it can install one, or set CHROMIUM_PATH.",
  not_ready: "There is no PDF: the page was not ready in time.",
  broken: "There is no PDF: printing failed.",
};

/** Sends one due board to everybody who wants it. May run again: what was sent is marked in the transaction that sends it. */
export const sendBoard = async (services: Services, { workspaceId, sendingId }: { workspaceId: string; sendingId: string }): Promise<void> => {
  const sending = await findSending(services.db, workspaceId, sendingId);
  if (sending === null || sending.sentAt !== null) return;
  const schedule = await findSchedule(services.db, workspaceId, sending.scheduleId);
  if (schedule === null) return;
  const [sees, board, workspace, rows, members] = await Promise.all([
    readViewers(services, workspaceId, schedule.dashboardId),
    getBoard(services, workspaceId, schedule.dashboardId), findWorkspace(services.db, workspaceId), listRecipients(services.db, workspaceId, [schedule.id]), listMembers(services.db, workspaceId),
  ]);
  const addresses = new Map(members.map(({ id, email }) => [id, email]));
  const recipients = rows.flatMap((row): (RecipientRow & { to: string })[] => {
    const to = row.memberId === null ? row.address : addresses.get(row.memberId);
    const wants = row.leftAt === null && (row.memberId !== null || row.confirmedAt !== null);
    // Members get what they may see; people outside what whoever set it up may.
    return wants && sees(row.memberId ?? schedule.createdBy) && to !== undefined && to !== null ? [{ ...row, to }] : [];
  });
  if (recipients.length === 0) {
    await markSent(services.db, workspaceId, sendingId, { at: services.clock.now(), recipients: 0, hasPdf: false, problem: "Nobody gets it: no address has said yes yet, all have left, or the dashboard is closed to them." });
    return;
  }
  const day = localDay(sending.dueAt.getTime(), workspace?.timeZone ?? "UTC");
  const period = wholeDays(schedule, day);
  const numbers = await measureForStrangers(services, workspaceId, { tiles: board.tiles, filters: {}, period, isWeighted: false }, { showsComments: schedule.showsComments, chosen: [] });
  const printed = await print(services, schedule, period);
  await transaction(services.db, async (tx) => {
    const sent = { at: services.clock.now(), recipients: recipients.length, hasPdf: printed.ok, problem: printed.ok ? null : problems[printed.reason] };
    if (!(await markSent(tx, workspaceId, sendingId, sent))) return;
    const fileIds = await keepFiles(tx, workspaceId, { board, numbers, day, pdf: printed.ok ? printed.pdf : null });
    for (const recipient of recipients) {
      const words = { organisation: workspace?.name ?? "", report: writeReport(board.tiles, numbers), problem: sent.problem, board, numbers };
      await sendMail(tx, { workspaceId, to: recipient.to, subject: `${board.name}, ${day}`, fileIds, key: `dashboard ${sendingId} ${recipient.id}`, ...wordsFor(services, recipient, words) });
    }
  });
};

/** A report is about days that are over: the one it is sent on has only begun. */
const wholeDays = ({ period }: ScheduleRow, day: string): PeriodChoice => {
  const preset = presetName.catch("7d").parse(period);
  return preset === "all" ? { preset } : daysOf({ preset }, dayBefore(day), null);
};

const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

const print = async (services: Services, { workspaceId, dashboardId, showsComments }: ScheduleRow, period: PeriodChoice): Promise<Printed> => {
  const opened = await openForPrinting(services, { workspaceId, dashboardId, showsComments, period });
  try {
    return await printPage(services, opened.path);
  } finally {
    await opened.close();
  }
};

type Report = { board: BoardContent; numbers: BoardNumbers; day: string; pdf: Buffer | null };

const keepFiles = async (tx: Queryable, workspaceId: string, { board, numbers, day, pdf }: Report): Promise<string[]> => {
  const name = `${board.name.replace(/[^\p{L}\p{N} ._-]/gu, "").trim() || "dashboard"} ${day}`;
  const rows = listReportRows(board.tiles, numbers);
  const csv = stringify(rows, { header: true, bom: true, columns: ["tile", "metric", "group", "from", "to", "score", "low", "high", "answers", "weighted"] });
  const files = [
    ...(pdf === null ? [] : [{ name: `${name}.pdf`, contentType: "application/pdf", content: pdf }]),
    { name: `${name}.csv`, contentType: "text/csv; charset=utf-8", content: Buffer.from(csv) },
  ];
  const ids: string[] = [];
  for (const file of files) ids.push(await keepMailFile(tx, { workspaceId, ...file }));
  return ids;
};

type Words = { organisation: string; report: string; problem: string | null; board: BoardContent; numbers: BoardNumbers };

const wordsFor = (services: Services, { memberId, token }: RecipientRow, { organisation, report, problem, board, numbers }: Words) => {
  const base = services.baseUrl();
  const leave = `${base}/board-mails/${token}`;
  const days = `${numbers.period.from} to ${dayBefore(numbers.period.to)}`;
  const where = memberId === null ? [] : [`Open it: ${base}/dashboards/${board.id}`];
  const text = [`${board.name}, ${days}`, ...where, "", report, "", ...(problem === null ? [] : [problem, ""]), `Sent by ${organisation}. No longer wanted? ${leave}`, ""].join("\n");
  return { text, headers: { "List-Unsubscribe": `<${base}/api/public/board-mails/${token}/one-click>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } };
};
