// A token bucket per caller: short bursts pass, a steady stream is held to the rate.

export type Bucket = { tokens: number; filledAtMs: number };

/** Takes one token.
 *  @param bucket the caller's bucket so far; undefined for a new caller
 *  @returns the bucket afterwards and, when it was empty, the whole seconds to wait */
export const takeToken = (bucket: Bucket | undefined, perMinute: number, nowMs: number): { bucket: Bucket; waitSeconds: number } => {
  // A clock that is set back must not empty the bucket.
  const elapsedMs = bucket === undefined ? 0 : Math.max(0, nowMs - bucket.filledAtMs);
  const filled = bucket === undefined ? perMinute : Math.min(perMinute, bucket.tokens + (elapsedMs / 60_000) * perMinute);
  if (filled >= 1) return { bucket: { tokens: filled - 1, filledAtMs: nowMs }, waitSeconds: 0 };
  return { bucket: { tokens: filled, filledAtMs: nowMs }, waitSeconds: Math.max(1, Math.ceil(((1 - filled) / perMinute) * 60)) };
};
