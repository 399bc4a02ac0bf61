// What reading one comment gives. Every part may be "not sure": a guess is never passed off as knowledge.

/** The six needs, in the order of all lists: make it easy, set expectations, keep your promises, keep me informed, treat me as an
 *  individual, put it right. */
export const NEEDS = ["EASY", "EXPECT", "PROMISE", "INFORM", "INDIVID", "RIGHT"] as const;
export type Need = (typeof NEEDS)[number];

/** Met, unmet, or both about different things. */
export type Polarity = "pos" | "neg" | "mix";

export type Sentiment = "pos" | "neg" | "neu" | "mix";

/** Ekman's six families (GoEmotions, Demszky and others 2020). */
export const EMOTIONS = ["anger", "disgust", "fear", "joy", "sadness", "surprise"] as const;
export type Emotion = (typeof EMOTIONS)[number];

/** Places of characters (UTF-16 code units) in the text: from <= place < to. */
export type Span = { from: number; to: number };

/** `unread`: nobody could look through it, so it is hidden like the others. */
export type PersonalDataKind = "email" | "phone" | "card" | "iban" | "ip" | "handle" | "id" | "name" | "address" | "unread";
export type PersonalData = Span & { kind: PersonalDataKind };

export type MentionKind = "product" | "place" | "person";
export type Mention = Span & { kind: MentionKind };

export type Reading = {
  /** ISO 639-1; null when it cannot be told. */
  language: string | null;
  sentiment: Sentiment;
  /** -1 (bad) to 1 (good). */
  sentimentScore: number;
  emotion: Emotion | null;
  needs: Partial<Record<Need, Polarity>>;
  isUrgent: boolean;
  /** Too close to call, no words, or signs of irony: a person should look. */
  isUnsure: boolean;
  /** 0–1, calibrated: of all readings with 0.8, about 80 % are right. */
  confidence: { language: number; sentiment: number; emotion: number; urgent: number; needs: Partial<Record<Need, number>> };
  personalData: PersonalData[];
  mentions: Mention[];
};

/** What is read of the words alone: without the two searches that need a string. */
export type WordReading = Omit<Reading, "personalData" | "mentions">;

/** Words that carried a result, strongest first; `weight` is the part of the score they brought (positive: for it). */
export type Evidence = Span & { weight: number };
