// What can be a factor beside the questions of a survey, and how it is named: `need:EASY`, `theme:<id>`, `touchpoint:<name>`, `effort:contacts`, `waiting:silence`.
import type { NeedName } from "../need-facts/need-facts.contract.ts";

export type Surrounding =
  | { kind: "need"; need: NeedName }
  /** A theme with all that were merged into it. */
  | { kind: "theme"; themeIds: readonly string[] }
  | { kind: "touchpoint"; name: string }
  | { kind: "ces" | "contacts" | "silence" | "remedy" };

export const needNames = ["EASY", "EXPECT", "PROMISE", "INFORM", "INDIVID", "RIGHT"] as const satisfies readonly NeedName[];

/** Ids are put into addresses with commas between. */
export const ID_MAX = 200;

export const needId = (need: NeedName): string => `need:${need}`;
export const themeId = (theme: string): string => `theme:${theme}`;
export const touchpointId = (name: string): string => `touchpoint:${encodeURIComponent(name)}`;

export const effortIds = { ces: "effort:ces", contacts: "effort:contacts" } as const;
export const waitingIds = { silence: "waiting:silence", remedy: "waiting:remedy" } as const;

/** What a factor is about; null for a question.
 *  @param familyOf ids of a theme and of those merged into it */
export const surroundingOf = (factor: string, familyOf: (theme: string) => readonly string[]): Surrounding | null => {
  const need = needNames.find((name) => factor === needId(name));
  if (need !== undefined) return { kind: "need", need };
  if (factor.startsWith("theme:")) return { kind: "theme", themeIds: familyOf(factor.slice("theme:".length)) };
  if (factor.startsWith("touchpoint:")) return { kind: "touchpoint", name: decodeURIComponent(factor.slice("touchpoint:".length)) };
  const kinds = [["ces", effortIds.ces], ["contacts", effortIds.contacts], ["silence", waitingIds.silence], ["remedy", waitingIds.remedy]] as const;
  const found = kinds.find(([, id]) => id === factor);
  return found === undefined ? null : { kind: found[0] };
};
