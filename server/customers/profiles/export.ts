import { Readable } from "node:stream";
import type { Db } from "#platform/db";
import { findFamily } from "../contact-policy/contact-policy.queries.ts";
import { exportContact } from "../contact-policy/export-contact.ts";
import { subjectText } from "../identity/identifiers.rules.ts";
import { listClaimsOfCustomer } from "../identity/suggestions.queries.ts";
import { getCustomer, showCustomerDetail } from "./customer-detail.ts";
import { listSpansOfCustomer } from "./customer-detail.queries.ts";
import { listExportParts } from "./export-parts.ts";
import { listTimeline } from "./timeline.queries.ts";

const PAGE_ROWS = 1000;

// More identifiers than anybody has: an export leaves nothing out.
const SPANS_MAX = 1_000_000;

/** Everything kept about one person as one JSON document, written page by page so that a long life fits in little memory.
 *  @throws customer_unknown before anything is written */
export const exportCustomer = async (db: Db, workspaceId: string, customerId: string, now: Date): Promise<Readable> => {
  const customer = await getCustomer(db, workspaceId, customerId);
  return Readable.from(writeExport(db, workspaceId, customer.id, now));
};

async function* writeExport(db: Db, workspaceId: string, customerId: string, now: Date): AsyncGenerator<string> {
  const detail = await showCustomerDetail(db, workspaceId, customerId);
  const claims = await listClaimsOfCustomer(db, workspaceId, customerId);
  yield `{\n"exportedAt": ${JSON.stringify(now.toISOString())},\n"customer": ${JSON.stringify(detail, null, 1)},\n"links": ${JSON.stringify(claims, null, 1)},\n"timeline": [`;
  const spans = (await listSpansOfCustomer(db, workspaceId, customerId, SPANS_MAX)).map((span) => ({ subject: subjectText(span), from: span.from, to: span.to }));
  let before: { at: string; id: string } | null = null;
  for (let isFirst = true; ; isFirst = false) {
    const rows: Awaited<ReturnType<typeof listTimeline>> = await listTimeline(db, workspaceId, spans, { record: "all", before, limit: PAGE_ROWS });
    const lines = rows.map(({ sortAt: _, ...row }) => JSON.stringify(row));
    if (lines.length > 0) yield `${isFirst ? "\n" : ",\n"}${lines.join(",\n")}`;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_ROWS) break;
    before = { at: last.sortAt, id: last.id };
  }
  yield `\n],\n"contact": ${JSON.stringify(await exportContact(db, workspaceId, customerId, now), null, 1)}`;
  const family = (await findFamily(db, workspaceId, customerId))?.family ?? [customerId];
  for (const { name, read } of listExportParts()) yield `,\n${JSON.stringify(name)}: ${JSON.stringify(await read(db, workspaceId, family), null, 1)}`;
  yield "\n}\n";
}
