import type { SendingRules } from "../survey/sending.ts";
import type { PageFacts } from "../survey/session.ts";
import { UNSENT_KEY } from "./memory.ts";

/** What is needed to send a response without showing its survey. */
export type Unsent = PageFacts & { sending: SendingRules };

/** Notes that answers of a survey wait on this device, so that a later page sends them when this one is gone. */
export function noteUnsent(facts: Unsent): void {
  write({ ...listUnsent(), [facts.slug]: facts });
}

export function forgetUnsent({ slug }: PageFacts): void {
  const { [slug]: _, ...others } = listUnsent();
  write(others);
}

/** Whose answers wait here. */
export function listUnsent(): Record<string, Unsent> {
  try {
    return JSON.parse(localStorage.getItem(UNSENT_KEY) ?? "{}");
  } catch {
    return {};
  }
}

function write(unsent: Record<string, Unsent>): void {
  try {
    if (Object.keys(unsent).length === 0) localStorage.removeItem(UNSENT_KEY);
    else localStorage.setItem(UNSENT_KEY, JSON.stringify(unsent));
  } catch {
    // Nothing outlives this page where a browser forbids storing.
  }
}
