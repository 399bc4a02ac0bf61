// Digests of alerts by mail: of the day before, every morning at eight, and of the week before on Mondays. What was due while the server was away is
// sent as soon as it is back.
import { localDay } from "#customers";
import { transaction } from "#platform/db";
import { sendMail } from "#platform/mail";
import type { Services } from "#platform/services";
import { findWorkspace, type Workspace } from "#platform/workspaces";
import { nextTime } from "../dashboards/schedule-times.rules.ts";
import { listRules, type RuleRow } from "./alert-rules.queries.ts";
import { listToldBetween, type AlertRow } from "./alerts.queries.ts";
import { findToldUntil, saveToldUntil, type DigestPace } from "./digests.queries.ts";
import { readSubjects } from "./subjects.ts";
import { hasMail, linkOfRow, readersOf, sentenceOf } from "./telling.ts";
import { isSnoozed } from "./watched.rules.ts";

const DIGEST_HOUR = 8;
const DIGEST_ALERTS_MAX = 50;
const RULES_MAX = 500;
const dayMs = 86_400_000;
const daysOf: Record<DigestPace, number> = { daily: 1, weekly: 7 };

/** Sends the digests of a workspace that are due, each once. */
export const sendDigests = async (services: Services, workspaceId: string): Promise<void> => {
  const workspace = await findWorkspace(services.db, workspaceId);
  if (workspace === null || workspace.isDemo) return;
  const now = services.clock.now();
  for (const pace of ["daily", "weekly"] as const) {
    const due = lastDue(pace, now, workspace.timeZone);
    const toldUntil = await findToldUntil(services.db, workspaceId, pace);
    if (toldUntil !== null && toldUntil >= due) continue;
    const rules = (await listRules(services.db, workspaceId, RULES_MAX)).filter((rule) => hasMail(rule.told, pace) && !isSnoozed(rule, now));
    const span = { from: toldUntil ?? new Date(due.getTime() - daysOf[pace] * dayMs), to: due };
    const rows = await listToldBetween(services.db, workspaceId, rules.map(({ id }) => id), span, DIGEST_ALERTS_MAX);
    if (rows.length > 0) await mailDigest(services, workspace, { pace, rules, rows, span });
    await saveToldUntil(services.db, workspaceId, pace, due);
  }
};

/** When a digest was last due. */
const lastDue = (pace: DigestPace, now: Date, timeZone: string): Date => {
  const time = { rhythm: pace, hour: DIGEST_HOUR, weekday: 1, monthDay: null };
  // A day more, since one on which the clock is put forward over eight has no such hour.
  let due = nextTime(time, now.getTime() - (2 * daysOf[pace] + 1) * dayMs, timeZone);
  for (let next = due; next <= now; next = nextTime(time, next.getTime(), timeZone)) due = next;
  return due;
};

type Digest = { pace: DigestPace; rules: readonly RuleRow[]; rows: readonly AlertRow[]; span: { from: Date; to: Date } };

const mailDigest = async (services: Services, workspace: Workspace, { pace, rules, rows, span }: Digest): Promise<void> => {
  const wantedBy = new Map<string, { email: string; ruleIds: Set<string> }>();
  for (const rule of rules) {
    for (const { id, email } of await readersOf(services, rule, pace)) {
      const reader = wantedBy.get(id) ?? { email, ruleIds: new Set() };
      reader.ruleIds.add(rule.id);
      wantedBy.set(id, reader);
    }
  }
  const subjectOf = await readSubjects(services, workspace.id, rows.map(({ filters }) => filters));
  const wordsOf = (row: AlertRow): string => {
    const { title, detail } = sentenceOf(row, subjectOf(row.filters));
    const end = row.endedAt === null ? "" : row.endReason === "worse" ? " It went on, and is told anew." : " It is over.";
    return `${title}.\n${detail}${end}\n${services.baseUrl()}${linkOfRow(row, workspace.timeZone, subjectOf(row.filters))}`;
  };
  const when = whenWords(pace, span, workspace.timeZone);
  await transaction(services.db, async (tx) => {
    for (const [memberId, { email, ruleIds }] of wantedBy) {
      const own = rows.filter(({ ruleId }) => ruleIds.has(ruleId));
      if (own.length === 0) continue;
      const subject = `${workspace.name}: ${own.length === 1 ? "one alert" : `${own.length} alerts`} ${when}`;
      const key = `alert-digest:${pace}:${memberId}:${localDay(span.to.getTime(), workspace.timeZone)}`;
      await sendMail(tx, { workspaceId: workspace.id, to: email, subject, text: `${own.map(wordsOf).join("\n\n")}\n\nAll alerts: ${services.baseUrl()}/alerts\n`, key });
    }
  });
};

// A span that is longer than usual says from when it is.
const whenWords = (pace: DigestPace, { from, to }: Digest["span"], timeZone: string): string => {
  if (to.getTime() - from.getTime() > (daysOf[pace] + 0.5) * dayMs) return `since ${localDay(from.getTime(), timeZone)}`;
  return pace === "daily" ? "since yesterday" : "last week";
};
