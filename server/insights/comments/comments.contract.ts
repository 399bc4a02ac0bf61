import { z } from "zod";
import { dimensionName, metricFilters } from "../metrics/metrics.contract.ts";

export const needNames = ["EASY", "EXPECT", "PROMISE", "INFORM", "INDIVID", "RIGHT"] as const;
export const needName = z.enum(needNames);
export type NeedName = z.infer<typeof needName>;

export const sentimentNames = ["pos", "neg", "neu", "mix"] as const;
export const sentimentName = z.enum(sentimentNames);
export type SentimentName = z.infer<typeof sentimentName>;

export const emotionNames = ["anger", "disgust", "fear", "joy", "sadness", "surprise"] as const;
export const emotionName = z.enum(emotionNames);
export type EmotionName = z.infer<typeof emotionName>;

const polarity = z.enum(["pos", "neg", "mix"]).describe("pos: met, neg: unmet, mix: both, about different things");
export type Polarity = z.infer<typeof polarity>;

/** What can be set right by a person, one part at a time: each need is one. */
export const readingParts = ["sentiment", "emotion", ...needNames, "urgent", "language"] as const;
export const readingPart = z.enum(readingParts);
export type ReadingPart = z.infer<typeof readingPart>;

export const namedKinds = ["product", "place", "person"] as const;
export const namedKind = z.enum(namedKinds);
export type NamedKind = z.infer<typeof namedKind>;

export const personalKind = z.enum(["email", "phone", "card", "iban", "ip", "handle", "id", "name", "address", "unread"]).describe("unread: nobody could look through it for personal data, so it is hidden like the others");
export type PersonalKind = z.infer<typeof personalKind>;

const needs = z.partialRecord(needName, polarity);
const span = { from: z.number().int(), to: z.number().int() };
const yes = z.enum(["true", "false"]).transform((given) => given === "true").optional();

const narrowing = {
  ...metricFilters.shape,
  need: needName.optional(),
  polarity: polarity.optional().describe("with `need`: only comments in which it is met, unmet or both"),
  sentiment: sentimentName.optional(),
  emotion: emotionName.optional(),
  language: z.string().max(8).optional(),
  urgent: yes,
  unsure: yes,
  theme: z.uuid().optional().describe("comments with this theme, or one merged into it"),
  mention: z.string().max(200).regex(/^(?:product|place|person):./u).optional().describe("comments that name this product, place or member, as the list of what is named writes it: `product:tunnel tent`, also under what the register calls or called it besides"),
  comment: z.uuid().optional().describe("this one alone"),
};
export const commentFilters = z.object(narrowing);
export type CommentFilters = z.output<typeof commentFilters>;

// As long as a body may be at most; the text itself is asked when it comes to it.
const place = z.number().int().min(0).max(2_000_000);
const markSpan = { from: place.describe("in UTF-16 units"), to: place.describe("words from <= place < to; blanks at both ends are left out") };
/** Words that a person marked, or freed of a mark. */
export const mark = z.discriminatedUnion("about", [
  z.object({ about: z.literal("personalData"), ...markSpan, kind: personalKind.exclude(["unread"]).nullable().describe("null: these words are no personal data") }),
  z.object({ about: z.literal("mentions"), ...markSpan, kind: namedKind.nullable().describe("null: these words name nothing") }),
]);
export type Mark = z.infer<typeof mark>;

export const highlight = z.object({
  ...span,
  about: z.union([needName, z.enum(["sentiment", "emotion", "urgent"])]),
  weight: z.number().describe("part of the score these words brought; of a mixed feeling some are for its good side and others for its bad one"),
});
export type Highlight = z.infer<typeof highlight>;

export const comment = z.object({
  id: z.uuid().describe("of the perception"),
  at: z.iso.datetime(),
  text: z.string(),
  question: z.string().nullable().describe("what it answers, in the words of the survey or as the name of the column it was imported from; null where nobody asked"),
  asked: z.enum(["praise", "better"]).nullable().describe("what the question asked for, something good or something that could be better; the comment was read by it. null: neither, both, or nobody asked"),
  language: z.string().nullable(),
  sentiment: sentimentName,
  sentimentScore: z.number().describe("-1 (bad) to 1 (good)"),
  emotion: emotionName.nullable(),
  needs,
  isUrgent: z.boolean(),
  isUnsure: z.boolean(),
  confidence: z.object({ language: z.number(), sentiment: z.number(), emotion: z.number(), urgent: z.number(), needs: z.partialRecord(needName, z.number()) }),
  highlights: z.array(highlight).describe("the words that carried each result, places in UTF-16 units: from <= place < to"),
  personalData: z.array(z.object({ ...span, kind: personalKind })).describe("never overlapping, in the order of the text; screens hide it until it is asked for"),
  mentions: z.array(z.object({ ...span, kind: namedKind })).describe("products, places and people that the text names, known to the workspace or guessed; never overlapping, in the order of the text"),
  themes: z.array(z.object({ id: z.uuid(), name: z.string(), isSet: z.boolean().describe("whether a person gave it to the comment") })).describe("merged ones as the theme they count for; hidden ones are left out"),
  marks: z.array(mark).describe("words that people marked or freed, the last one last: `personalData` and `mentions` hold what comes of it"),
  corrected: z.array(readingPart).describe("parts that a person has set"),
  modelVersion: z.string(),
  customer: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(),
  touchpoint: z.string().nullable(),
  channel: z.string().nullable(),
  stage: z.string().nullable(),
  source: z.string(),
  surveyId: z.uuid().nullable(),
  responseId: z.uuid().nullable(),
});
export type Comment = z.infer<typeof comment>;

