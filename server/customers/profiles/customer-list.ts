import { nextCursor, readCursor, type Queryable } from "#platform/db";
import { httpErrors } from "#platform/http";
import { z } from "zod";
import { findCustomerByValue, listCustomers, searchCustomers, type ListedCustomer } from "./customer-list.queries.ts";
import type { CustomerRow, CustomerSort, Who } from "./profiles.contract.ts";
import { listTraits } from "./traits.queries.ts";
import { currentTraits } from "./traits.rules.ts";

export type CustomerQuery = { search?: string; sort: CustomerSort; direction: "asc" | "desc"; who: Who; columns: readonly string[]; cursor?: string; limit: number };

/** One page of customers, searched and sorted, with the traits asked for. */
export const showCustomers = async (db: Queryable, workspaceId: string, query: CustomerQuery): Promise<{ items: CustomerRow[]; nextCursor: string | null }> => {
  const search = query.search ?? "";
  const page = { sort: query.sort, isDescending: query.direction === "desc", who: query.who, after: readPosition(query), limit: query.limit };
  const rows = search === "" ? await listCustomers(db, workspaceId, page) : await searchCustomers(db, workspaceId, search, page);
  const last = rows.length === query.limit ? rows.at(-1) : undefined;
  const exact = search === "" || query.cursor !== undefined ? null : await findCustomerByValue(db, workspaceId, search);
  const shown = exact === null || rows.some((row) => row.id === exact.id) ? rows : [exact, ...rows];
  const traits = await traitsOf(db, shown.map((row) => row.id), query.columns);
  return {
    items: shown.map((row) => ({ ...showCustomer(row), traits: traits.get(row.id) ?? {} })),
    nextCursor: last === undefined ? null : nextCursor([query.sort, query.direction, last.sortValue, last.id]),
  };
};

export const showCustomer = (row: Omit<ListedCustomer, "sortValue">): Omit<CustomerRow, "traits"> => ({
  id: row.id,
  name: row.name,
  email: row.email,
  isAnonymous: row.isAnonymous,
  firstSeenAt: row.firstSeenAt.toISOString(),
  lastSeenAt: row.lastSeenAt.toISOString(),
  interactions: row.interactions,
  lastScore:
    row.lastScore === null || row.lastScoreKind === null || row.lastScoreNormalised === null || row.lastScoreAt === null
      ? null
      : { kind: row.lastScoreKind, value: row.lastScore, normalised: row.lastScoreNormalised, scaleMax: row.lastScoreScaleMax, at: row.lastScoreAt.toISOString() },
});

const traitsOf = async (db: Queryable, ids: readonly string[], names: readonly string[]): Promise<Map<string, Record<string, unknown>>> => {
  if (names.length === 0 || ids.length === 0) return new Map();
  const entries = await listTraits(db, ids, names);
  const present = [...Map.groupBy(entries, (entry) => entry.customerId)].map(([id, own]) => {
    const traits = currentTraits(own.map((entry) => ({ ...entry, at: entry.at.getTime(), recordedAt: entry.recordedAt.getTime() })));
    return [id, Object.fromEntries(traits.map((trait) => [trait.name, trait.value]))] as const;
  });
  return new Map(present);
};

const position = z.tuple([z.string(), z.string(), z.string(), z.uuid()]);

// A cursor of another order would silently skip rows, so it says which order it belongs to; its value is checked as the column's kind.
const readPosition = (query: CustomerQuery): { value: string; id: string } | null => {
  if (query.cursor === undefined) return null;
  const parsed = position.safeParse(readCursor(query.cursor, 4));
  if (!parsed.success || parsed.data[0] !== query.sort || parsed.data[1] !== query.direction || !isValueOf(query.sort, parsed.data[2])) {
    throw httpErrors.refuse("invalid_input", "The cursor is not one of this list in this order. Leave it out to start from the first page.");
  }
  return { value: parsed.data[2], id: parsed.data[3] };
};

const isValueOf = (sort: CustomerSort, value: string): boolean => {
  switch (sort) {
    case "name":
      return true;
    case "interactions":
      return /^\d{1,18}$/.test(value);
    case "lastScore":
      return /^-?\d+(\.\d+)?(e-?\d{1,2})?$/.test(value);
    case "firstSeen":
    case "lastSeen":
      return /^\d{4,}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/.test(value) && !Number.isNaN(Date.parse(value.replace(/([+-]\d\d)$/, "$1:00").replace(" ", "T")));
  }
};
