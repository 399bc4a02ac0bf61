import type { CorrectionBody, EmotionName, NeedName, Polarity, ReadingPart, SentimentName } from "./comments.contract.ts";

type Reading = {
  language: string | null;
  sentiment: SentimentName;
  emotion: EmotionName | null;
  needs: Partial<Record<NeedName, Polarity>>;
  isUrgent: boolean;
  corrected: ReadingPart[];
};

// A person says a side, not a degree: what is set stands for the middle of its side.
const usualScores: Record<SentimentName, number> = { pos: 0.8, neg: -0.8, neu: 0, mix: 0 };

/** A reading with some parts set by a person.
 *  @returns the parts that were given, also those that confirm what stands (they teach as much), the reading as it is after, and its
 *  feeling as a number where the side changed (null: as it was) */
export const applyCorrection = (reading: Reading, body: CorrectionBody): { changes: ReadingPart[]; after: Reading; sentimentScore: number | null } => {
  const changes: ReadingPart[] = [];
  const after = { ...reading };
  if (body.sentiment !== undefined) {
    after.sentiment = body.sentiment;
    changes.push("sentiment");
  }
  if (body.emotion !== undefined) {
    after.emotion = body.emotion;
    changes.push("emotion");
  }
  if (body.needs !== undefined) {
    after.needs = body.needs;
    changes.push("needs");
  }
  if (body.isUrgent !== undefined) {
    after.isUrgent = body.isUrgent;
    changes.push("urgent");
  }
  if (body.language !== undefined) {
    after.language = body.language;
    changes.push("language");
  }
  return {
    changes,
    after: { ...after, corrected: [...new Set([...reading.corrected, ...changes])] },
    sentimentScore: after.sentiment === reading.sentiment ? null : usualScores[after.sentiment],
  };
};
