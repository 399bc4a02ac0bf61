// Who was asked by name, and how many of them answered: the response rate, with its denominators. Invitations and call lists know these, answers do not.
import { readPeriod } from "#customers";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { groupOutcomes } from "../interviews/outcomes.rules.ts";
import { countCalled, countInvited, type InvitedRow, type OutreachFilter } from "./outreach.queries.ts";
import type { Asked } from "./report-selection.ts";
import { CIRCUMSTANCES, type Outreach, type Rates, type ReportFilters } from "./reports.contract.ts";
import { rateOf } from "./response-rates.rules.ts";

export type AskedByName = Pick<Rates, "outreach" | "outreachUnknown">;
export const NOBODY_ASKED: AskedByName = { outreach: [], outreachUnknown: null };

/** People asked in the period, way by way. They can be told by channel, wave, segment and language; what else is filtered is known of those who
 *  answered only, so that there is no denominator. */
export const readOutreach = async (services: Services, asked: Asked, query: ReportFilters): Promise<AskedByName> => {
  const { selection, survey } = asked;
  const outreachUnknown = selection.traits.length > 0 ? "trait" : (["version", "touchpoint", "campaign"] as const).find((dimension) => selection.cells[dimension] !== undefined) ?? CIRCUMSTANCES.find((name) => (query[name] ?? []).length > 0) ?? null;
  if (outreachUnknown !== null) return { outreach: [], outreachUnknown };
  const { channel: channels, language, wave } = selection.cells;
  const timeZone = (await findWorkspace(services.db, survey.workspaceId))?.timeZone ?? "UTC";
  const filter: OutreachFilter = {
    workspaceId: survey.workspaceId, surveyId: survey.id, from: startOf(query.from, timeZone), to: startOf(query.to, timeZone),
    languages: language ?? null, waves: wave ?? null, customerIds: asked.segments.length === 0 ? null : [...new Set(asked.segments.flatMap(({ customerIds }) => [...customerIds]))],
  };
  // A call has no wave, and nobody notes in what language somebody was called who did not answer.
  const [invited, called] = await Promise.all([countInvited(services.db, filter), language === undefined && wave === undefined ? countCalled(services.db, filter) : []]);
  const outreach = [...invited.map(invitedOf), ...calledOf(called)].filter(({ channel }) => channels === undefined || channels.includes(channel));
  return { outreach, outreachUnknown: null };
};

const startOf = (day: string | undefined, timeZone: string): Date | null => (day === undefined ? null : new Date(readPeriod({ from: day, to: "9999-01-01" }, timeZone, 0)?.fromMs ?? 0));

const invitedOf = (row: InvitedRow): Outreach => ({ ...row, rate: rateOf(row.answered, row.asked) });

// Spoken to: who answered, wholly or in part, and who refused. Source: AAPOR, "Standard Definitions", 10th edition 2023 (contact).
const calledOf = (counted: readonly { code: string; count: number }[]): Outreach[] => {
  const asked = counted.reduce((sum, { count }) => sum + count, 0);
  if (asked === 0) return [];
  const { I, P, R } = groupOutcomes(counted);
  return [{ channel: "interview", asked, delivered: I + P + R, opened: null, answered: I + P, rate: rateOf(I + P, asked) }];
};

/** All ways together. */
export const totalOf = ({ outreach }: AskedByName): Pick<Rates, "invited" | "delivered" | "opened" | "responseRate"> => {
  const add = (read: (one: Outreach) => number): number => outreach.reduce((sum, one) => sum + read(one), 0);
  if (outreach.length === 0) return { invited: null, delivered: null, opened: null, responseRate: null };
  const asked = add((one) => one.asked);
  return { invited: asked, delivered: add((one) => one.delivered), opened: add((one) => one.opened ?? 0), responseRate: rateOf(add((one) => one.answered), asked) };
};
