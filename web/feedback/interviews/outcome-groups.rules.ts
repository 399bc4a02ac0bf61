import { OUTCOMES } from "@firsthand/server/feedback/interviews/outcomes.rules";
import type { Outcome } from "@firsthand/server/feedback/interviews/outcomes.rules";

export type OutcomeGroup = { name: "interview" | "refused" | "notReached" | "cannot" | "notEligible"; tone: "good" | "middle" | "bad"; of: readonly Outcome["group"][] };

/** What an interviewer tells apart; AAPOR's letters tell the rates. */
export const OUTCOME_GROUPS: readonly OutcomeGroup[] = [
  { name: "interview", tone: "good", of: ["I", "P"] },
  { name: "notReached", tone: "middle", of: ["NC", "UH", "UO"] },
  { name: "refused", tone: "bad", of: ["R"] },
  { name: "cannot", tone: "middle", of: ["O"] },
  { name: "notEligible", tone: "middle", of: ["NE"] },
];

// The nine that nearly every call ends with have a key.
const CODES_BY_KEY = ["1.1", "1.2", "2.21", "2.22", "3.12", "3.13", "2.11", "2.13", "4.31"] as const;

/** @param key "1" to "9" */
export const outcomeOfKey = (key: string): Outcome | null => OUTCOMES.find(({ code }) => code === (/^[1-9]$/.test(key) ? CODES_BY_KEY[Number(key) - 1] : null)) ?? null;

/** @returns null for one without a key */
export const keyOf = (code: string): string | null => {
  const index = CODES_BY_KEY.findIndex((one) => one === code);
  return index < 0 ? null : String(index + 1);
};

export const outcomesIn = ({ of }: OutcomeGroup): readonly Outcome[] => OUTCOMES.filter(({ group }) => of.includes(group));

export const toneOf = (group: string): OutcomeGroup["tone"] => OUTCOME_GROUPS.find(({ of }) => of.some((one) => one === group))?.tone ?? "middle";
