// How many events a workspace may send: one runaway script must not take the whole server from the others.

/** Events a second and workspace on one server. Far above what an honest sender needs, about what two cores can store. */
export const EVENTS_PER_SECOND = 40_000;
// A queue that empties after an outage comes as a burst.
const BURST_SECONDS = 5;

export type EventAllowance = { events: number; filledAt: number };

/** Takes the events of one request from a workspace's allowance, which refills steadily. A request is let in while any is left,
 *  so that a large batch passes too; it then owes the rest.
 *  @returns the allowance afterwards and the whole seconds to wait, 0 when the request may pass */
export const takeEvents = (
  allowance: EventAllowance | undefined,
  events: number,
  perSecond: number,
  now: number,
): { allowance: EventAllowance; waitSeconds: number } => {
  const full = perSecond * BURST_SECONDS;
  const left = allowance === undefined ? full : Math.min(full, allowance.events + (Math.max(0, now - allowance.filledAt) / 1000) * perSecond);
  if (left > 0) return { allowance: { events: left - events, filledAt: now }, waitSeconds: 0 };
  return { allowance: { events: left, filledAt: now }, waitSeconds: Math.min(300, Math.max(1, Math.ceil(-left / perSecond))) };
};
