import { Tooltip } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { formatMoment, relativeTo, sayAgo } from "./dates.ts";

/** A moment as "6 min", or "6 min. ago" within a sentence, with the exact time on hover and for machines. */
export const Time = ({ at, kind = "relative" }: { at: string | Date; kind?: "relative" | "ago" | "absolute" }) => {
  const now = useSyncExternalStore(subscribe, currentMinute);
  const moment = typeof at === "string" ? new Date(at) : at;
  const exact = formatMoment(moment);
  if (kind === "absolute") return <time dateTime={moment.toISOString()}>{exact}</time>;
  return (
    <Tooltip label={exact}>
      <time dateTime={moment.toISOString()}>{(kind === "ago" ? sayAgo : relativeTo)(moment, Math.max(now, moment.getTime()))}</time>
    </Tooltip>
  );
};

const minuteMs = 60_000;
let now = Date.now();
const currentMinute = (): number => now;

// One clock for all times on the page.
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  timer ??= setInterval(tick, minuteMs);
  if (Date.now() - now > minuteMs) tick();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

const tick = (): void => {
  now = Date.now();
  for (const listener of listeners) listener();
};
