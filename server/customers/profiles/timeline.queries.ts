import type { Queryable } from "#platform/db";

export type TimelineRow = {
  record: "interaction" | "perception"; id: string; at: Date; type: string; name: string | null; touchpoint: string | null; channel: string | null;
  stage: string | null; source: string; subject: string | null; direction: "customer" | "organisation" | null; memberId: string | null;
  interactionId: string | null; value: number | null; scaleMin: number | null; scaleMax: number | null; normalised: number | null;
  choice: string | null; text: string | null; isInferred: boolean; message: unknown; sortAt: string;
};
export type TimelineSpan = { subject: string; from: Date | null; to: Date | null };
export type TimelinePage = { record: "facts" | "feelings" | "all"; before: { at: string; id: string } | null; limit: number };

const FACTS = `select 'interaction' as record, interaction.id, interaction.at, interaction.type, interaction.name, interaction.touchpoint, interaction.channel,
    interaction.stage, interaction.source, interaction.subject, interaction.direction, interaction.member_id as "memberId", null::uuid as "interactionId",
    null::float8 as value, null::float8 as "scaleMin", null::float8 as "scaleMax", null::float8 as normalised, null as choice, null as text,
    false as "isInferred", interaction.message
  from customers.interactions interaction
  where interaction.workspace_id = $1 and interaction.subject = span.subject and interaction.at >= span.valid_from and interaction.at < span.valid_to
    and ($5::timestamptz is null or (interaction.at, interaction.id) < ($5::timestamptz, $6::uuid))
  order by interaction.at desc, interaction.id desc
  limit $7`;

const FEELINGS = `select 'perception' as record, perception.id, perception.at, perception.kind as type, null as name, perception.touchpoint, perception.channel,
    perception.stage, perception.source, perception.subject, null as direction, null::uuid as "memberId", perception.interaction_id as "interactionId",
    perception.value, perception.scale_min as "scaleMin", perception.scale_max as "scaleMax", perception.normalised, perception.choice, perception.text,
    perception.is_inferred as "isInferred", perception.properties as message
  from customers.perceptions perception
  where perception.workspace_id = $1 and perception.subject = span.subject and perception.at >= span.valid_from and perception.at < span.valid_to
    and ($5::timestamptz is null or (perception.at, perception.id) < ($5::timestamptz, $6::uuid))
  order by perception.at desc, perception.id desc
  limit $7`;

/** Facts and feelings of one customer, newest first. One row is one of either; each span of each identifier is one walk
 *  of the index (workspace_id, subject, at), and no walk reads more than a page. */
export const listTimeline = async (db: Queryable, workspaceId: string, spans: readonly TimelineSpan[], page: TimelinePage): Promise<TimelineRow[]> => {
  const parts = [page.record === "feelings" ? null : FACTS, page.record === "facts" ? null : FEELINGS].filter((part) => part !== null);
  const { rows } = await db.query<TimelineRow>(
    `with spans as (
       select subject, coalesce(valid_from, '-infinity') as valid_from, coalesce(valid_to, 'infinity') as valid_to
       from unnest($2::text[], $3::timestamptz[], $4::timestamptz[]) as span (subject, valid_from, valid_to)
     )
     select found.*, found.at::text as "sortAt"
     from (
       ${parts.map((part) => `select part.* from spans span cross join lateral (${part}) part`).join(" union all ")}
     ) found
     order by found.at desc, found.id desc
     limit $7`,
    [
      workspaceId, spans.map((span) => span.subject), spans.map((span) => span.from), spans.map((span) => span.to),
      page.before?.at ?? null, page.before?.id ?? null, page.limit,
    ],
  );
  return rows;
};
