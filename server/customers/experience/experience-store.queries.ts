// What the projection asks of the analytics store. SQL of the store, not of the record.
import type { AnalyticsRow, AnalyticsWriter } from "#platform/analytics";
import { newId } from "#platform/db";
import type { Place } from "./experience.contract.ts";
import type { Position } from "./experience.queries.ts";
import { isLate, stepKey } from "./experience.rules.ts";
import type { Life, Met } from "./experience.rules.ts";

/** Facts and feelings lie apart, as most questions are about feelings and there are few of them; `experience` shows both. */
export const TABLES = ["facts", "feelings"] as const;
export type Table = (typeof TABLES)[number];

const START: Position = { xid: "0", seq: 0 };
export const SOURCES = ["interactions", "perceptions", "identity_changes", "deletions", "customer_changes"] as const;
export type Source = (typeof SOURCES)[number];
export type Positions = Record<Source, Position>;

/** Something that answers queries of the store: the writer, or a reader beside it. */
export type StoreReader = (sql: string) => Promise<AnalyticsRow[]>;

export const readPositions = async (read: StoreReader): Promise<Positions> => {
  const found = new Map((await read("select source, xid, seq from positions")).map((row) => [row["source"], { xid: String(row["xid"]), seq: Number(row["seq"]) }]));
  const of = (source: Source): Position => found.get(source) ?? START;
  return { interactions: of("interactions"), perceptions: of("perceptions"), identity_changes: of("identity_changes"), deletions: of("deletions"), customer_changes: of("customer_changes") };
};

export const writePosition = async (writer: AnalyticsWriter, source: Source, position: Position): Promise<void> => {
  await writer.run("insert into positions values ($1, $2, $3) on conflict (source) do update set xid = excluded.xid, seq = excluded.seq", [source, position.xid, position.seq]);
};

/** Whether anything of the record lies in the copy already. */
export const hasCopied = (at: Positions): boolean => at.interactions.xid !== START.xid || at.perceptions.xid !== START.xid;

/** The name by which the record knows this copy; it is given one at first. */
export const nameCopy = async (writer: AnalyticsWriter): Promise<string> => {
  const [known] = await writer.run("select cast(id as varchar) as id from copy_name");
  return known === undefined ? renameCopy(writer) : String(known["id"]);
};

/** @returns the new name */
export const renameCopy = async (writer: AnalyticsWriter): Promise<string> => {
  const id = newId();
  await writer.transaction(async () => {
    await writer.run("delete from copy_name");
    await writer.run("insert into copy_name values (cast($1 as uuid))", [id]);
  });
  return id;
};

/** The lives of these customers so far; a row without a touchpoint (identify, a note) is no step. */
export const findLives = async (writer: AnalyticsWriter, customers: readonly string[]): Promise<Map<string, Life>> => {
  const rows = await writer.run(
    `select cast(customer as varchar) as customer, previous_touchpoint, touchpoint, cast(epoch_ms(max("at")) as double) as at_ms, arg_max(seq, row("at", seq)) as seq,
            cast(max(epoch_ms("at") - round(gap_s * 1000)) as double) as begun_ms
     from facts
     where touchpoint is not null and customer in (${uuidList(customers)})
     group by customer, previous_touchpoint, touchpoint`,
  );
  const lives = new Map<string, Life>();
  for (const row of rows) {
    const [customer, touchpoint, previous] = [String(row["customer"]), String(row["touchpoint"]), row["previous_touchpoint"]];
    const met: Met = { atMs: Number(row["at_ms"]), seq: Number(row["seq"]), touchpoint };
    const life = lives.get(customer) ?? { last: met, metMs: new Map<string, number>(), begunMs: new Map<string, number>() };
    if (!isLate(life, met)) life.last = met;
    life.metMs.set(touchpoint, Math.max(met.atMs, life.metMs.get(touchpoint) ?? met.atMs));
    if (previous !== null) life.begunMs.set(stepKey(String(previous), touchpoint), Number(row["begun_ms"]));
    lives.set(customer, life);
  }
  return lives;
};

/** The numbers of touchpoints of a workspace, by their names. */
export const listNumbers = async (writer: AnalyticsWriter, workspaceId: string): Promise<Map<string, number>> => {
  const rows = await writer.run(`select touchpoint, touchpoint_no from touchpoint_numbers where workspace_id = cast('${checkUuid(workspaceId)}' as uuid)`);
  return new Map(rows.map((row) => [String(row["touchpoint"]), Number(row["touchpoint_no"])]));
};

