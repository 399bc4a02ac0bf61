import { nextCursor, readCursor, type Queryable } from "#platform/db";
import { httpErrors } from "#platform/http";
import { z } from "zod";
import { subjectText } from "../identity/identifiers.rules.ts";
import { fieldsOf } from "../identity/messages.rules.ts";
import type { Naming } from "../experience/experience.contract.ts";
import { getCustomer } from "./customer-detail.ts";
import { listSpansOfCustomer } from "./customer-detail.queries.ts";
import type { TimelineItem } from "./profiles.contract.ts";
import { listTimeline, type TimelineRow } from "./timeline.queries.ts";
import { namingOf } from "./timeline-naming.ts";

export type TimelineQuery = { record: "facts" | "feelings" | "all"; channel?: string; type?: string; touchpoint?: string; cursor?: string; limit: number };

// Channel and touchpoint are named when read, so filters run over named rows; a rare one may need several pages of them.
const FILTER_PAGE_ROWS = 500;
const FILTER_PAGES_MAX = 20;

/** Facts and feelings of one customer, newest first, each with the touchpoint it is known by today. */
export const showTimeline = async (
  db: Queryable,
  workspaceId: string,
  customerId: string,
  query: TimelineQuery,
): Promise<{ items: TimelineItem[]; nextCursor: string | null }> => {
  const customer = await getCustomer(db, workspaceId, customerId);
  const spans = (await listSpansOfCustomer(db, workspaceId, customer.id)).map((span) => ({ subject: subjectText(span), from: span.from, to: span.to }));
  const naming = await namingOf(workspaceId);
  const isFiltered = query.channel !== undefined || query.type !== undefined || query.touchpoint !== undefined;
  const pageRows = isFiltered ? FILTER_PAGE_ROWS : query.limit;
  const kept: { item: TimelineItem; sortAt: string }[] = [];
  let before = readPosition(query.cursor);
  for (let pages = 1; ; pages += 1) {
    const rows = await listTimeline(db, workspaceId, spans, { record: query.record, before, limit: pageRows });
    for (const row of rows) {
      const item = showItem(row, naming);
      before = { at: row.sortAt, id: row.id };
      if (fits(item, query)) kept.push({ item, sortAt: row.sortAt });
      if (kept.length === query.limit) return { items: kept.map((one) => one.item), nextCursor: nextCursor([row.sortAt, row.id]) };
    }
    if (rows.length < pageRows) return { items: kept.map((one) => one.item), nextCursor: null };
    if (pages === FILTER_PAGES_MAX) return { items: kept.map((one) => one.item), nextCursor: before === null ? null : nextCursor([before.at, before.id]) };
  }
};

const fits = (item: TimelineItem, query: TimelineQuery): boolean =>
  (query.channel === undefined || item.channel === query.channel) &&
  (query.type === undefined || item.type === query.type) &&
  (query.touchpoint === undefined || item.touchpoint === query.touchpoint);

const PROPERTIES_MAX_CHARACTERS = 4000;

const showItem = (row: TimelineRow, naming: Naming): TimelineItem => {
  const place = row.record === "interaction" ? naming({ ...row, name: row.name ?? "" }) : row;
  const properties = row.record === "interaction" ? propertiesOf(row.message) : row.message;
  const size = properties === null || properties === undefined ? 0 : JSON.stringify(properties).length;
  const noted = fieldsOf({ message: row.message }, "message")["text"];
  return {
    record: row.record,
    id: row.id,
    at: row.at.toISOString(),
    type: row.type,
    name: row.name,
    touchpoint: place.touchpoint,
    channel: place.channel,
    stage: place.stage,
    source: row.source,
    subject: row.subject,
    direction: row.direction,
    memberId: row.memberId,
    interactionId: row.interactionId,
    value: row.value,
    scaleMin: row.scaleMin,
    scaleMax: row.scaleMax,
    normalised: row.normalised,
    choice: row.choice,
    text: row.text ?? (row.memberId !== null && typeof noted === "string" ? noted : null),
    isInferred: row.isInferred,
    properties: size === 0 || size > PROPERTIES_MAX_CHARACTERS ? null : fieldsOf({ properties }, "properties"),
  };
};

const propertiesOf = (message: unknown): unknown => {
  const root = fieldsOf({ message }, "message");
  return root["properties"] ?? root["data"] ?? root["traits"] ?? null;
};

const position = z.tuple([z.string().regex(/^\d{4,}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/), z.uuid()]);

const readPosition = (cursor: string | undefined): { at: string; id: string } | null => {
  if (cursor === undefined) return null;
  const parsed = position.safeParse(readCursor(cursor, 2));
  if (!parsed.success) throw httpErrors.refuse("invalid_input", "The cursor is not one of this timeline. Leave it out to start from the newest.");
  return { at: parsed.data[0], id: parsed.data[1] };
};
