import { transaction, type Db } from "#platform/db";
import { listNamesOfCustomers } from "../profiles/customer-detail.queries.ts";
import { lookbackDays, type Standing } from "./contact-policy.rules.ts";
import { countOutcomes, openReplay, type ReplayRow } from "./ledger.queries.ts";
import { storedStanding, type ContactPolicy, type Outcome, type PolicyPreview } from "./policy.contract.ts";
import { startReplay, type ChangedRequest, type Replayed } from "./replay.rules.ts";

// More than these take longer than anybody waits at a screen: then only some customers are replayed, each with all of her requests.
const EXACT_ROWS_MAX = 200_000;

// Deciding one batch takes some milliseconds, so that other requests are answered between two of them.
const BATCH_ROWS = 2000;

/** What a policy would have decided on the requests of the last days: the same requests at the same times, each decision resting on
 *  those the policy made before. Requests that a caller would have made or left out because of another answer are not guessed. */
export const previewPolicy = async (
  db: Db,
  workspaceId: string,
  policy: ContactPolicy,
  period: { from: Date; until: Date },
  exactRowsMax: number = EXACT_ROWS_MAX,
): Promise<PolicyPreview> => {
  const rows = (await countOutcomes(db, workspaceId, period)).reduce((sum, one) => sum + one.requests, 0);
  const every = Math.max(1, Math.ceil(rows / exactRowsMax));
  const replay = startReplay(policy);
  await transaction(db, async (tx) => {
    const since = new Date(period.from.getTime() - lookbackDays(policy) * 86_400_000);
    const fetchRows = await openReplay(tx, workspaceId, { since, ...period, every });
    const read = createReader(period.from);
    for (let batch = await fetchRows(BATCH_ROWS); batch.length > 0; batch = await fetchRows(BATCH_ROWS)) for (const row of batch) replay.take(read(row));
  });
  const { examples, before, after, ...counts } = replay.result();
  const names = new Map((await listNamesOfCustomers(db, workspaceId, examples.flatMap(({ row }) => (row.customerId === null ? [] : [row.customerId])))).map((one) => [one.id, one.name]));
  const scale = (outcomes: readonly Outcome[]): Outcome[] => outcomes.map((one) => ({ ...one, requests: one.requests * every }));
  return {
    from: period.from.toISOString(), until: period.until.toISOString(), every,
    requests: counts.requests * every, customers: counts.customers * every, changedCount: counts.changedCount * every,
    before: scale(before), after: scale(after), changed: examples.map((changed) => showChanged(changed, names)),
  };
};

// Rows of one person follow one another and mostly say the same, so the last standing read is kept.
const createReader = (from: Date): ((row: ReplayRow) => Replayed) => {
  let known: { text: string; standing: Standing } | null = null;
  return ({ referenceType, referenceId, referenceLabel, standing: text, ...row }) => {
    if (known?.text !== text) known = { text, standing: storedStanding.parse(JSON.parse(text)) };
    return {
      ...row,
      isBefore: row.at < from,
      reference: { type: referenceType, id: referenceId, ...(referenceLabel === null ? {} : { label: referenceLabel }) },
      standing: known.standing,
    };
  };
};

const showChanged = ({ row, before, after }: ChangedRequest, names: ReadonlyMap<string, string>): PolicyPreview["changed"][number] => ({
  customerId: row.customerId,
  customerName: row.customerId === null ? null : (names.get(row.customerId) ?? null),
  at: row.at.toISOString(),
  reference: row.reference,
  channel: row.channel,
  before,
  after,
});
