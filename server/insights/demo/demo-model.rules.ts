/** What the generator is told. The same options always give the same stream. */
export type DemoOptions = {
  seed: number;
  /** 1 is about 2,500 customers and 60,000 interactions; must be above 0. */
  scale: number;
  /** The year of journeys ends here (milliseconds since 1970). */
  now: number;
};

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonFields = { readonly [key: string]: Json };

/** A message as a Segment client sends it; times are ISO texts. */
export type DemoMessage = {
  type: "track" | "page" | "screen" | "identify" | "group" | "alias";
  messageId: string;
  event?: string;
  name?: string;
  userId?: string;
  anonymousId?: string;
  previousId?: string;
  groupId?: string;
  traits?: JsonFields;
  properties?: JsonFields;
  context?: JsonFields;
  timestamp: string;
  sentAt?: string;
};

/** A call, visit, answered survey or review, as a member or the part that gathers them writes it down. */
export type DemoEntry = {
  type: "call" | "visit" | "note" | "response" | "review";
  messageId: string;
  name: string;
  /** Kind and value of one identifier, for example "user:N1000042". */
  subject: string | null;
  channel: string;
  direction: "customer" | "organisation";
  /** Who of the demo staff took part. */
  agent: string | null;
  properties: JsonFields;
  /** What stands where a review was written; its stars and words are perceptions as well. */
  review?: DemoReview;
  timestamp: string;
};

/** Where reviews are written, named as the touchpoint. */
export type ReviewPlace = "App review" | "Product review";
export type DemoReview = {
  /** `answer` of its perceptions. */
  key: string;
  place: ReviewPlace;
  stars: number;
  starsMax: number;
  text: string | null;
  language: Language;
  authorName: string;
  answer: { text: string; at: string } | null;
};

export type PerceptionKind = "nps" | "csat" | "ces" | "rating" | "stars" | "comment" | "choice";

export type DemoPerception = {
  key: string;
  /** ISO text. */
  at: string;
  kind: PerceptionKind;
  subject: string | null;
  /** The interaction it is about, by message id. */
  about: string | null;
  /** Perceptions of one answered survey or review share it. */
  answer: string;
  survey: SurveyKey | null;
  /** Which question it answers, where the survey has several of its kind or one day may. */
  question: string | null;
  value: number | null;
  scaleMin: number | null;
  scaleMax: number | null;
  /** -1 (worst) to 1 (best); null for comments and choices. */
  normalised: number | null;
  choice: string | null;
  text: string | null;
  language: Language | null;
  source: "survey" | "review";
  /** Null when it is about the company as a whole. */
  touchpoint: string | null;
  channel: string;
};

export type SurveyKey = "relationship" | "delivery" | "support" | "shop";
export type Language = "en" | "no" | "de" | "es" | "fr";

export type Need = "EASY" | "EXPECT" | "PROMISE" | "INFORM" | "INDIVID" | "RIGHT";
export type NeedLabel = { need: Need; polarity: "pos" | "neg" };

/** One line of the stream. Truth travels beside the data and is never loaded into the product. */
export type DemoRecord = {
  at: number;
  receivedAt: number;
  /** The true person, for example "c0-p17"; null where nobody in particular acted. */
  person: string | null;
  needs: readonly NeedLabel[];
  content:
    | { record: "message"; message: DemoMessage }
    | { record: "entry"; entry: DemoEntry }
    | { record: "perception"; perception: DemoPerception };
};

export type LeavingReason = "price_change" | "bad_release" | "broken_promise" | "moved_on";

export type TruePerson = {
  person: string;
  household: string;
  group: string | null;
  /** Every identifier the person really owns that appears in the stream, "kind:value". */
  identifiers: readonly string[];
  /** Those of them that some message ties to another one of the same person. */
  linkedIdentifiers: readonly string[];
  leftAt: number | null;
  leftBecause: LeavingReason | null;
};
