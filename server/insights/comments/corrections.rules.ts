import type { CorrectionBody, CorrectionPart, EmotionName, NeedName, Polarity, ReadingPart, SentimentName } from "./comments.contract.ts";

export type SetParts = {
  language: string | null;
  sentiment: SentimentName;
  emotion: EmotionName | null;
  needs: Partial<Record<NeedName, Polarity>>;
  isUrgent: boolean;
};
type Reading = SetParts & { corrected: ReadingPart[] };
/** What the model reads in the comment, which stands where nobody set anything. */
type ReadByModel = SetParts & { sentimentScore: number };

/** A part that a person set or, by a withdrawal, gave back to the reader; `place` says which words or which theme, where there may be several. */
export type PartChange = { part: CorrectionPart; place?: string; before: unknown; after: unknown; isWithdrawal: boolean };

// A person says a side, not a degree: what is set stands for the middle of its side.
const usualScores: Record<SentimentName, number> = { pos: 0.8, neg: -0.8, neu: 0, mix: 0 };

const needParts = ["EASY", "EXPECT", "PROMISE", "INFORM", "INDIVID", "RIGHT"] as const satisfies readonly NeedName[];

/** A reading with some parts set by a person, and others given back. Needs that are not named stay as they are.
 *  @param read what the model reads
 *  @returns the parts that were given, also those that confirm what stands (they teach as much), and those given back; the reading as it is
 *  after; and its feeling as a number where that changed (null: as it was) */
export const applyCorrection = (reading: Reading, body: CorrectionBody, read: ReadByModel): { changes: PartChange[]; after: Reading; sentimentScore: number | null } => {
  const set = partsOf(body);
  const withdrawn = [...new Set(body.asRead ?? [])].filter((part) => reading.corrected.includes(part) && !set.includes(part));
  let after: SetParts = { language: reading.language, sentiment: reading.sentiment, emotion: reading.emotion, needs: reading.needs, isUrgent: reading.isUrgent };
  for (const part of set) after = withPart(after, part, bodyAsParts(body, after));
  for (const part of withdrawn) after = withPart(after, part, read);
  const change = (isWithdrawal: boolean) => (part: ReadingPart): PartChange => ({ part, before: partOf(reading, part), after: partOf(after, part), isWithdrawal });
  const corrected = [...new Set([...reading.corrected, ...set])].filter((part) => !withdrawn.includes(part));
  const scoreSet = after.sentiment === reading.sentiment ? null : usualScores[after.sentiment];
  return {
    changes: [...set.map(change(false)), ...withdrawn.map(change(true))],
    after: { ...after, corrected },
    sentimentScore: withdrawn.includes("sentiment") ? read.sentimentScore : scoreSet,
  };
};

const partsOf = (body: CorrectionBody): ReadingPart[] => [
  ...(body.sentiment === undefined ? [] : ["sentiment" as const]),
  ...(body.emotion === undefined ? [] : ["emotion" as const]),
  ...needParts.filter((need) => body.needs?.[need] !== undefined),
  ...(body.isUrgent === undefined ? [] : ["urgent" as const]),
  ...(body.language === undefined ? [] : ["language" as const]),
];

const bodyAsParts = (body: CorrectionBody, reading: SetParts): SetParts => ({
  language: body.language === undefined ? reading.language : body.language,
  sentiment: body.sentiment ?? reading.sentiment,
  emotion: body.emotion === undefined ? reading.emotion : body.emotion,
  needs: Object.fromEntries(needParts.flatMap((need) => { const said = body.needs?.[need] ?? null; return said === null ? [] : [[need, said]]; })),
  isUrgent: body.isUrgent ?? reading.isUrgent,
});

const withPart = (reading: SetParts, part: ReadingPart, from: SetParts): SetParts => {
  switch (part) {
    case "sentiment":
      return { ...reading, sentiment: from.sentiment };
    case "emotion":
      return { ...reading, emotion: from.emotion };
    case "urgent":
      return { ...reading, isUrgent: from.isUrgent };
    case "language":
      return { ...reading, language: from.language };
    default: {
      const { [part]: _before, ...others } = reading.needs;
      const said = from.needs[part];
      return { ...reading, needs: said === undefined ? others : { ...others, [part]: said } };
    }
  }
};

const partOf = (reading: SetParts, part: ReadingPart): unknown => {
  switch (part) {
    case "sentiment":
    case "emotion":
    case "language":
      return reading[part];
    case "urgent":
      return reading.isUrgent;
    default:
      return reading.needs[part] ?? null;
  }
};
