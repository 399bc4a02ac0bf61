import type { ListedPerson, ListedResponse, MembershipRow, PersonRow } from "./delighted.contract.ts";

const seconds = (at: Date | null): number | null => (at === null ? null : Math.floor(at.getTime() / 1000));

/** A person as the clients read one; ids are texts there. */
export const shownPerson = (person: Pick<PersonRow, "id" | "name" | "email" | "phone" | "createdAt">): Record<string, unknown> => ({
  id: String(person.id), name: person.name, email: person.email, ...(person.phone === null ? {} : { phone_number: person.phone }), created_at: seconds(person.createdAt),
});

export const shownListedPerson = (person: ListedPerson): Record<string, unknown> => ({
  ...shownPerson(person), last_sent_at: seconds(person.lastSentAt), last_responded_at: seconds(person.lastRespondedAt), next_survey_scheduled_at: seconds(person.nextAt),
});

/** @param isExpanded the person in full instead of its id */
export const shownResponse = (row: ListedResponse, given: { isExpanded: boolean; permalink: string }): Record<string, unknown> => ({
  id: row.id,
  person: row.personId === null ? null : given.isExpanded
    ? shownPerson({ id: row.personId, name: row.name, email: row.email, phone: row.phone, createdAt: row.personCreatedAt ?? row.createdAt })
    : String(row.personId),
  survey_type: "nps", score: row.score, comment: row.comment, permalink: given.permalink, created_at: seconds(row.createdAt), updated_at: seconds(row.updatedAt),
  person_properties: row.properties, notes: [], tags: row.tags, additional_answers: [],
});

export const shownMembership = (row: MembershipRow, person: Pick<PersonRow, "id" | "name" | "email" | "phone" | "createdAt">): Record<string, unknown> => ({
  created_at: seconds(row.createdAt), updated_at: seconds(row.updatedAt), person: shownPerson(person),
  next_survey_request: { id: null, created_at: seconds(row.updatedAt), survey_scheduled_at: seconds(row.nextAt), properties: row.properties },
});

/** Rounded whole numbers, as the clients have always got them. */
export const shownMetrics = ({ promoters, passives, detractors }: { promoters: number; passives: number; detractors: number }): Record<string, unknown> => {
  const count = promoters + passives + detractors;
  const percent = (part: number): number => (count === 0 ? 0 : Math.round((part * 1000) / count) / 10);
  return {
    nps: count === 0 ? null : Math.round((100 * (promoters - detractors)) / count), promoter_count: promoters, promoter_percent: percent(promoters), passive_count: passives,
    passive_percent: percent(passives), detractor_count: detractors, detractor_percent: percent(detractors), response_count: count,
  };
};

/** The header that leads to the next page (RFC 8288). */
export const nextLink = (url: URL, change: Record<string, string>): string => {
  const next = new URL(url);
  for (const [name, value] of Object.entries(change)) next.searchParams.set(name, value);
  return `<${next.href}>; rel="next"`;
};
