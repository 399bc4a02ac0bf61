import type { Queryable } from "./db.ts";

// One row per line of text, so that a changed column, index or constraint is one changed line in review.
const LINES = `
  select 'table ' || c.relnamespace::regnamespace || '.' || c.relname as owner, a.attnum::int as place,
         '  ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
           || case when a.attnotnull then ' not null' else '' end
           || case when a.attidentity <> '' then ' identity' else '' end
           || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text = any ($1)
  union all
  select 'table ' || c.relnamespace::regnamespace || '.' || c.relname, 10000, '  constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid
  where c.relnamespace::regnamespace::text = any ($1) and k.contype <> 'n'
  union all
  select 'table ' || i.schemaname || '.' || i.tablename, 20000, '  ' || i.indexdef
  from pg_indexes i
  where i.schemaname = any ($1)
  union all
  select 'view ' || v.schemaname || '.' || v.viewname, 1, v.definition
  from pg_views v
  where v.schemaname = any ($1)`;

/** The schema as text, the same for the same schema: kept in `schema.snapshot.sql` so that a change shows in review. */
export const describeSchema = async (db: Queryable, schemas: readonly string[]): Promise<string> => {
  const { rows } = await db.query<{ owner: string; line: string }>(`select owner, line from (${LINES}) lines order by owner, place, line`, [[...schemas]]);
  const out: string[] = ["-- Written by `npm run check -- --write`; do not edit."];
  let owner = "";
  for (const row of rows) {
    if (row.owner !== owner) out.push("", row.owner);
    owner = row.owner;
    out.push(row.line);
  }
  return `${out.join("\n")}\n`;
};
