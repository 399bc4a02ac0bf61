import { type Comment, type CorrectionBody, type EmotionName, type NeedName, needNames, type Polarity, type ReadingPart, type SentimentName } from "./comments.data.ts";

/** What a person is about to set; what is not spoken of is null. */
export type Draft = { sentiment: SentimentName; emotion: EmotionName | null; needs: Record<NeedName, Polarity | null>; isUrgent: boolean; language: string | null };
type Read = Pick<Comment, "sentiment" | "emotion" | "needs" | "isUrgent" | "language" | "corrected">;

export const draftOf = ({ sentiment, emotion, needs, isUrgent, language }: Omit<Read, "corrected">): Draft => {
  const of = (need: NeedName): Polarity | null => needs[need] ?? null;
  return { sentiment, emotion, isUrgent, language, needs: { EASY: of("EASY"), EXPECT: of("EXPECT"), PROMISE: of("PROMISE"), INFORM: of("INFORM"), INDIVID: of("INDIVID"), RIGHT: of("RIGHT") } };
};

/** What of a draft differs from what stands: each need by itself, so that nothing is sent that somebody else may be setting. */
export const changesOf = (comment: Read, draft: Draft): CorrectionBody => bodyOf(draft, partsThat(comment, draft, (isSame) => !isSame));

/** All that stands, as right: it teaches as much as what is set otherwise. */
export const confirmationOf = (comment: Read): CorrectionBody => bodyOf(draftOf(comment), partsThat(comment, draftOf(comment), () => true));

/** What undoes a correction: what people had set before is set again, and the rest is given back to the reader. */
export const undoOf = (comment: Read, correction: CorrectionBody): CorrectionBody => {
  const touched = [...partsIn(correction), ...(correction.asRead ?? [])];
  const asRead = touched.filter((part) => !comment.corrected.includes(part));
  return { ...bodyOf(draftOf(comment), touched.filter((part) => comment.corrected.includes(part))), ...(asRead.length === 0 ? {} : { asRead }) };
};

export const isEmpty = (body: CorrectionBody): boolean => Object.keys(body).length === 0;

/** The parts of a draft that stand as they were read, or that do not. */
export const partsThat = (comment: Read, draft: Draft, isWanted: (isSame: boolean) => boolean): ReadingPart[] => {
  const stands = draftOf(comment);
  const same: [ReadingPart, boolean][] = [
    ["sentiment", draft.sentiment === stands.sentiment], ["emotion", draft.emotion === stands.emotion],
    ...needNames.map((need): [ReadingPart, boolean] => [need, draft.needs[need] === stands.needs[need]]),
    ["urgent", draft.isUrgent === stands.isUrgent], ["language", draft.language === stands.language],
  ];
  return same.flatMap(([part, isSame]) => (isWanted(isSame) ? [part] : []));
};

const bodyOf = (draft: Draft, parts: readonly ReadingPart[]): CorrectionBody => {
  const needs = needNames.filter((need) => parts.includes(need));
  return {
    ...(parts.includes("sentiment") ? { sentiment: draft.sentiment } : {}),
    ...(parts.includes("emotion") ? { emotion: draft.emotion } : {}),
    ...(needs.length > 0 ? { needs: Object.fromEntries(needs.map((need) => [need, draft.needs[need]])) } : {}),
    ...(parts.includes("urgent") ? { isUrgent: draft.isUrgent } : {}),
    ...(parts.includes("language") ? { language: draft.language } : {}),
  };
};

const partsIn = (body: CorrectionBody): ReadingPart[] => [
  ...(body.sentiment === undefined ? [] : ["sentiment" as const]),
  ...(body.emotion === undefined ? [] : ["emotion" as const]),
  ...needNames.filter((need) => body.needs?.[need] !== undefined),
  ...(body.isUrgent === undefined ? [] : ["urgent" as const]),
  ...(body.language === undefined ? [] : ["language" as const]),
];
