// Who of a survey's respondents is in a contact list or live segment today. The copy for reports knows responses, not who is in what: that
// changes by the minute. So it is worked out where it is known, once for all queries of a report, and handed over as a list of responses.
import { findSegment, listSegmentSubjects } from "#customers";
import { keepReadings } from "#platform/db";
import type { Db } from "#platform/db";
import type { Services } from "#platform/services";
import { reportErrors } from "./reports.errors.ts";
import { listResponsesOfSubjects } from "./segment-responses.queries.ts";

export type SegmentMembers = { id: string; name: string; customerIds: readonly string[]; responseIds: ReadonlySet<string> };

const CUSTOMERS_MAX = 2_000_000;
/** More ids than this are too long a list for one query. */
const RESPONSES_MAX = 500_000;
// The parts of a screen ask within a moment of each other; nobody notices a list that is this old.
const keep = keepReadings<SegmentMembers>({ ms: 3_000, most: 20 });

/** The people of some segments and their responses to some surveys, in the order asked for.
 *  @throws group_unknown, segment_too_large */
export const readSegments = (services: Services, workspaceId: string, surveyIds: readonly string[], segmentIds: readonly string[]): Promise<SegmentMembers[]> =>
  Promise.all([...new Set(segmentIds)].map((id) => keep(services.db, [workspaceId, id, ...surveyIds].join(), () => readMembers(services.db, { workspaceId, surveyIds, id }))));

const readMembers = async (db: Db, { workspaceId, surveyIds, id }: { workspaceId: string; surveyIds: readonly string[]; id: string }): Promise<SegmentMembers> => {
  const segment = await findSegment(db, workspaceId, id);
  if (segment === null) throw reportErrors.refuse("group_unknown", "There is no such contact list or segment here. It may have been deleted.");
  const customerIds: string[] = [];
  const responseIds = new Set<string>();
  for await (const portion of listSegmentSubjects(db, workspaceId, id, CUSTOMERS_MAX)) {
    customerIds.push(...portion.customerIds);
    for (const responseId of await listResponsesOfSubjects(db, workspaceId, surveyIds, portion.spans)) responseIds.add(responseId);
    if (responseIds.size > RESPONSES_MAX) throw reportErrors.refuse("segment_too_large", `The people of "${segment.name}" gave more than ${RESPONSES_MAX} responses. Choose a smaller segment, or none: it holds nearly everybody.`);
  }
  return { id, name: segment.name, customerIds, responseIds };
};

/** Whether a response belongs to several of them. */
export const overlap = (segments: readonly SegmentMembers[]): boolean => {
  const seen = new Set<string>();
  for (const { responseIds } of segments) {
    for (const id of responseIds) {
      if (seen.has(id)) return true;
      seen.add(id);
    }
  }
  return false;
};
