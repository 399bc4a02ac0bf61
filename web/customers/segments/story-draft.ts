/** A story while it is written: kept while the switch is off, so that switching it on again brings back what was written. */
export type StoryDraft = { isPersona: boolean; text: string };

export const startStory = (story: string | null): StoryDraft => ({ isPersona: story !== null, text: story ?? "" });

/** What is saved: null of who is no persona. */
export const storyOf = ({ isPersona, text }: StoryDraft): string | null => (isPersona ? text : null);

export const isStoryMissing = (draft: StoryDraft): boolean => storyOf(draft)?.trim() === "";
