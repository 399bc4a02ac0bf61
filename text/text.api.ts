export { EMOTIONS, NEEDS } from "./reading.ts";
export type { Emotion, Evidence, Mention, Need, PersonalData, Polarity, Reading, Sentiment, Span } from "./reading.ts";