export const addNumbers = async (writer: AnalyticsWriter, workspaceId: string, numbers: readonly (readonly [touchpoint: string, no: number])[]): Promise<void> => {
  await writer.append(
    { name: "touchpoint_numbers", columns: [{ name: "workspace_id", type: "uuid" }, { name: "touchpoint_no", type: "integer" }, { name: "touchpoint", type: "varchar" }] },
    [numbers.map(() => workspaceId), numbers.map(([, no]) => no), numbers.map(([touchpoint]) => touchpoint)],
  );
};

/** Forgets names that nothing bears any more: what is gone must leave no trace. */
export const dropUnusedNumbers = async (writer: AnalyticsWriter): Promise<void> => {
  await writer.run("delete from touchpoint_numbers where (workspace_id, touchpoint_no) not in (select distinct workspace_id, touchpoint_no from facts where touchpoint_no is not null)");
};

export const addRepairs = async (writer: AnalyticsWriter, customers: readonly string[]): Promise<void> => {
  await writer.append({ name: "pending_repairs", columns: [{ name: "customer", type: "uuid" }] }, [customers]);
};

/** Works out the steps anew of every customer noted, and forgets the notes.
 *  @returns the customers, or null when they are too many to name */
export const repairNoted = async (writer: AnalyticsWriter): Promise<string[] | null> => {
  const noted = await writer.run(`select distinct cast(customer as varchar) as customer from pending_repairs limit ${NAMED_MAX + 1}`);
  if (noted.length === 0) return [];
  await writer.run("create or replace temp table repairing as select distinct customer from pending_repairs");
  await writer.run(
    `create or replace temp table repaired as
     select id, customer, previous_touchpoint, previous_no, gap_s, here_before, step_before
     from (
       select *, lag(previous_at) over (partition by customer, previous_touchpoint, touchpoint order by "at", seq) as step_before
       from (
         select facts.id, facts.customer, facts.touchpoint, facts."at", facts.seq,
                lag(facts.touchpoint) over steps as previous_touchpoint,
                lag(facts.touchpoint_no) over steps as previous_no,
                lag(facts."at") over steps as previous_at,
                (epoch_ms(facts."at") - lag(epoch_ms(facts."at")) over steps) / 1000.0 as gap_s,
                lag(facts."at") over (partition by facts.customer, facts.touchpoint order by facts."at", facts.seq) as here_before,
                facts.previous_touchpoint as old_touchpoint, facts.previous_no as old_no, facts.gap_s as old_gap_s, facts.here_before as old_here_before, facts.step_before as old_step_before
         from facts
         join repairing on repairing.customer = facts.customer
         where facts.touchpoint is not null
         window steps as (partition by facts.customer order by facts."at", facts.seq)
       ) stepped
     ) steps
     where previous_touchpoint is distinct from old_touchpoint or previous_no is distinct from old_no or gap_s is distinct from old_gap_s
        or here_before is distinct from old_here_before or step_before is distinct from old_step_before`,
  );
  await writer.run(
    `update facts
     set previous_touchpoint = repaired.previous_touchpoint, previous_no = repaired.previous_no, gap_s = repaired.gap_s,
         here_before = repaired.here_before, step_before = repaired.step_before
     from repaired
     where facts.id = repaired.id and facts.customer = repaired.customer`,
  );
  await writer.run("delete from pending_repairs");
  return noted.length > NAMED_MAX ? null : noted.map((row) => String(row["customer"]));
};

const NAMED_MAX = 10_000;

export type Owner = { workspaceId: string; customer: string };
const owner = (row: AnalyticsRow): Owner => ({ workspaceId: String(row["workspace_id"]), customer: String(row["customer"]) });

export type Span = { identifierId: number; customerId: string; validFromMs: number | null; validToMs: number | null };

/** Gives rows of identifiers to the customers they belong to now, who have numbers already; identifiers without a span belong to nobody.
 *  Both the old and the new owners are noted for repair.
 *  @returns the customers that gained or lost interactions */
