import { transaction, type Db } from "#platform/db";
import { listNamesOfCustomers } from "../profiles/customer-detail.queries.ts";
import { lookbackDays } from "./contact-policy.rules.ts";
import { openReplay, type ReplayRow } from "./ledger.queries.ts";
import type { ContactPolicy, PolicyPreview } from "./policy.contract.ts";
import { readStanding, startReplay, type ChangedRequest, type Replayed } from "./replay.rules.ts";

// Deciding one batch takes some milliseconds, so that other requests are answered between two of them.
const BATCH_ROWS = 2000;

/** What a policy would have decided on the requests of the last days: the same requests at the same times, each decision resting on
 *  those the policy made before. Requests that a caller would have made or left out because of another answer are not guessed. */
export const previewPolicy = async (db: Db, workspaceId: string, policy: ContactPolicy, period: { from: Date; until: Date }): Promise<PolicyPreview> => {
  const replay = startReplay(policy);
  await transaction(db, async (tx) => {
    const since = new Date(period.from.getTime() - lookbackDays(policy) * 86_400_000);
    const fetchRows = await openReplay(tx, workspaceId, { since, ...period });
    for (let rows = await fetchRows(BATCH_ROWS); rows.length > 0; rows = await fetchRows(BATCH_ROWS)) for (const row of rows) replay.take(readRow(row, period.from));
  });
  const { examples, ...counts } = replay.result();
  const names = new Map((await listNamesOfCustomers(db, examples.flatMap(({ row }) => (row.customerId === null ? [] : [row.customerId])))).map((one) => [one.id, one.name]));
  return { from: period.from.toISOString(), until: period.until.toISOString(), ...counts, changed: examples.map((changed) => showChanged(changed, names)) };
};

const readRow = ({ referenceType, referenceId, referenceLabel, standing, ...row }: ReplayRow, from: Date): Replayed => ({
  ...row,
  isBefore: row.at < from,
  reference: { type: referenceType, id: referenceId, ...(referenceLabel === null ? {} : { label: referenceLabel }) },
  standing: readStanding(standing),
});

const showChanged = ({ row, before, after }: ChangedRequest, names: ReadonlyMap<string, string>): PolicyPreview["changed"][number] => ({
  customerId: row.customerId,
  customerName: row.customerId === null ? null : (names.get(row.customerId) ?? null),
  at: row.at.toISOString(),
  reference: row.reference,
  channel: row.channel,
  before,
  after,
});
