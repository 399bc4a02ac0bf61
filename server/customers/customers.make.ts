// Builders for tests and benchmarks: state only what matters, the rest is sound.
import { subjectOfMessage } from "./identity/messages.rules.ts";
import type { NewInteraction } from "./interactions/interactions.contract.ts";
import { interactionId } from "./interactions/interactions.rules.ts";

export { makeInteraction } from "./interactions/interactions.make.ts";
export { makePerception } from "./perceptions/perceptions.make.ts";

/** A message as a client library would send it. `at` counts minutes from the first of January 2026. */
export type MessageGiven = {
  at: number; type?: "track" | "page" | "identify" | "group" | "alias"; name?: string; userId?: string; anonymousId?: string; messageId?: string;
  traits?: Record<string, unknown>; message?: Record<string, unknown>; channel?: string; touchpoint?: string;
};

/** Rows for `insertInteractions`. The same content is the same message, so sending it twice is a repeat. */
export const makeMessages = (workspaceId: string, given: readonly MessageGiven[]): NewInteraction[] =>
  given.map(({ at, type = "track", userId = null, anonymousId = null, traits, ...rest }) => {
    const message = { ...rest.message, ...(traits === undefined ? {} : { traits }) };
    const messageId = rest.messageId ?? JSON.stringify([at, type, userId, anonymousId, rest.name, traits]);
    const time = new Date(Date.UTC(2026, 0, 1) + at * 60_000).toISOString();
    return {
      id: interactionId(workspaceId, messageId), messageId, type, name: rest.name ?? type, subject: subjectOfMessage({ type, userId, anonymousId, message }),
      userId, anonymousId, at: time, receivedAt: time, sentAt: null, originalAt: null, channel: rest.channel ?? null, touchpoint: rest.touchpoint ?? null,
      stage: null, direction: "customer", source: "segment", importId: null, memberId: null, message: JSON.stringify(message),
    };
  });

