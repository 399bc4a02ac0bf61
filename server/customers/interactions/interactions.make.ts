import { newId } from "#platform/db";
import type { NewInteraction } from "./interactions.contract.ts";
import { interactionId } from "./interactions.rules.ts";

/** A fact with everything filled in; state only what matters. */
export const makeInteraction = (workspaceId: string, given: Partial<NewInteraction> = {}): NewInteraction => {
  const messageId = given.messageId ?? newId();
  const at = given.at ?? "2026-06-01T12:00:00.000Z";
  return {
    id: interactionId(workspaceId, messageId),
    messageId,
    type: "track",
    name: "irrelevant event",
    subject: null,
    userId: null,
    anonymousId: null,
    at,
    receivedAt: at,
    sentAt: null,
    originalAt: null,
    channel: null,
    touchpoint: null,
    stage: null,
    direction: "customer",
    source: "manual",
    importId: null,
    memberId: null,
    message: null,
    ...given,
  };
};
