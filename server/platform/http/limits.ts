import { takeToken } from "./limits.rules.ts";
import type { Bucket } from "./limits.rules.ts";

// Old buckets are forgotten when there are many, so that a flood of addresses cannot fill the memory.
const BUCKETS_MAX = 50_000;

/** Counts requests per caller in this process.
 *  @returns seconds to wait, 0 when the request may pass */
export const createLimiter = (): ((caller: string, perMinute: number, nowMs: number) => number) => {
  const buckets = new Map<string, Bucket>();
  return (caller, perMinute, nowMs) => {
    const taken = takeToken(buckets.get(caller), perMinute, nowMs);
    buckets.delete(caller);
    buckets.set(caller, taken.bucket);
    if (buckets.size > BUCKETS_MAX) {
      const oldest = buckets.keys().next();
      if (oldest.done === false) buckets.delete(oldest.value);
    }
    return taken.waitSeconds;
  };
};
