import { Tooltip } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { formatMoment, relativeTo } from "./dates.ts";

/** A moment as "6 min", with the exact time on hover and for machines. */
export const Time = ({ at, kind = "relative" }: { at: string | Date; kind?: "relative" | "absolute" }) => {
  const now = useSyncExternalStore(subscribe, currentMinute);
  const moment = typeof at === "string" ? new Date(at) : at;
  const exact = formatMoment(moment);
  if (kind === "absolute") return <time dateTime={moment.toISOString()}>{exact}</time>;
  return (
    <Tooltip label={exact}>
      <time dateTime={moment.toISOString()}>{relativeTo(moment, Math.max(now, moment.getTime()))}</time>
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
