import type { Queryable } from "#platform/db";
import { ANSWERED_AT } from "../responses/response-filter.queries.ts";
import type { ListedPerson, ListedResponse, MembershipRow, PersonRow } from "./delighted.contract.ts";

export type Project = { surveyId: string; distributionId: string };
const PERSON = `person.id, person.email, person.phone, person.name, person.properties, person.unsubscribed_at as "unsubscribedAt", person.created_at as "createdAt"`;

export const findProject = async (db: Queryable, workspaceId: string): Promise<Project | null> => {
  const { rows } = await db.query<Project>(
    `select survey_id as "surveyId", distribution_id as "distributionId" from feedback.delighted_projects where workspace_id = $1`,
    [workspaceId],
  );
  return rows[0] ?? null;
};

export const insertProject = async (tx: Queryable, workspaceId: string, project: Project): Promise<boolean> => {
  const { rowCount } = await tx.query(
    "insert into feedback.delighted_projects (workspace_id, survey_id, distribution_id) values ($1, $2, $3) on conflict (workspace_id) do nothing",
    [workspaceId, project.surveyId, project.distributionId],
  );
  return rowCount === 1;
};

/** The newest open survey that begins with the question of recommending. */
export const findNpsSurvey = async (db: Queryable, workspaceId: string): Promise<string | null> => {
  const { rows } = await db.query<{ id: string }>(
    `select survey.id
     from feedback.surveys survey
     join feedback.survey_versions version
       on version.workspace_id = survey.workspace_id and version.survey_id = survey.id and version.number = survey.published_version
     where survey.workspace_id = $1 and survey.status = 'open' and version.definition #>> '{questions,0,type}' = 'nps'
     order by survey.created_at desc, survey.id desc
     limit 1`,
    [workspaceId],
  );
  return rows[0]?.id ?? null;
};