export const commentsQuery = z.object({
  ...narrowing,
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});
export const commentsReply = z.object({ items: z.array(comment).describe("newest first"), nextCursor: z.string().nullable() });
export type CommentsReply = z.infer<typeof commentsReply>;

export const share = z.object({
  count: z.number().int(),
  share: z.number().describe("0-1 of the comments read"),
  low: z.number(),
  high: z.number(),
});
export type Share = z.infer<typeof share>;

export const correctedShare = z
  .object({ share: z.number(), low: z.number(), high: z.number() })
  .describe("0-1 of the comments, corrected for what the model reads wrongly, so shares need not add up to 1; the 95 % interval holds how much its errors differ from source to source and how few comments there are");
export type CorrectedShare = z.infer<typeof correctedShare>;
export const readShare = share.extend({ corrected: correctedShare.nullable().describe("beside what was read; null where `correctedBy` is") });
export type ReadShare = z.infer<typeof readShare>;

export const correctedBy = z
  .object({ sources: z.number().int(), comments: z.number().int() })
  .nullable()
  .describe("by what shares were corrected: sources the model had not seen, and their comments, in English and labelled one by one; null where this model was not measured, filters choose by what was read, or over a fifth of the comments are not English");
export type CorrectedBy = z.infer<typeof correctedBy>;
export const shareChange = z
  .object({ previousShare: z.number(), difference: z.number(), p: z.number(), isSignificant: z.boolean() })
  .nullable()
  .describe("against the period before, corrected for the number of shares compared (Benjamini-Hochberg, 10 %); null when either period has under 10 comments");
export type ShareChange = z.infer<typeof shareChange>;

export const summaryReply = z.object({
  period: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }),
  previous: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }),
  count: z.number().int().describe("comments read in the period"),
  previousCount: z.number().int(),
  correctedBy,
  sentiments: z.array(readShare.extend({ name: sentimentName, change: shareChange })),
  needs: z
    .array(
      z.object({
        name: needName,
        met: readShare,
        unmet: readShare,
        mixed: z.number().int(),
        change: shareChange.describe("of the share in which it is read as unmet"),
      }),
    )
    .describe("always all six, in the order of the six needs; a comment may speak of several"),
  emotions: z.array(share.extend({ name: emotionName })).describe("most first; comments without a plain emotion are in none"),
  languages: z.array(z.object({ name: z.string(), count: z.number().int() })).describe("most first, at most 20"),
  urgentCount: z.number().int(),
  unsureCount: z.number().int(),
});
export type SummaryReply = z.infer<typeof summaryReply>;

export const groupsQuery = z.object({ ...narrowing, by: dimensionName });
export const groupsReply = z.object({
  by: dimensionName,
  correctedBy: correctedBy.describe("by what shares were corrected; a group of which over a fifth is not English has none all the same"),
  groups: z
    .array(
      z.object({
        value: z.string().nullable().describe("null: comments where it is not named; as a filter write the empty text"),
        label: z.string().nullable(),
        count: z.number().int(),
        positive: readShare,
        negative: readShare,
        needs: z.array(z.object({ name: needName, met: readShare, unmet: readShare })).describe("always all six"),
      }),
    )
    .describe("most comments first, at most 50"),
});
export type GroupsReply = z.infer<typeof groupsReply>;

export const namedQuery = z.object({ ...commentFilters.omit({ mention: true }).shape, limit: z.coerce.number().int().min(1).max(100).default(10).describe("of each kind") });
export const namedReply = z.object({
  count: z.number().int().describe("comments read"),
  items: z
    .array(
      share.extend({
        kind: namedKind,
        value: z.string().describe("as a filter: `mention`"),
        name: z.string(),
        isKnown: z.boolean().describe("whether it stands in the register, or is a member; else it was guessed from how it is spoken of"),
        sentiments: z.object({ pos: z.number().int(), neg: z.number().int(), neu: z.number().int(), mix: z.number().int() }).describe("of the comments that name it, as read"),
      }),
    )
    .describe("products, then places, then people, each most comments first. People are members; others whom customers name are in no list"),
});
export type NamedReply = z.infer<typeof namedReply>;

