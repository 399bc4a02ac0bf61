import type { Queryable } from "#platform/db";
import { listListsOf } from "../segments/list-entries.queries.ts";
import { showLedger } from "./ledger.ts";
import { listConsents, listOpenBlocks, listStops } from "./permissions.queries.ts";
import type { LedgerEntry } from "./policy.contract.ts";
import { findWhom } from "./whom.ts";

// A person asked every hour for a year has fewer: an export leaves nothing out.
const PAGES_MAX = 100;
const PAGE_ROWS = 100;

/** Everything kept about contacts with one customer, for whoever asks what is known about her. */
export const exportContact = async (db: Queryable, workspaceId: string, customerId: string, now: Date): Promise<Record<string, unknown>> => {
  const whom = await findWhom(db, workspaceId, { customerId, address: null }, now);
  const decisions: LedgerEntry[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const part: { items: LedgerEntry[]; nextCursor: string | null } = await showLedger(db, workspaceId, { customerId, limit: PAGE_ROWS, cursor: cursor ?? undefined }, now);
    decisions.push(...part.items);
    cursor = part.nextCursor;
    if (cursor === null) break;
  }
  return {
    stops: await listStops(db, whom), consents: await listConsents(db, whom), silences: await listOpenBlocks(db, whom, now), decisions,
    lists: await listListsOf(db, workspaceId, customerId),
  };
};
