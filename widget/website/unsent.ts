import type { PageFacts } from "../survey/session.ts";
import { UNSENT_KEY } from "./memory.ts";

/** Notes that answers of a survey wait on this device, so that a later page sends them when this one is gone. */
export function noteUnsent(facts: PageFacts): void {
  write({ ...listUnsent(), [facts.slug]: facts });
}

export function forgetUnsent({ slug }: PageFacts): void {
  const { [slug]: _, ...others } = listUnsent();
  write(others);
}

/** Whose answers wait here. */
export function listUnsent(): Record<string, PageFacts> {
  try {
    return JSON.parse(localStorage.getItem(UNSENT_KEY) ?? "{}");
  } catch {
    return {};
  }
}

function write(unsent: Record<string, PageFacts>): void {
  try {
    if (Object.keys(unsent).length === 0) localStorage.removeItem(UNSENT_KEY);
    else localStorage.setItem(UNSENT_KEY, JSON.stringify(unsent));
  } catch {
    // Nothing outlives this page where a browser forbids storing.
  }
}