export const correctionBody = z
  .object({
    sentiment: sentimentName.optional(),
    emotion: emotionName.nullable().optional(),
    needs: z.partialRecord(needName, polarity.nullable()).optional().describe("each by itself: null where it is not spoken of; those left out stay as they are"),
    isUrgent: z.boolean().optional(),
    language: z.string().regex(/^[a-z]{2,3}$/u).nullable().optional(),
    marks: z.array(mark).max(50).optional().describe("words that are personal data or a name, or are not; a later one wins where two overlap. Needs `customers.read`: places are those of the whole text"),
    marksAsRead: z.array(z.object({ about: z.enum(["personalData", "mentions"]), ...markSpan })).max(50).optional().describe("marks that people set on just these words, to be taken back"),
    themes: z.array(z.object({ id: z.uuid(), isSet: z.boolean().describe("false: the comment is not about it, nor about what was merged into it") })).max(50).optional(),
    themesAsRead: z.array(z.uuid()).max(50).optional().describe("themes of which the last word is taken back: one that was given after it had been taken from the comment is not of it again, else it is as found by its words"),
    asRead: z.array(readingPart).max(readingParts.length).optional().describe("parts that people have set and that are to be as the model reads them again"),
  })
  .refine((given) => Object.values(given).some((value) => value !== undefined), "Say at least one part.");
export type CorrectionBody = z.infer<typeof correctionBody>;

/** Whatever a person can set right. */
export const correctionParts = [...readingParts, "personalData", "mentions", "themes"] as const;
export const correctionPart = z.enum(correctionParts);
export type CorrectionPart = z.infer<typeof correctionPart>;

const said = z.string().nullable().describe("as the part writes it, `yes` or `no` where it is one of the two; null for nothing");
export const correctionRow = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  member: z.object({ id: z.uuid(), name: z.string().nullable().describe("null for whoever may not see who belongs to the workspace, and where they left") }).nullable().describe("null: by a key, or before names were kept"),
  part: correctionPart,
  words: z.object({ from: z.number().int(), to: z.number().int() }).nullable().describe("which words it is about"),
  theme: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(),
  before: said,
  after: said,
  isWithdrawal: z.boolean().describe("whether it gave the part back to the reader"),
  isStanding: z.boolean().describe("whether it holds now"),
});
export const correctionsReply = z.object({ items: z.array(correctionRow).describe("newest first, at most 200; marked words only for whoever may see customers") });
export type CorrectionRow = z.infer<typeof correctionRow>;
export type CorrectionsReply = z.infer<typeof correctionsReply>;

export const rereading = z.object({
  id: z.uuid(),
  state: z.enum(["running", "done", "stopped"]),
  reason: z.enum(["asked", "taught", "withdrawn", "new_model"]),
  modelVersion: z.string().nullable(),
  begunAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  commentsRead: z.number().int(),
  commentsChanged: z.number().int().describe("comments in which something else was read than before"),
  commentsTotal: z.number().int().describe("as counted when it began"),
});
export type Rereading = z.infer<typeof rereading>;

export const textModel = z.object({
  id: z.uuid(),
  number: z.number().int(),
  madeAt: z.iso.datetime(),
  corrections: z.number().int().describe("it learnt from"),
  heldBack: z.number().int().describe("corrections kept aside to measure it"),
  scoreBefore: z.number().nullable().describe("share of held-back corrections read right by what was in use before it, or by the plain model where nothing was"),
  scoreAfter: z.number().nullable(),
  state: z.enum(["in_use", "not_better", "replaced", "withdrawn"]),
});
export const textModels = z.object({
  baseVersion: z.string().describe("of the model that comes with the program"),
  corrections: z.number().int().describe("parts of comments that people have set and nobody has taken back"),
  correctedComments: z.number().int().describe("comments they are of"),
  teachingCommentsMin: z.number().int().describe("from so many comments on, set right or confirmed, a model is learnt"),
  teachingCommentsMax: z.number().int().describe("so many comments teach, those that were set right last"),
  learningStoppedAt: z.iso.datetime().nullable().describe("since when nothing more is learnt: after going back, or stopped by hand; null: it learns"),
  items: z.array(textModel).describe("newest first"),
  rereading: rereading.nullable().describe("the last reading of all comments anew"),
  isBehind: z.boolean().describe("comments have come in that are not read yet"),
});
export const learningBody = z.object({ isOn: z.boolean().describe("whether the reader learns from what people set right") });
export type TextModels = z.infer<typeof textModels>;
