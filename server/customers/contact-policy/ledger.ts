import { nextCursor, readCursor, type Queryable } from "#platform/db";
import { httpErrors } from "#platform/http";
import { z } from "zod";
import { listLedger, type LedgerRow } from "./ledger.queries.ts";
import type { LedgerEntry } from "./policy.contract.ts";
import { findWhom } from "./whom.ts";

export type LedgerQuery = {
  customerId?: string | undefined; decision?: string | undefined; reason?: string | undefined; referenceId?: string | undefined; from?: string | undefined; until?: string | undefined;
  cursor?: string | undefined; limit: number;
};

/** One page of the ledger, newest first. Of a customer: everything under any of her ids and addresses. */
export const showLedger = async (db: Queryable, workspaceId: string, query: LedgerQuery, now: Date): Promise<{ items: LedgerEntry[]; nextCursor: string | null }> => {
  const whom = query.customerId === undefined ? null : await findWhom(db, workspaceId, { customerId: query.customerId, address: null }, now);
  const filter = {
    whom, decision: query.decision ?? null, reason: query.reason ?? null, referenceId: query.referenceId ?? null,
    from: query.from === undefined ? null : new Date(query.from), until: query.until === undefined ? null : new Date(query.until),
  };
  const rows = await listLedger(db, workspaceId, filter, { before: readPosition(query.cursor), limit: query.limit });
  const last = rows.length === query.limit ? rows.at(-1) : undefined;
  return { items: rows.map(showEntry), nextCursor: last === undefined ? null : nextCursor([last.sortAt, last.id]) };
};

const showEntry = ({ sortAt: _, referenceType, referenceId, referenceLabel, ...row }: LedgerRow): LedgerEntry => ({
  ...row,
  at: row.at.toISOString(),
  reference: { type: referenceType, id: referenceId, ...(referenceLabel === null ? {} : { label: referenceLabel }) },
  until: row.until?.toISOString() ?? null,
  lastAt: row.lastAt?.toISOString() ?? null,
  answeredAt: row.answeredAt?.toISOString() ?? null,
});

const readPosition = (cursor: string | undefined): { at: string; id: string } | null => {
  if (cursor === undefined) return null;
  const parsed = z.tuple([z.string().regex(/^\d{4}-\d\d-\d\d [\d:.+-]+$/), z.uuid()]).safeParse(readCursor(cursor, 2));
  if (!parsed.success) throw httpErrors.refuse("invalid_input", "The cursor is not one of ours. Leave it out to start from the first page.");
  return { at: parsed.data[0], id: parsed.data[1] };
};
