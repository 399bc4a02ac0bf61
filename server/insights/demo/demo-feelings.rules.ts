import { dayMs, hourMs, isoText } from "./demo-calendar.rules.ts";
import type { Also } from "./demo-answers.rules.ts";
import { isPraise, type Cause } from "./demo-causes.rules.ts";
import { isDuring, products } from "./demo-company.rules.ts";
import { writeComment, type Setting } from "./demo-comments.rules.ts";
import type { DemoPerception, PerceptionKind, ReviewPlace, SurveyKey } from "./demo-model.rules.ts";
import { makeRandom, type Random } from "./demo-random.rules.ts";
import { reviewOf } from "./demo-reviews.rules.ts";
import { addRecord, regard, shopOf, subjectOf, writeDown, type Story } from "./demo-story.rules.ts";
import { surveyName } from "./demo-surveys.rules.ts";

type Scale = { min: number; max: number };

export const scales: Record<"nps" | "csat" | "ces" | "rating" | "stars", Scale> = {
  nps: { min: 0, max: 10 }, csat: { min: 1, max: 5 }, ces: { min: 1, max: 7 }, rating: { min: 1, max: 5 }, stars: { min: 1, max: 5 },
};

/** Where and about what something was answered. */
type Place = { at: number; channel: string; touchpoint: string | null; about: string | null; isNameless?: boolean; served?: Served };
/** Key of the member who took part, and the thing it was about, as the link of a survey carries them. */
type Served = { agent?: string; product?: string };

/** Asks the recommendation question, about the company or after a meeting, at most once in 60 days; about a third answer a mail and half in the app, the unhappy a little oftener. */
export const askRelationship = (story: Story, place: Pick<Place, "at" | "channel" | "touchpoint">): void => {
  const { random } = story;
  if (place.at - story.lastAskedAt < 60 * dayMs) return;
  story.lastAskedAt = place.at;
  const value = toScale(regard(story, place.at) + random.normal() * 1.15, scales.nps);
  const isAnswered = random.chance((place.channel === "app" ? 0.5 : 0.33) + (value <= 6 ? 0.05 : 0));
  const at = place.at + Math.floor(random.between(0.05, place.channel === "app" ? 0.1 : 40) * hourMs);
  if (at >= story.options.now) return;
  story.outcomes.push({ kind: "asked_nps", at, channel: place.channel, value, isAnswered });
  if (isAnswered) answerRelationship(story, { ...place, at, about: null }, value);
};

const answerRelationship = (story: Story, place: Place, value: number): void => {
  const mood = value >= 9 ? "good" : value <= 6 ? "bad" : "mixed";
  const about = answerSurvey(story, place, "relationship");
  addScore(story, { ...place, about }, { survey: "relationship", kind: "nps", value });
  if (story.random.chance(mood === "bad" ? 0.72 : 0.5)) {
    addComment(story, { ...place, about }, { survey: "relationship", causes: causesInMind(story, place.at, mood), setting: settingOf(story) });
  }
  if (story.random.chance(0.6)) addChoice(story, { ...place, about }, { survey: "relationship", question: null, choice: choiceFor(story) });
};

/** One survey after something happened: a score, what else is asked, and often a few words about it.
 *  `felt`: points by which the occasion was better or worse than usual, about -4 to 1. */
type AnswerAfter = { survey: SurveyKey; kind: "csat" | "ces"; felt: number; also: (random: Random) => readonly Also[]; causes: readonly Cause[]; setting: Setting };

export const answerAfter = (story: Story, place: Place, answer: AnswerAfter): void => {
  if (place.at >= story.options.now) return;
  const scale = scales[answer.kind];
  const middle = answer.kind === "ces" ? 5.6 : 4.05;
  const value = toScale(middle + (0.3 * story.person.loyalty + 0.5 * answer.felt + 0.55 * story.random.normal()) * ((scale.max - scale.min) / 4), scale);
  const about = answerSurvey(story, place, answer.survey);
  addScore(story, { ...place, about }, { survey: answer.survey, kind: answer.kind, value });
  // Drawn apart, so that the rest of the year stays as it is whatever a survey asks.
  for (const also of answer.also(makeRandom(story.options.seed, "also", story.person.key, place.at))) addAlso(story, { ...place, about }, answer.survey, also);
  if (story.random.chance(0.42)) {
    addComment(story, { ...place, about }, { survey: answer.survey, causes: fitting(answer.causes, value / scale.max > 0.65), setting: answer.setting });
  }
};

/** A review with stars in the app store or on a product page. */
export const writeReview = (
  story: Story, place: Place & { touchpoint: ReviewPlace }, review: { felt: number; causes: readonly Cause[]; setting: Setting },
): void => {
  const value = toScale(4.2 + 0.3 * story.person.loyalty + 0.65 * review.felt + 0.6 * story.random.normal(), scales.stars);
  // Four in ten sign with a name nobody can match, so their review belongs to no customer.
  const isNameless = story.random.chance(0.4);
  const signed = { ...place, about: null, isNameless };
  addScore(story, signed, { survey: null, kind: "stars", value });
  const causes = fitting(review.causes, value >= 4);
  const text = story.random.chance(0.7) ? addComment(story, signed, { survey: null, causes, setting: review.setting }) : null;
  const { seed, now } = story.options;
  const written = reviewOf({ key: answerKey(story, place), place: place.touchpoint, stars: value, text, seed, now, at: place.at, person: story.person, isNameless, causes });
  addRecord(story, place.at, 1_000, {
    record: "entry",
    entry: {
      type: "review", messageId: `demo-${seed.toString(36)}-${written.key}-review`, name: place.touchpoint, subject: isNameless ? null : subjectOf(story.person),
      channel: place.channel, direction: "customer", agent: null, properties: {}, review: written, timestamp: isoText(place.at),
    },
  });
};

