import type { Memory } from "./targeting.ts";

const KEY = "firsthand";

/** What this device remembers; nothing where a browser forbids remembering. */
export function recall(): Memory {
  try {
    const { lots = {}, seen = {} }: Partial<Memory> = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return { lots, seen };
  } catch {
    return { lots: {}, seen: {} };
  }
}

export function keep(memory: Memory): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(memory));
  } catch {
    // Forbidden or full: then this page view is all it remembers.
  }
}

/** Whether answers wait here that could not be sent. */
export function hasUnsent(): boolean {
  try {
    return localStorage.getItem(UNSENT_KEY) !== null;
  } catch {
    return false;
  }
}

/** Under which answers that could not be sent wait. */
export const UNSENT_KEY = "firsthand.unsent";
