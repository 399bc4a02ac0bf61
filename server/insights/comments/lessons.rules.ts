import type { EmotionName, NeedName, Polarity, SentimentName } from "./comments.contract.ts";

type Part = { perceptionId: string; part: string; after: unknown };
type Lesson = { id: string; text: string; sentiment?: SentimentName; emotion?: EmotionName | null; needs?: Partial<Record<NeedName, Polarity>>; isUrgent?: boolean };

const sentiments = ["pos", "neg", "neu", "mix"] as const satisfies readonly SentimentName[];
const emotions = ["anger", "disgust", "fear", "joy", "sadness", "surprise"] as const satisfies readonly EmotionName[];
const needs = ["EASY", "EXPECT", "PROMISE", "INFORM", "INDIVID", "RIGHT"] as const satisfies readonly NeedName[];
const polarities = ["pos", "neg", "mix"] as const satisfies readonly Polarity[];

/** What people set in each comment, as lessons. Comments that are gone teach nothing; a language that was set teaches nothing either: the
 *  model of languages is not learnt from a workspace. */
export const lessonsFrom = (parts: readonly Part[], texts: ReadonlyMap<string, string>): Lesson[] =>
  [...Map.groupBy(parts, ({ perceptionId }) => perceptionId)].flatMap(([id, own]) => {
    const text = texts.get(id);
    if (text === undefined) return [];
    const said = Object.assign({}, ...own.map(({ part, after }) => saidIn(part, after)));
    return Object.keys(said).length === 0 ? [] : [{ id, text, ...said }];
  });

const saidIn = (part: string, after: unknown): Omit<Lesson, "id" | "text"> => {
  switch (part) {
    case "sentiment": {
      const sentiment = sentiments.find((name) => name === after);
      return sentiment === undefined ? {} : { sentiment };
    }
    case "emotion":
      return { emotion: emotions.find((name) => name === after) ?? null };
    case "needs":
      return { needs: Object.fromEntries(needs.flatMap((need) => polarities.flatMap((polarity) => (valueOf(after, need) === polarity ? [[need, polarity]] : [])))) };
    case "urgent":
      return { isUrgent: after === true };
    default:
      return {};
  }
};

const valueOf = (record: unknown, name: string): unknown => (typeof record === "object" && record !== null ? Reflect.get(record, name) : undefined);