export const settingOf = (story: Story, words: Partial<Setting> = {}): Setting => ({
  thing: story.random.pick(products).word, shop: shopOf(story.person).name, agent: "Amina", daysLate: 0, ...words,
});

/** What comes to mind when asked about everything: the strongest of the last two months, then the background. */
const causesInMind = (story: Story, at: number, mood: "good" | "bad" | "mixed"): readonly Cause[] => {
  const recent = story.experiences
    .filter((experience) => experience.at <= at && at - experience.at < 60 * dayMs)
    .toSorted((left, right) => Math.abs(right.points) - Math.abs(left.points))
    .flatMap((experience) => experience.causes);
  const background: Cause[] = isDuring("price_change", at, story.options.now) && story.person.isPriceSensitive
    ? ["price_up_silent", "price_high"] : ["price_high", "generic_bad", "loyal_slighted"];
  const bad = [...recent.filter((cause) => !isPraise(cause)), ...shuffled(story, background)];
  const good = [...recent.filter(isPraise), ...shuffled<Cause>(story, ["generic_good", "product_good", "generic_good", "kind", "as_described", "site_easy"])];
  const chosen = mood === "bad" ? bad : mood === "good" ? good : [good[0], bad[0]];
  return [...new Set(chosen.filter((cause) => cause !== undefined))];
};

/** Causes that go with the score; general words where none of them does. */
const fitting = (causes: readonly Cause[], isGood: boolean): readonly Cause[] => {
  const fit = [...new Set(causes.filter((cause) => isPraise(cause) === isGood))];
  return fit.length > 0 ? fit : [isGood ? "generic_good" : "generic_bad"];
};

const shuffled = <Item>(story: Story, items: readonly Item[]): readonly Item[] =>
  items.map((item) => [story.random.next(), item] as const).toSorted(([left], [right]) => left - right).map(([, item]) => item);

const choiceFor = (story: Story): string => {
  return story.random.weighted([["price", story.person.isPriceSensitive ? 3 : 1], ["quality", 1.6], ["delivery", 1.2], ["service", 0.8]]);
};

const answerSurvey = (story: Story, place: Place, survey: SurveyKey): string =>
  writeDown(story, place.at, {
    type: "response", name: surveyName(survey), subject: subjectOf(story.person), channel: place.channel,
    direction: "customer", agent: place.served?.agent ?? null,
    properties: { survey, ...(place.served?.product === undefined ? {} : { product: place.served.product }) },
  });

const addScore = (story: Story, place: Place, score: { survey: SurveyKey | null; question?: string; kind: keyof typeof scales; value: number }): void => {
  const { min, max } = scales[score.kind];
  const normalised = (score.value - (min + max) / 2) / ((max - min) / 2);
  addPerception(story, place, { ...score, scaleMin: min, scaleMax: max, normalised });
};

const addAlso = (story: Story, place: Place, survey: SurveyKey, also: Also): void => {
  if ("choice" in also) addChoice(story, place, { survey, ...also });
  else addScore(story, place, { survey, question: also.question, kind: "rating", value: also.mark });
};

/** @returns what was written */
const addComment = (story: Story, place: Place, comment: { survey: SurveyKey | null; causes: readonly Cause[]; setting: Setting }): string => {
  const { text, needs } = writeComment(story.random, story.person.language, comment.causes, comment.setting);
  const perception = perceptionOf(story, place, { survey: comment.survey, kind: "comment", text, language: story.person.language });
  addRecord(story, place.at, 1_000, { record: "perception", perception }, needs);
  return text;
};

const addChoice = (story: Story, place: Place, chosen: { survey: SurveyKey; question: string | null; choice: string }): void =>
  addPerception(story, place, { ...chosen, kind: "choice" });

type Given = { survey: SurveyKey | null; kind: PerceptionKind } & Partial<DemoPerception>;

const addPerception = (story: Story, place: Place, given: Given): void =>
  addRecord(story, place.at, 1_000, { record: "perception", perception: perceptionOf(story, place, given) });

const perceptionOf = (story: Story, place: Place, given: Given): DemoPerception => {
  const answer = answerKey(story, place);
  return {
    key: `demo-${story.options.seed.toString(36)}-${answer}-${given.kind}`,
    subject: place.isNameless === true ? null : subjectOf(story.person),
    at: isoText(place.at), about: place.about, answer, question: null, value: null, scaleMin: null, scaleMax: null, normalised: null, choice: null, text: null, language: null,
    source: given.survey === null ? "review" : "survey", touchpoint: place.touchpoint, channel: place.channel, ...given,
  };
};

/** Perceptions of one answered survey or review share it. */
const answerKey = (story: Story, { at }: Pick<Place, "at">): string => `${story.person.key}-${at}`;

const toScale = (value: number, scale: Scale): number => Math.max(scale.min, Math.min(scale.max, Math.round(value)));
