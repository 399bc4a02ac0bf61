// Who is in a set of customers: asked of the record, kept in the analytics store as one bit for each number of a customer.
import type { AnalyticsWriter, CustomerSet } from "#platform/analytics";
import type { Queryable } from "#platform/db";

const PARTS = 256;
const PARTS_AT_ONCE = 4;
/** Room is made for so many numbers more at a time. */
const ROOM = 8_192;

/** Opens a cursor over everybody in a set. A part is some of their ids with commas between: a row for each of a million takes several times as long to bring
 *  over, and all of them at once much memory. Parts are told by a byte of the id, which is random.
 *  @returns the next parts, none at the end */
export const openMembers = async (tx: Queryable, set: CustomerSet): Promise<() => Promise<string[]>> => {
  await tx.query(
    `declare members no scroll cursor for
     select string_agg(activity.customer_id::text, ',') as ids
     from customers.activity activity
     where activity.workspace_id = $1 and ${set.condition}
     group by get_byte(uuid_send(activity.customer_id), 15) % ${PARTS}`,
    set.values,
  );
  return async () => (await tx.query<{ ids: string }>(`fetch ${PARTS_AT_ONCE} from members`)).rows.map(({ ids }) => ids);
};

/** Those of some customers who are in a set, as one text. */
export const listMembersAmong = async (db: Queryable, set: CustomerSet, customers: readonly string[]): Promise<string> => {
  const { rows: [found] } = await db.query<{ ids: string | null }>(
    `select string_agg(activity.customer_id::text, ',') as ids
     from customers.activity activity
     where activity.workspace_id = $1 and activity.customer_id = any ($${set.values.length + 1}::uuid[]) and ${set.condition}`,
    [...set.values, customers],
  );
  return found?.ids ?? "";
};

export const startFinding = async (writer: AnalyticsWriter): Promise<void> => {
  await writer.run("create or replace temp table found (customer uuid)");
};

export const endFinding = async (writer: AnalyticsWriter): Promise<void> => {
  await writer.run("drop table found");
};

export const addFound = async (writer: AnalyticsWriter, ids: string): Promise<void> => {
  await writer.run(`insert into found select ${listed("$1")}`, [ids]);
};

/** Keeps those found as the set, in place of what was kept of it.
 *  @returns the greatest number there is a bit for */
export const keepFound = (writer: AnalyticsWriter, workspaceId: string, setId: string): Promise<number> =>
  writer.transaction(async () => {
    const lastNo = await findRoom(writer, workspaceId);
    await writer.run("delete from gathered_sets where set_id = cast($1 as uuid)", [setId]);
    await writer.run(`insert into gathered_sets select cast($1 as uuid), ${bitsOf("$2", "select customer from found", lastNo)}`, [setId, workspaceId]);
    return lastNo;
  });

/** Looks some customers through again: those among `ids` are in the set, all others of them are not.
 *  @returns the greatest number there is a bit for, and whether any bit is another one; null where the set is not kept */
export const mendSet = (writer: AnalyticsWriter, workspaceId: string, setId: string, given: { customers: readonly string[]; ids: string; lastNo: number }): Promise<{ lastNo: number; isChanged: boolean } | null> =>
  writer.transaction(async () => {
    const [isKept] = await writer.run("select 1 from gathered_sets where set_id = cast($1 as uuid)", [setId]);
    if (isKept === undefined) return null;
    const lastNo = await findRoom(writer, workspaceId, given.lastNo);
    const kept = lastNo === given.lastNo ? "kept.bits" : `cast(cast(kept.bits as varchar) || repeat('0', ${Math.trunc(lastNo - given.lastNo)}) as bit)`;
    const [changed, found] = [bitsOf("$2", `select ${listed("$3")} as customer`, lastNo), given.ids === "" ? empty(lastNo + 1) : bitsOf("$2", `select ${listed("$4")} as customer`, lastNo)];
    const [updated] = await writer.run(
      `update gathered_sets
       set bits = mended.bits
       from (select set_id, (${kept} & ~changed.bits) | found.bits as bits from gathered_sets kept, (select ${changed} as bits) changed, (select ${found} as bits) found where set_id = cast($1 as uuid)) mended
       where gathered_sets.set_id = mended.set_id and gathered_sets.bits <> mended.bits`,
      [setId, workspaceId, given.customers.join(","), ...(given.ids === "" ? [] : [given.ids])],
    );
    return { lastNo, isChanged: Number(updated?.["Count"]) > 0 };
  });

export const dropSets = async (writer: AnalyticsWriter, setIds: readonly string[]): Promise<void> => {
  if (setIds.length > 0) await writer.run(`delete from gathered_sets where set_id in (select ${listed("$1")})`, [setIds.join(",")]);
};

export const dropAllSets = async (writer: AnalyticsWriter): Promise<void> => {
  await writer.run("delete from gathered_sets");
};

const listed = (parameter: string): string => `cast(unnest(string_split(cast(${parameter} as varchar), ',')) as uuid)`;

const empty = (length: number): string => `cast(repeat('0', ${Math.trunc(length)}) as bit)`;

const bitsOf = (workspace: string, customers: string, lastNo: number): string => `coalesce((
       select bitstring_agg(numbers.customer_no, 0, ${Math.trunc(lastNo)})
       from customer_numbers numbers
       join (${customers}) listed on listed.customer = numbers.customer
       where numbers.workspace_id = cast(${workspace} as uuid)
     ), ${empty(lastNo + 1)})`;

// As much as is there already stays, so that a query that knows less of it still finds every bit in its place.
const findRoom = async (writer: AnalyticsWriter, workspaceId: string, atLeast = 0): Promise<number> => {
  const [row] = await writer.run("select max(customer_no) as last from customer_numbers where workspace_id = cast($1 as uuid)", [workspaceId]);
  const needed = Number(row?.["last"] ?? 0);
  return needed <= atLeast ? atLeast : Math.ceil((needed + 1) / ROOM) * ROOM - 1;
};
