import { gatherSegments, longestPeriodMs, readPeriod, type GatheredSegment, type Period } from "#customers";
import { defineErrors } from "#platform/http";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { presentChannels } from "../touchpoints/naming.ts";
import type { JourneyFilters } from "./selection.contract.ts";
import type { JourneySelection } from "./selection.queries.ts";

export const journeySelectionErrors = defineErrors("paths", {
  journey_period_empty: { status: 400, meaning: "The period of a question about journeys ends before it starts, or as it starts: `to` is itself left out." },
  journey_period_too_long: { status: 400, meaning: "The period of a question about journeys is longer than a hundred years." },
  journey_segment_missing: { status: 400, meaning: "There is no such segment or contact list in this workspace." },
  journey_people_too_many: { status: 400, meaning: "More than 500,000 customers have a trait: too many to look up for one question about journeys." },
});

/** Most customers with a trait that are handed over to a query. */
export const JOURNEY_PEOPLE_MAX = 500_000;

export type AskedJourney = { selection: JourneySelection; timeZone: string; segments: { id: string; name: string }[] };

/** Turns the filters of a request into what queries understand, by the workspace's clock.
 *  @throws journey_period_empty, journey_period_too_long, journey_segment_missing */
export const readJourneySelection = async (services: Services, workspaceId: string, filters: JourneyFilters): Promise<AskedJourney> => {
  const timeZone = (await findWorkspace(services.db, workspaceId))?.timeZone ?? "UTC";
  const period = requireJourneyPeriod(services, filters, timeZone);
  const segments = await readSegments(services, workspaceId, (filters.segment ?? []).filter((id) => id !== ""));
  return {
    timeZone, segments: segments.map(({ id, name }) => ({ id, name })),
    selection: { workspaceId, ...period, channels: filters.channel === undefined ? null : await presentChannels(services.db, workspaceId, filters.channel), customers: null, segments: segments.length === 0 ? null : segments },
  };
};

/** @throws journey_period_empty, journey_period_too_long */
export const requireJourneyPeriod = (services: Services, given: Pick<JourneyFilters, "from" | "to">, timeZone: string): Period => {
  const period = readPeriod(given, timeZone, services.clock.now().getTime());
  const said = `${given.from ?? "90 days before"} to ${given.to ?? "now"}`;
  if (period === null) throw journeySelectionErrors.refuse("journey_period_empty", `The period from ${said} holds no time. Let it end later than it starts.`);
  if (period.toMs - period.fromMs > longestPeriodMs) throw journeySelectionErrors.refuse("journey_period_too_long", `The period from ${said} is longer than a hundred years. Choose a shorter one.`);
  return period;
};

export const showJourneyPeriod = ({ fromMs, toMs }: Period): { from: string; to: string } => ({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() });

/** Segments with whoever is in them now.
 *  @throws journey_segment_missing */
export const readSegments = async (services: Services, workspaceId: string, ids: readonly string[]): Promise<GatheredSegment[]> => {
  const segments = await gatherSegments(services, workspaceId, ids);
  if (segments.length < new Set(ids).size) throw journeySelectionErrors.refuse("journey_segment_missing", "There is no such segment or contact list here. It may have been deleted.");
  return segments;
};
