import type { EmotionName, NeedName, Polarity, ReadingPart, SentimentName } from "./comments.contract.ts";

type Part = { perceptionId: string; part: string; after: unknown };
type Lesson = { id: string; text: string; sentiment?: SentimentName; emotion?: EmotionName | null; needs?: Partial<Record<NeedName, Polarity | null>>; isUrgent?: boolean };

const sentiments = ["pos", "neg", "neu", "mix"] as const satisfies readonly SentimentName[];
const emotions = ["anger", "disgust", "fear", "joy", "sadness", "surprise"] as const satisfies readonly EmotionName[];
const needs = ["EASY", "EXPECT", "PROMISE", "INFORM", "INDIVID", "RIGHT"] as const satisfies readonly NeedName[];
const polarities = ["pos", "neg", "mix"] as const satisfies readonly Polarity[];

/** Parts that teach. A language that was set does not: the model of languages is not learnt from a workspace. */
export const taughtParts = ["sentiment", "emotion", ...needs, "urgent"] as const satisfies readonly ReadingPart[];

/** What people set in each comment, as lessons. Comments that are gone teach nothing. */
export const lessonsFrom = (parts: readonly Part[], texts: ReadonlyMap<string, string>): Lesson[] =>
  [...Map.groupBy(parts, ({ perceptionId }) => perceptionId)].flatMap(([id, own]) => {
    const text = texts.get(id);
    if (text === undefined) return [];
    const saidNeeds = Object.assign({}, ...own.map(({ part, after }) => needIn(part, after)));
    const said = Object.assign(Object.keys(saidNeeds).length === 0 ? {} : { needs: saidNeeds }, ...own.map(({ part, after }) => saidIn(part, after)));
    return Object.keys(said).length === 0 ? [] : [{ id, text, ...said }];
  });

const needIn = (part: string, after: unknown): Lesson["needs"] => {
  const need = needs.find((name) => name === part);
  return need === undefined ? {} : { [need]: polarities.find((polarity) => polarity === after) ?? null };
};

const saidIn = (part: string, after: unknown): Omit<Lesson, "id" | "text"> => {
  switch (part) {
    case "sentiment": {
      const sentiment = sentiments.find((name) => name === after);
      return sentiment === undefined ? {} : { sentiment };
    }
    case "emotion":
      return { emotion: emotions.find((name) => name === after) ?? null };
    case "urgent":
      return { isUrgent: after === true };
    default:
      return {};
  }
};
