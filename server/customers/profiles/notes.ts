import type { Actor } from "#platform/access";
import { recordAudit } from "#platform/audit";
import { newId, transaction } from "#platform/db";
import { publish } from "#platform/events";
import type { Services } from "#platform/services";
import { noteCustomerChanges } from "../identity/identifiers.queries.ts";
import { insertInteractions } from "../interactions/interactions.queries.ts";
import { interactionId } from "../interactions/interactions.rules.ts";
import { getCustomer, getSubject } from "./customer-detail.ts";
import type { NewNote } from "./profiles.contract.ts";
import { profilesErrors } from "./profiles.errors.ts";
import { refreshProfiles } from "./profiles.ts";
import { insertTraits } from "./traits.queries.ts";

const CHANNELS = { note: null, call: "phone", visit: "in person" } as const;
const NAMES = { note: "Note", call: "Phone call", visit: "Visit" } as const;
// Clocks of browsers run ahead by minutes.
const FUTURE_TOLERANCE_MS = 5 * 60_000;

/** Records a note, call or visit a member writes down, as an interaction of the customer.
 *  @returns its id */
export const recordNote = async (services: Services, actor: Actor, customerId: string, note: NewNote): Promise<string> => {
  const now = services.clock.now();
  const at = note.at === undefined ? now : new Date(note.at);
  if (at.getTime() > now.getTime() + FUTURE_TOLERANCE_MS) throw profilesErrors.refuse("note_in_future", `The ${note.kind} is dated ${at.toISOString()}, which is in the future. Correct the time.`);
  const customer = await getCustomer(services.db, actor.workspaceId, customerId);
  const { kind, subject } = await getSubject(services.db, actor.workspaceId, customer.id);
  const messageId = `manual-${newId()}`;
  const id = interactionId(actor.workspaceId, messageId);
  await transaction(services.db, async (tx) => {
    await insertInteractions(tx, actor.workspaceId, [{
      id, messageId, type: note.kind, name: NAMES[note.kind], subject,
      userId: kind === "user" ? subject.slice("user:".length) : null,
      anonymousId: kind === "anonymous" ? subject.slice("anonymous:".length) : null,
      at: at.toISOString(), receivedAt: now.toISOString(), sentAt: null, originalAt: null,
      channel: CHANNELS[note.kind], touchpoint: note.touchpoint ?? (note.kind === "note" ? null : NAMES[note.kind]), stage: null,
      direction: note.direction ?? (note.kind === "note" ? "organisation" : "customer"), source: "manual", importId: null, memberId: actor.memberId,
      message: JSON.stringify({ text: note.text.replaceAll("\u0000", "") }),
    }]);
    await publish(tx, { name: "customer.noted", workspaceId: actor.workspaceId, payload: { customerId: customer.id, interactionId: id, kind: note.kind } });
  });
  return id;
};

/** Writes or clears (null) a trait by hand. A member's word outranks what systems send. */
export const correctTrait = async (services: Services, actor: Actor, customerId: string, trait: { name: string; value: string | number | boolean | null }): Promise<void> => {
  const customer = await getCustomer(services.db, actor.workspaceId, customerId);
  const { id } = await getSubject(services.db, actor.workspaceId, customer.id);
  await transaction(services.db, async (tx) => {
    const value = JSON.stringify(typeof trait.value === "string" ? trait.value.replaceAll("\u0000", "") : trait.value);
    await insertTraits(tx, [{ identifierId: id, name: trait.name.replaceAll("\u0000", ""), value, at: services.clock.now(), source: "manual", interactionId: null, prior: null }]);
    await refreshProfiles(tx, [customer.id]);
    await noteCustomerChanges(tx, actor.workspaceId, [customer.id]);
    await recordAudit(tx, actor, { action: "customer.trait_corrected", subject: customer.id, details: { trait: trait.name } });
    await publish(tx, { name: "customer.changed", workspaceId: actor.workspaceId, payload: { customerId: customer.id } });
  });
};
