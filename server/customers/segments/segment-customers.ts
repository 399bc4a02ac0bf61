import type { Queryable } from "#platform/db";

/** Where a customer can be reached, as far as identifiers and traits say. */
export type CustomerContact = { customerId: string; name: string; email: string | null; phone: string | null; language: string | null; timeZone: string | null };
export type FoundSegment = { id: string; name: string; kind: "list" | "live" };

/** A contact list or live segment; null when this workspace has none of that id. */
export const findSegment = async (_db: Queryable, _workspaceId: string, _id: string): Promise<FoundSegment | null> => null;

/** How many customers are in it now. 0 when there is no such segment. */
export const countSegment = async (_db: Queryable, _workspaceId: string, _id: string): Promise<number> => 0;

/** Its customers in the order of their ids.
 *  @param page `after` is the last customer id of the page before, null for the first; at most 1,000 a page */
export const listSegmentCustomers = async (_db: Queryable, _workspaceId: string, _id: string, _page: { after: string | null; limit: number }): Promise<CustomerContact[]> => [];

export const isInSegment = async (_db: Queryable, _workspaceId: string, _id: string, _customerId: string): Promise<boolean> => false;

/** Null when there is no such customer, by any id ever given. */
export const findContactOf = async (_db: Queryable, _workspaceId: string, _customerId: string): Promise<CustomerContact | null> => null;
