/** A fact as it is written. Times are ISO text with zone. */
export type NewInteraction = {
  /** From `interactionId`. */
  id: string;
  messageId: string;
  type: string;
  /** Event or page name, or a plain word for facts by hand. */
  name: string;
  /** The strongest identifier it came with, `kind:value`; null when it came with none. */
  subject: string | null;
  userId: string | null;
  anonymousId: string | null;
  at: string;
  receivedAt: string;
  sentAt: string | null;
  originalAt: string | null;
  channel: string | null;
  touchpoint: string | null;
  stage: string | null;
  direction: "customer" | "organisation";
  source: string;
  importId: string | null;
  memberId: string | null;
  /** The message as JSON text; null when there is nothing beyond the columns. */
  message: string | null;
};
