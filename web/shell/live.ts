import { useEffect, useRef, useSyncExternalStore } from "react";

export type LiveState = "connecting" | "live" | "lost";

const LOADING_MOST_MS = 600_000;

const listeners = new Set<() => void>();
let state: LiveState = "connecting";
let source: EventSource | null = null;
let users = 0;
let isFirst = true;

/** Calls `react` for every event of the workspace with one of these names (`response.saved`).
 *  One connection serves the whole page; the browser resumes it by the last id it saw.
 *  @returns whether the connection stands, to be shown next to what is live */
export const useLive = (names: readonly string[], react: (name: string, payload: unknown) => void): LiveState => {
  const latest = useRef(react);
  useEffect(() => {
    latest.current = react;
  }, [react]);
  const wanted = names.join(" ");
  useEffect(() => {
    const stream = connect();
    const subscriptions = wanted.split(" ").map((name) => {
      const listen = (event: MessageEvent<string>): void => latest.current(name, parse(event.data));
      stream.addEventListener(name, listen);
      return () => stream.removeEventListener(name, listen);
    });
    return () => {
      for (const stop of subscriptions) stop();
      disconnect();
    };
  }, [wanted]);
  return useSyncExternalStore(subscribe, () => state);
};

const connect = (): EventSource => {
  users += 1;
  if (source !== null) return source;
  // What was asked for while the page loaded may have changed before this line stands. Later lines stand as soon as a screen asks.
  const stream = new EventSource(`/api/live?loadingMs=${isFirst ? Math.min(LOADING_MOST_MS, Math.round(performance.now())) : 0}`);
  isFirst = false;
  source = stream;
  source.addEventListener("open", () => {
    // News that is not kept cannot be sent again.
    if (state === "lost") stream.dispatchEvent(new MessageEvent("experience.advanced", { data: "{}" }));
    become("live");
  });
  source.addEventListener("error", () => become("lost"));
  return source;
};

const disconnect = (): void => {
  users -= 1;
  if (users > 0) return;
  source?.close();
  source = null;
  become("connecting");
};

const become = (next: LiveState): void => {
  state = next;
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
