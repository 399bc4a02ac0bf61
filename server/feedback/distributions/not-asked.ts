// Who is left out before the contact policy is reached stands in its ledger, too.
import { recordNotAsked } from "#customers";
import type { Queryable } from "#platform/db";
import type { DistributionRow } from "./distributions.queries.ts";

const REASONS = ["no_address", "not_in_segment", "survey_closed", "bounced"] as const;
type Reason = (typeof REASONS)[number];

/** Whether an invitation ended before anybody asked the contact policy. */
export const isBeforePolicy = (reason: string): reason is Reason => REASONS.some((one) => one === reason);

/** Writes into the ledger that these people were not asked. */
export const noteNotAsked = (
  tx: Queryable,
  distribution: DistributionRow,
  what: { reason: Reason; surveyName: string; at: Date },
  invitations: readonly { id: string; customerId: string | null; email: string | null; phone: string | null }[],
): Promise<void> => {
  const { channel, kind } = distribution.settings;
  return recordNotAsked(
    tx,
    {
      workspaceId: distribution.workspaceId, channel: channel === "text" || channel === "text_then_email" ? "text" : "email", purpose: "survey", kind,
      reference: { type: "survey", id: distribution.surveyId, label: what.surveyName }, isReminder: false, at: what.at, reason: what.reason,
    },
    invitations.map(({ id, customerId, email, phone }) => ({ customerId, address: email ?? phone, key: `invitation ${id}` })),
  );
};
