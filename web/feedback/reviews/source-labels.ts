import type { SourceKind } from "./reviews.data.ts";
import { sourcesTexts } from "./sources.texts.ts";

const LABELS: Readonly<Record<string, string>> = sourcesTexts.words;

/** The words of a field of a source's form; its name where nobody wrote any. */
export const fieldLabel = (name: string): string => LABELS[name] ?? name;

/** The words of a choice in the form of a source. */
export const choiceLabel = (choice: string): string => (choice === "search" ? sourcesTexts.say("searchChoice") : (LABELS[choice] ?? choice));

export const KINDS: readonly SourceKind[] = ["google_business", "trustpilot", "app_store", "google_play", "mastodon", "bluesky", "rss", "mail", "csv", "webhook"];