export const reassign = async (writer: AnalyticsWriter, identifierIds: readonly number[], spans: readonly Span[]): Promise<Owner[]> => {
  const subjects = identifierIds.map((id) => String(Math.trunc(id))).join(", ");
  if (subjects === "") return [];
  const values = spans.map(
    (span) =>
      `(${Math.trunc(span.identifierId)}, cast('${checkUuid(span.customerId)}' as uuid), ${span.validFromMs === null ? "-1e18" : span.validFromMs}, ${span.validToMs === null ? "1e18" : span.validToMs})`,
  );
  const source = values.length === 0 ? "(select 0 as subject, cast(null as uuid) as customer, 0.0 as from_ms, 0.0 as to_ms where false)" : `(values ${values.join(", ")})`;
  const owners = await move(writer, "facts", subjects, source);
  await addRepairs(writer, owners.map(({ customer }) => customer));
  return [...owners, ...(await move(writer, "feelings", subjects, source))];
};

/** @returns the customers that gained or lost rows of the table */
const move = async (writer: AnalyticsWriter, table: Table, subjects: string, spans: string): Promise<Owner[]> => {
  await writer.run(
    `create or replace temp table moving as
     select rows.id, rows.workspace_id, rows.customer as old_customer, spans.customer as new_customer, numbers.customer_no as new_no
     from ${table} rows
     left join ${spans} spans (subject, customer, from_ms, to_ms)
       on spans.subject = rows.subject and epoch_ms(rows."at") >= spans.from_ms and epoch_ms(rows."at") < spans.to_ms
     left join customer_numbers numbers on numbers.customer = spans.customer and numbers.workspace_id = rows.workspace_id
     where rows.subject in (${subjects}) and rows.customer is distinct from spans.customer`,
  );
  const touched = await writer.run(
    `select distinct cast(workspace_id as varchar) as workspace_id, cast(customer as varchar) as customer
     from (select workspace_id, old_customer as customer from moving union all select workspace_id, new_customer from moving) owners
     where customer is not null`,
  );
  await writer.run(
    `update ${table}
     set customer = moving.new_customer, customer_no = moving.new_no,
         ${unstepped(table, "moving.new_customer is null")}
     from moving
     where ${table}.id = moving.id and ${table}.subject in (${subjects})`,
  );
  return touched.map(owner);
};

// What belongs to nobody or met nothing is no step.
const unstepped = (table: Table, isNoStep: string): string =>
  ["previous_touchpoint", "previous_no", "gap_s", "here_before", "step_before"].map((column) => `${column} = case when ${isNoStep} then null else ${table}.${column} end`).join(", ");

/** Takes rows away and notes their customers for repair.
 *  @returns whose they were */
export const removeRows = async (writer: AnalyticsWriter, rows: readonly { id: string; livingSeq: number | null }[]): Promise<Owner[]> => {
  if (rows.length === 0) return [];
  const list = uuidList(rows.map(({ id }) => id));
  const living = rows.flatMap(({ id, livingSeq }) => (livingSeq === null ? [] : [`(cast('${checkUuid(id)}' as uuid), ${Math.trunc(livingSeq)})`]));
  const isGone = living.length === 0 ? `id in (${list})` : `id in (${list}) and (id, seq) not in (${living.join(", ")})`;
  await writer.run(`insert into pending_repairs select distinct customer from facts where ${isGone} and customer is not null`);
  const owners = await writer.run(
    `select distinct cast(workspace_id as varchar) as workspace_id, cast(customer as varchar) as customer
     from (${TABLES.map((table) => `select workspace_id, customer from ${table} where ${isGone}`).join(" union all ")}) going
     where customer is not null`,
  );
  for (const table of TABLES) await writer.run(`delete from ${table} where ${isGone}`);
  return owners.map(owner);
};

