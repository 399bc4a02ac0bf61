// Refused events wait here for a person: mended and sent again, or given up.
import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import type { IdentityLimits } from "../identity/identifiers.rules.ts";
import { limitsOf } from "../identity/limits.ts";
import { interactionId } from "../interactions/interactions.rules.ts";
import { readCloudEvents } from "./cloudevents.rules.ts";
import * as queries from "./dead-letters.queries.ts";
import { deadLetterErrors } from "./ingest.errors.ts";
import { recordArriving } from "./ingest.ts";
import { clean } from "./ingest.rules.ts";
import type { Arrival, Reading } from "./ingest.rules.ts";
import { readBatch } from "./segment.rules.ts";

/** Sends a refused event again, edited or not, as if it had come at its first time.
 *  @returns the letter as it is afterwards: replayed, or still open with the reason of now */
export const replayLetter = async (services: Services, actor: Actor, given: { id: string; payload: string | null }): Promise<queries.LetterRow & { payload: string }> => {
  await transaction(services.db, async (tx) => {
    const [letter] = await queries.lockOpenLetters(tx, actor.workspaceId, [given.id]);
    if (letter === undefined) throw await explainAbsence(services, actor, given.id);
    await replay(tx, { services, actor, letter: { ...letter, payload: given.payload ?? letter.payload } });
  });
  return getLetter(services, actor, given.id);
};

/** Sends many refused events again, each as it was: after a rule was loosened or a limit raised. */
export const replayLetters = async (services: Services, actor: Actor, ids: readonly string[]): Promise<{ replayed: number; stillRefused: number }> =>
  transaction(services.db, async (tx) => {
    const letters = await queries.lockOpenLetters(tx, actor.workspaceId, ids);
    let replayed = 0;
    for (const letter of letters) if (await replay(tx, { services, actor, letter })) replayed += 1;
    await recordAudit(tx, actor, { action: "dead-letters.replayed", subject: "dead letters", details: { replayed, stillRefused: letters.length - replayed } });
    return { replayed, stillRefused: letters.length - replayed };
  });

/** Gives refused events up; they stay readable until they are cleared away. */
export const discardLetters = async (services: Services, actor: Actor, ids: readonly string[]): Promise<number> =>
  transaction(services.db, async (tx) => {
    const discarded = await queries.discardLetters(tx, actor.workspaceId, { ids, memberId: actor.memberId, now: services.clock.now() });
    await recordAudit(tx, actor, { action: "dead-letters.discarded", subject: "dead letters", details: { discarded } });
    return discarded;
  });

export const getLetter = async (services: Services, actor: Actor, id: string): Promise<queries.LetterRow & { payload: string }> => {
  const letter = await queries.findLetter(services.db, actor.workspaceId, id);
  if (letter === null) throw httpErrors.refuse("not_found", "There is no such refused event in this workspace.");
  return letter;
};

type WaitingLetter = { id: string; receivedAt: Date; source: string; payload: string };

const replay = async (tx: Queryable, given: { services: Services; actor: Actor; letter: WaitingLetter }): Promise<boolean> => {
  const { services, actor, letter } = given;
  const reading = readAgain(letter, actor.workspaceId, await limitsOf(tx, actor.workspaceId));
  const [refusal] = reading.refusals;
  if (refusal !== undefined) {
    await queries.noteRefusedAgain(tx, { id: letter.id, payload: letter.payload, reason: refusal.reason, detail: refusal.detail });
    return false;
  }
  await recordArriving(tx, reading.rows);
  const id = reading.rows[0]?.id ?? interactionId(actor.workspaceId, letter.id);
  await queries.markReplayed(tx, { id: letter.id, payload: letter.payload, interactionId: id, memberId: actor.memberId, now: services.clock.now() });
  return true;
};

// An event without a message id gets the letter's, so that replaying twice stores once.
const readAgain = (letter: WaitingLetter, workspaceId: string, identity: IdentityLimits): Reading => {
  const arrival: Arrival = { workspaceId, source: letter.source, receivedAt: letter.receivedAt.getTime(), newMessageId: () => letter.id, identity };
  const event = parsePayload(letter.payload);
  const reading = letter.source === "cloudevents" ? readCloudEvents([event], arrival) : readBatch({ batch: [event] }, arrival, null);
  if (typeof reading === "string") throw new Error(`A single event cannot be a faulty envelope: ${reading}.`);
  return reading;
};

const parsePayload = (payload: string): unknown => {
  try {
    return clean(JSON.parse(payload));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw deadLetterErrors.refuse("payload_not_json", `The event is not JSON: ${error.message.slice(0, 200)}. Mend it and send it again.`);
  }
};

const explainAbsence = async (services: Services, actor: Actor, id: string): Promise<Error> => {
  const { state } = await getLetter(services, actor, id);
  return deadLetterErrors.refuse("dead_letter_resolved", `The event was ${state} before. Reload the list.`, { state });
};
