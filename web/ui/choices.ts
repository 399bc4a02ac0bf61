import { messageOf } from "./ErrorState.tsx";
import { uiTexts } from "./ui.texts.ts";

export type Choice = { value: string; label: string };

/** What a field offers, and why it may offer too little. */
export type Choices = { choices: Choice[]; failure: string | undefined };

type Chosen = string | null | undefined;

/** Choices with those chosen among them: a field shows a value it does not know as nothing chosen, which is not true.
 *  @param offered undefined while they are read, or when they could not be
 *  @param chosen may hold what means nothing chosen: null, undefined, ""
 *  @param names of those chosen that are not offered */
export const withChosen = (offered: readonly Choice[] | undefined, chosen: readonly Chosen[], names: ReadonlyMap<string, string> = new Map()): Choice[] => [
  ...(offered ?? []),
  ...missingIn(offered ?? [], chosen).map((value) => ({ value, label: names.get(value) ?? uiTexts.say("notListed") })),
];

/** Those chosen that are not offered. */
export const missingIn = (offered: readonly Choice[], chosen: readonly Chosen[]): string[] =>
  [...new Set(chosen)].flatMap((value) => (value === undefined || value === null || value === "" || offered.some((one) => one.value === value) ? [] : [value]));

/** The sentence for a field whose choices could not be read. */
export const failureOf = (error: unknown): string | undefined => (error === null ? undefined : messageOf(error));