/** Names rows anew: touchpoint, channel, stage, environment and product of the given ids. Every touchpoint has its number already. */
export const renameRows = async (writer: AnalyticsWriter, table: Table, workspaceId: string, rows: readonly ({ id: string } & Place)[]): Promise<void> => {
  const places = ["touchpoint", "channel", "stage", "environment", "product"] as const;
  await writer.run(`create or replace temp table named (id uuid, ${places.map((name) => `${name} varchar`).join(", ")})`);
  await writer.append(
    { name: "named", columns: [{ name: "id", type: "uuid" }, ...places.map((name) => ({ name, type: "varchar" as const }))] },
    [rows.map((row) => row.id), ...places.map((name) => rows.map((row) => row[name]))],
  );
  const workspace = `cast('${checkUuid(workspaceId)}' as uuid)`;
  await writer.run(
    `create or replace temp table changed as
     select named.*, rows.customer, rows.touchpoint is distinct from named.touchpoint as is_moved, numbers.touchpoint_no
     from ${table} rows
     join named on named.id = rows.id
     left join touchpoint_numbers numbers on numbers.workspace_id = rows.workspace_id and numbers.touchpoint = named.touchpoint
     where rows.workspace_id = ${workspace} and (${places.map((name) => `rows.${name} is distinct from named.${name}`).join(" or ")})`,
  );
  await writer.run(
    `update ${table}
     set ${[...places, "touchpoint_no"].map((name) => `${name} = changed.${name}`).join(", ")},
         ${unstepped(table, "changed.touchpoint is null")}
     from changed
     where ${table}.id = changed.id and ${table}.workspace_id = ${workspace}`,
  );
  if (table === "facts") await writer.run("insert into pending_repairs select distinct customer from changed where customer is not null and is_moved");
};

/** Whom words mean, and where members belonged when. */
type Staffing = { memberOf: (word: string) => string | null; posts: readonly { memberId: string; teamId: string; department: string | null; fromMs: number; toMs: number }[] };

/** Finds anew who served and where they belonged then. Only rows that name somebody are looked at, and only those that change are written. */
export const restaffRows = async (writer: AnalyticsWriter, table: Table, workspaceId: string, { memberOf, posts }: Staffing): Promise<void> => {
  const workspace = `cast('${checkUuid(workspaceId)}' as uuid)`;
  const words = (await writer.run(`select distinct served_by as word from ${table} where workspace_id = ${workspace} and served_by is not null`)).map((row) => String(row["word"]));
  await writer.run("create or replace temp table meant (word varchar, member_id uuid)");
  await writer.append({ name: "meant", columns: [{ name: "word", type: "varchar" }, { name: "member_id", type: "uuid" }] }, [words, words.map(memberOf)]);
  await writer.run("create or replace temp table posts (member_id uuid, team_id uuid, department varchar, from_ms double, to_ms double)");
  await writer.append(
    { name: "posts", columns: [{ name: "member_id", type: "uuid" }, { name: "team_id", type: "uuid" }, { name: "department", type: "varchar" }, { name: "from_ms", type: "double" }, { name: "to_ms", type: "double" }] },
    [posts.map((one) => one.memberId), posts.map((one) => one.teamId), posts.map((one) => one.department), posts.map((one) => one.fromMs), posts.map((one) => one.toMs)],
  );
  await writer.run(
    `create or replace temp table restaffed as
     select who.id, who.member_id, posts.team_id, posts.department
     from (
       select rows.id, rows.member_id as old_member, rows.team_id as old_team, rows.department as old_department,
              case when rows.served_by is null then rows.member_id else meant.member_id end as member_id, epoch_ms(coalesce(rows.served_at, rows."at")) as served_ms
       from ${table} rows
       left join meant on meant.word = rows.served_by
       where rows.workspace_id = ${workspace} and (rows.member_id is not null or rows.served_by is not null)
     ) who
     left join posts on posts.member_id = who.member_id and who.served_ms >= posts.from_ms and who.served_ms < posts.to_ms
     where who.member_id is distinct from old_member or posts.team_id is distinct from old_team or posts.department is distinct from old_department`,
  );
  await writer.run(
    `update ${table}
     set member_id = restaffed.member_id, team_id = restaffed.team_id, department = restaffed.department
     from restaffed
     where ${table}.id = restaffed.id and ${table}.workspace_id = ${workspace}`,
  );
};

export const countRows = async (read: StoreReader): Promise<number> => {
  const [row] = await read("select count(*) as rows from experience");
  return Number(row?.["rows"] ?? 0);
};

export const emptyStore = async (writer: AnalyticsWriter): Promise<void> => {
  for (const table of [...TABLES, "positions", "pending_repairs", "touchpoint_numbers", "customer_numbers"]) await writer.run(`delete from ${table}`);
};

// Lists go in as text because a parameter per id would be slower; each is checked to be an id and nothing else.
const uuidList = (ids: readonly string[]): string => ids.map((id) => `cast('${checkUuid(id)}' as uuid)`).join(", ");

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const checkUuid = (id: string): string => {
  if (!UUID.test(id)) throw new Error("An id in the record is not a UUID.");
  return id;
};
