// Who is left out before the contact policy is reached stands in its ledger, too.
import { recordNotAsked } from "#customers";
import type { OutsideReason } from "#customers";
import type { Queryable } from "#platform/db";
import type { DistributionRow } from "./distributions.queries.ts";

/** Writes into the ledger that these people were not asked. */
export const noteNotAsked = (
  tx: Queryable,
  distribution: DistributionRow,
  what: { reason: OutsideReason; surveyName: string; at: Date },
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
