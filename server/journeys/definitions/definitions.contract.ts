// What all questions about journeys mean by the same words.

/** Scores on a scale that customers gave themselves; `emotion` is what one told of a step of a map. */
export const scoreKinds = ["nps", "csat", "ces", "stars", "rating", "emotion"] as const;

/** Who is not seen again for so many days has left, unless a question says otherwise. */
export const LEFT_AFTER_DAYS = 30;