/** Writes a person or what is new about one: what is not said stays. */
export const upsertPerson = async (
  tx: Queryable,
  workspaceId: string,
  given: { email: string | null; phone: string | null; name: string | null; properties: Record<string, unknown>; at: Date },
): Promise<PersonRow> => {
  const target = given.email === null ? "phone" : "email";
  const { rows } = await tx.query<PersonRow>(
    `insert into feedback.delighted_people as person (workspace_id, email, phone, name, properties, created_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (workspace_id, ${target}) do update
       set name = coalesce(excluded.name, person.name), properties = person.properties || excluded.properties, phone = coalesce(excluded.phone, person.phone)
     returning ${PERSON}`,
    [workspaceId, given.email, given.phone, given.name, JSON.stringify(given.properties), given.at],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("The person was not stored.");
  return row;
};

export const findPerson = async (db: Queryable, workspaceId: string, by: { id?: number; email?: string; phone?: string }): Promise<PersonRow | null> => {
  const { rows } = await db.query<PersonRow>(
    `select ${PERSON}
     from feedback.delighted_people person
     where person.workspace_id = $1 and (person.id = $2 or person.email = $3 or person.phone = $4)
     order by person.id
     limit 1`,
    [workspaceId, by.id ?? null, by.email ?? null, by.phone ?? null],
  );
  return rows[0] ?? null;
};

export const deletePerson = async (tx: Queryable, workspaceId: string, id: number): Promise<void> => {
  await tx.query("delete from feedback.delighted_people where workspace_id = $1 and id = $2", [workspaceId, id]);
};

export const deletePeopleOf = async (tx: Queryable, workspaceId: string, subjectHashes: readonly string[]): Promise<void> => {
  await tx.query(
    `delete from feedback.delighted_people
     where workspace_id = $1
       and (encode(sha256(convert_to(concat($1::uuid, E'\\nemail:', email), 'UTF8')), 'hex') = any ($2::text[])
         or encode(sha256(convert_to(concat($1::uuid, E'\\nphone:', phone), 'UTF8')), 'hex') = any ($2::text[]))`,
    [workspaceId, [...subjectHashes]],
  );
};

export const markUnsubscribed = async (tx: Queryable, workspaceId: string, id: number, at: Date): Promise<void> => {
  await tx.query("update feedback.delighted_people set unsubscribed_at = coalesce(unsubscribed_at, $3) where workspace_id = $1 and id = $2", [workspaceId, id, at]);
};


/** People in the order they were named, with what became of asking them.
 *  @param filter `only` leaves those who wanted no more, or whose mail came back; the period is about that moment, or about when they were named */
export const listPeople = async (
  db: Queryable,
  workspaceId: string,
  filter: { only: "all" | "unsubscribed" | "bounced"; id: number | null; email: string | null; since: Date | null; until: Date | null; offset: number; after: number; limit: number },
): Promise<ListedPerson[]> => {
  const { rows } = await db.query<ListedPerson>(
    `with known as (
       select ${PERSON}, asked."lastSentAt", asked."lastRespondedAt", asked."nextAt", asked."bouncedAt",
              least(person.unsubscribed_at, asked.stopped_at) as "stoppedAt"
       from feedback.delighted_people person
       cross join lateral (
         select max(invitation.last_sent_at) as "lastSentAt", max(invitation.answered_at) as "lastRespondedAt",
                min(invitation.next_at) filter (where invitation.state = 'planned') as "nextAt", max(invitation.bounced_at) filter (where 'email' = any (invitation.dead_channels)) as "bouncedAt",
                min(invitation.unsubscribed_at) as stopped_at
         from feedback.delighted_projects project
         join feedback.invitations invitation on invitation.workspace_id = project.workspace_id and invitation.distribution_id = project.distribution_id
         where project.workspace_id = person.workspace_id and (invitation.email = person.email or invitation.phone = person.phone)
       ) asked
       where person.workspace_id = $1 and person.id > $6 and ($7::bigint is null or person.id = $7) and ($9::text is null or person.email = $9)
     )
     select *
     from known
     where ($2 = 'all' or ($2 = 'unsubscribed' and "stoppedAt" is not null) or ($2 = 'bounced' and "bouncedAt" is not null))
       and ($3::timestamptz is null or case $2 when 'unsubscribed' then "stoppedAt" when 'bounced' then "bouncedAt" else "createdAt" end >= $3)
       and ($4::timestamptz is null or case $2 when 'unsubscribed' then "stoppedAt" when 'bounced' then "bouncedAt" else "createdAt" end < $4)
     order by id
     offset $5
     limit $8`,
    [workspaceId, filter.only, filter.since, filter.until, filter.offset, filter.after, filter.id, filter.limit, filter.email],
  );
  return rows;
};

const MEMBERSHIP = `person_id as "personId", properties, next_at as "nextAt", created_at as "createdAt", updated_at as "updatedAt"`;

export const upsertMembership = async (
  tx: Queryable,
  workspaceId: string,
  given: { platform: "email" | "sms"; personId: number; properties: Record<string, unknown>; at: Date },
): Promise<MembershipRow> => {
  const { rows } = await tx.query<MembershipRow>(
    `insert into feedback.delighted_memberships as membership (workspace_id, platform, person_id, properties, next_at, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $5, $5)
     on conflict (workspace_id, platform, person_id) do update set properties = membership.properties || excluded.properties, updated_at = excluded.updated_at
     returning ${MEMBERSHIP}`,
    [workspaceId, given.platform, given.personId, JSON.stringify(given.properties), given.at],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("The membership was not stored.");
  return row;
};

export const deleteMembership = async (tx: Queryable, workspaceId: string, platform: "email" | "sms", personId: number): Promise<MembershipRow | null> => {
  const { rows } = await tx.query<MembershipRow>(
    `delete from feedback.delighted_memberships where workspace_id = $1 and platform = $2 and person_id = $3 returning ${MEMBERSHIP}`,
    [workspaceId, platform, personId],
  );
  return rows[0] ?? null;
};

export const listMemberships = async (
  db: Queryable,
  workspaceId: string,
  filter: { platform: "email" | "sms"; personId: number | null; after: number; limit: number },
): Promise<MembershipRow[]> => {
  const { rows } = await db.query<MembershipRow>(
    `select ${MEMBERSHIP}
     from feedback.delighted_memberships
     where workspace_id = $1 and platform = $2 and person_id > $3 and ($4::bigint is null or person_id = $4)
     order by person_id
     limit $5`,
    [workspaceId, filter.platform, filter.after, filter.personId, filter.limit],
  );
  return rows;
};

/** People whose time has come, with their next one set; those another worker is at are skipped. */
export const takeDueMemberships = async (tx: Queryable, given: { now: Date; nextAt: Date; limit: number }): Promise<{ workspaceId: string; platform: "email" | "sms"; personId: number }[]> => {
  const { rows } = await tx.query<{ workspaceId: string; platform: "email" | "sms"; personId: number }>(
    `update feedback.delighted_memberships membership
     set next_at = $2
     from (
       select workspace_id, platform, person_id
       from feedback.delighted_memberships
       where next_at <= $1
       order by next_at
       limit $3
       for update skip locked
     ) due
     where membership.workspace_id = due.workspace_id and membership.platform = due.platform and membership.person_id = due.person_id
     returning membership.workspace_id as "workspaceId", membership.platform, membership.person_id as "personId"`,
    [given.now, given.nextAt, given.limit],
  );
  return rows;
};

export const upsertResponseFacts = async (tx: Queryable, workspaceId: string, given: { responseId: string; personId: number | null; properties: Record<string, unknown> }): Promise<void> => {
  await tx.query(
    `insert into feedback.delighted_responses as known (workspace_id, response_id, person_id, properties)
     values ($1, $2, $3, $4)
     on conflict (workspace_id, response_id) do update set properties = known.properties || excluded.properties`,
    [workspaceId, given.responseId, given.personId, JSON.stringify(given.properties)],
  );
};


/** Responses of one survey that bear a score and count, with the person as such a client knows them. */
export const listScoredResponses = async (
  db: Queryable,
  workspaceId: string,
  filter: {
    surveyId: string; id: string | null; personId: number | null; since: Date | null; until: Date | null; updatedSince: Date | null; isDescending: boolean; offset: number; limit: number;
  },
): Promise<ListedResponse[]> => {
  const { rows } = await db.query<ListedResponse>(
    `select response.id, response.score, said.text as comment, response.tags, coalesce(facts.properties, person.properties, '{}') as properties,
            ${ANSWERED_AT} as "createdAt", response.saved_at as "updatedAt",
            person.id as "personId", person.email, person.phone, person.name, person.created_at as "personCreatedAt"
     from feedback.responses response
     left join feedback.delighted_responses facts on facts.workspace_id = response.workspace_id and facts.response_id = response.id
     left join lateral (
       select answer.text from feedback.answers answer
       where answer.workspace_id = response.workspace_id and answer.response_id = response.id and answer.question_type = 'text' and answer.is_shown
       order by answer.position limit 1
     ) said on true
     left join lateral (
       select known.* from feedback.delighted_people known
       where known.workspace_id = response.workspace_id
         and (known.id = facts.person_id or (facts.person_id is null and (response.subject = 'email:' || known.email or response.subject = 'phone:' || known.phone)))
       order by known.id limit 1
     ) person on true
     where response.workspace_id = $1 and response.survey_id = $2 and response.outcome = 'counted' and response.score is not null
       and ($3::uuid is null or response.id = $3)
       and ($4::bigint is null or person.id = $4)
       and ($5::timestamptz is null or ${ANSWERED_AT} >= $5)
       and ($6::timestamptz is null or ${ANSWERED_AT} < $6)
       and ($7::timestamptz is null or response.saved_at >= $7)
     order by case when $8 then ${ANSWERED_AT} end desc, case when $8 then response.id end desc,
              ${ANSWERED_AT}, response.id
     offset $9
     limit $10`,
    [workspaceId, filter.surveyId, filter.id, filter.personId, filter.since, filter.until, filter.updatedSince, filter.isDescending, filter.offset, filter.limit],
  );
  return rows;
};

export const countScores = async (
  db: Queryable,
  workspaceId: string,
  filter: { surveyId: string; since: Date | null; until: Date | null },
): Promise<{ promoters: number; passives: number; detractors: number }> => {
  const { rows } = await db.query<{ promoters: number; passives: number; detractors: number }>(
    `select count(*) filter (where response.score >= 9) as promoters, count(*) filter (where response.score >= 7 and response.score < 9) as passives,
            count(*) filter (where response.score < 7) as detractors
     from feedback.responses response
     where response.workspace_id = $1 and response.survey_id = $2 and response.outcome = 'counted' and response.score is not null
       and ($3::timestamptz is null or ${ANSWERED_AT} >= $3) and ($4::timestamptz is null or ${ANSWERED_AT} < $4)`,
    [workspaceId, filter.surveyId, filter.since, filter.until],
  );
  return rows[0] ?? { promoters: 0, passives: 0, detractors: 0 };
};
