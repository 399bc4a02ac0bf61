// The way of an event from the wire into the database.
import type { Services } from "#platform/services";
import { transaction, type Queryable } from "#platform/db";
import { interactionId } from "../interactions/interactions.rules.ts";
import { insertPerceptions } from "../perceptions/perceptions.queries.ts";
import { perceptionsOf } from "./feedback.rules.ts";
import { GroupCommit } from "./group-commit.ts";
import { insertArriving, insertDeadLetters } from "./ingest.queries.ts";
import type { DeadLetter } from "./ingest.queries.ts";
import type { Arrival, ArrivingInteraction, Reading } from "./ingest.rules.ts";

/** A reading with where and when it arrived, as it is stored. */
export type ArrivedReading = Reading & { arrival: Arrival };

/** Opens the way into the database for this process. */
export const openIngest = (services: Services): GroupCommit<ArrivedReading> =>
  new GroupCommit({ write: (readings) => storeReadings(services, readings), isOnesFault: isAboutTheData });

/** How often a group is written again that stood in another's way. */
const TRIES_MAX = 6;

/** Stores readings in one transaction. When the database refuses the rows of a single request, they are tried one by one and the
 *  refused become dead letters.
 *  @throws what the database said, when it is away or when several requests were given: then each must be tried alone */
export const storeReadings = async (services: Services, readings: readonly ArrivedReading[]): Promise<void> => {
  const [first] = readings;
  if (first === undefined) return;
  const rows = readings.length === 1 ? first.rows : readings.flatMap((reading) => reading.rows);
  const letters = readings.flatMap(lettersOf);
  for (let tries = 1; ; tries += 1) {
    try {
      return await writeTogether(services, rows, letters);
    } catch (error) {
      // Two writers held the same retried events in opposite order. The other one has passed, so now there is room, unless there are many of them.
      if (isDeadlock(error) && tries < TRIES_MAX) continue;
      if (readings.length > 1 || !isAboutTheData(error)) throw error;
      for (const row of rows) await writeAlone(services, row);
      return insertDeadLetters(services.db, letters);
    }
  }
};

const writeTogether = async (services: Services, rows: readonly ArrivingInteraction[], letters: readonly DeadLetter[]): Promise<void> => {
  // One statement is a transaction already.
  if (letters.length === 0 && rows.every(({ feedback }) => feedback.length === 0)) return insertArriving(services.db, rows);
  await transaction(services.db, async (tx) => {
    await recordArriving(tx, rows);
    await insertDeadLetters(tx, letters);
  });
};

/** Writes facts of any number of workspaces and what customers said with them; repeats are left alone. */
export const recordArriving = async (tx: Queryable, rows: readonly ArrivingInteraction[]): Promise<void> => {
  await insertArriving(tx, rows);
  for (const [workspaceId, own] of Map.groupBy(rows, (row) => row.workspaceId)) await insertPerceptions(tx, workspaceId, own.flatMap(perceptionsOf));
};

const writeAlone = async (services: Services, row: ArrivingInteraction): Promise<void> => {
  try {
    await writeTogether(services, [row], []);
  } catch (error) {
    if (!isAboutTheData(error)) throw error;
    const detail = error instanceof Error ? error.message : "The database refused the event.";
    await insertDeadLetters(services.db, [letterOf(row, { reason: "not_storable", detail, payload: row.message })]);
  }
};

const lettersOf = (reading: ArrivedReading): DeadLetter[] => reading.refusals.map((refusal) => letterOf(reading.arrival, refusal));

const letterOf = (
  from: { workspaceId: string; source: string; receivedAt: number },
  refusal: { reason: string; detail: string; payload: string },
): DeadLetter => ({
  id: interactionId(from.workspaceId, `${refusal.reason}\n${refusal.payload}`),
  workspaceId: from.workspaceId,
  source: from.source,
  receivedAt: from.receivedAt,
  ...refusal,
});

// SQLSTATE classes 22 (a value that cannot be held), 23 (a constraint) and 54 (too large) blame the rows; anything else means
// that the database is away or overwhelmed, and the sender shall try again.
const isAboutTheData = (error: unknown): boolean => /^(?:22|23|54)...$/.test(codeOf(error));

const isDeadlock = (error: unknown): boolean => /^40...$/.test(codeOf(error));

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "");
