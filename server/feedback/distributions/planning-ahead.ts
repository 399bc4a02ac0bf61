import { countSegment } from "#customers";
import { transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import type { Services } from "#platform/services";
import { findWorkspace } from "#platform/workspaces";
import { announce } from "./announcing.ts";
import { lockDistribution } from "./distributions.queries.ts";
import type { DistributionRow } from "./distributions.queries.ts";
import { findOutlook, listInvitedAhead, upsertOutlook } from "./outlooks.queries.ts";
import type { OutlookRow } from "./outlooks.queries.ts";
import { isReachable, readPeople } from "./planning.ts";
import { createDrip } from "./sending-times.ts";

const PAGE = 500;
// The contact policy looks no further ahead than this.
const AHEAD_MS = 180 * 86_400_000;
// People join and leave a segment while its wave is awaited.
const ANEW_MS = 86_400_000;

/** Tells the next people who are still to be asked: those with an invitation for later, and those of the coming wave.
 *  @returns false when all are told, or another worker is at the distribution */
export const planAhead = (services: Services, workspaceId: string, id: string): Promise<boolean> =>
  transaction(services.db, async (tx) => {
    const row = await lockDistribution(tx, workspaceId, id, false);
    if (row === null || row.state !== "running" || row.settings.kind !== "relationship") return false;
    const now = services.clock.now();
    const outlook = await outlookOf(tx, row, now);
    if (outlook.stage === "done") return false;
    await upsertOutlook(tx, row, outlook.stage === "invited" ? await tellInvited(tx, row, outlook, now) : await tellComing(tx, row, outlook));
    return true;
  });

const outlookOf = async (tx: Queryable, row: DistributionRow, now: Date): Promise<OutlookRow> => {
  const waveAt = row.nextWaveAt !== null && row.nextWaveAt.getTime() - now.getTime() < AHEAD_MS ? row.nextWaveAt : null;
  const found = await findOutlook(tx, row);
  if (found !== null && found.waveAt?.getTime() === waveAt?.getTime() && now.getTime() - found.begunAt.getTime() < ANEW_MS) return found;
  return { waveAt, begunAt: now, stage: "invited", position: null, planned: 0, people: 0 };
};

const tellInvited = async (tx: Queryable, row: DistributionRow, outlook: OutlookRow, now: Date): Promise<OutlookRow> => {
  const people = await listInvitedAhead(tx, row.id, { now, after: outlook.position, limit: PAGE });
  await announce(tx, row, people);
  if (people.length === PAGE) return { ...outlook, position: people.at(-1)?.id ?? null };
  if (outlook.waveAt === null) return { ...outlook, stage: "done" };
  const inWave = row.settings.segmentId === null ? row.addressCount : await countSegment(tx, row.workspaceId, row.settings.segmentId);
  return { ...outlook, stage: "coming", position: null, people: inWave };
};

const tellComing = async (tx: Queryable, row: DistributionRow, outlook: OutlookRow): Promise<OutlookRow> => {
  const begins = outlook.waveAt ?? outlook.begunAt;
  const { drip, channel } = row.settings;
  const zone = (await findWorkspace(tx, row.workspaceId))?.timeZone ?? "UTC";
  const place = drip === null ? null : createDrip(drip, { begins, people: outlook.people });
  const page = await readPeople(tx, row, { position: outlook.position, at: outlook.begunAt });
  const reached = page.people.filter((person) => isReachable(channel, person));
  await announce(tx, row, reached.map(({ customerId, timeZone }, count) => ({ customerId, dueAt: place === null ? begins : place(outlook.planned + count, timeZone ?? zone) })));
  return { ...outlook, planned: outlook.planned + reached.length, position: page.position, stage: page.isEnd ? "done" : "coming" };
};
