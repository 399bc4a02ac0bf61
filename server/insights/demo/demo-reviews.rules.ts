// Where customers of the demo company write reviews, under which name, and what the company answers there.
import { dayMs, isoText } from "./demo-calendar.rules.ts";
import { isPraise, type Cause } from "./demo-causes.rules.ts";
import type { DemoReview, ReviewPlace } from "./demo-model.rules.ts";
import type { Person } from "./demo-people.rules.ts";
import { makeRandom, type Random } from "./demo-random.rules.ts";

/** One place is read from files that somebody uploads now and then, the other sends each review as it is written. */
export const reviewSources: readonly { place: ReviewPlace; name: string; kind: "csv" | "webhook" }[] = [
  { place: "App review", name: "App store", kind: "csv" },
  { place: "Product review", name: "Product pages of the shop", kind: "webhook" },
];

type Written = Pick<DemoReview, "key" | "place" | "stars" | "text"> & { seed: number; now: number; at: number; person: Person; isNameless: boolean; causes: readonly Cause[] };

/** A review as it stands where it was written. What is drawn for it is drawn apart, so that the rest of the year stays as it is. */
export const reviewOf = ({ key, place, stars, text, seed, now, at, person, isNameless, causes }: Written): DemoReview => {
  const random = makeRandom(seed, "review", key);
  const authorName = isNameless ? madeUpName(random) : `${person.firstName} ${person.lastName.charAt(0)}.`;
  // Somebody who answers in English leaves reviews in other languages to others.
  const isAnswered = person.language === "en" && random.chance(stars <= 2 ? 0.6 : stars === 3 ? 0.35 : text === null ? 0.02 : 0.15);
  const answeredAt = at + Math.floor(random.between(0.2, 4) * dayMs);
  const answer = isAnswered && answeredAt < now ? { text: answerTo(random, stars, causes), at: isoText(answeredAt) } : null;
  return { key, place, stars, starsMax: 5, text, language: person.language, authorName, answer };
};

const madeUpNames = ["Hut to hut", "Fjellrev", "A customer", "Mum of three", "Weekend hiker", "Tea first", "Nordlending", "Camper", "Kitchen light", "Trail and error", "Ola N", "Early bird", "Rain again", "M. H.", "Student in Lund", "Cabin owner"] as const;

const madeUpName = (random: Random): string => `${random.pick(madeUpNames)}${random.chance(0.4) ? ` ${random.whole(2, 99)}` : ""}`;

const answerTo = (random: Random, stars: number, causes: readonly Cause[]): string => {
  if (stars >= 4) return random.pick(thanks);
  const about = causes.find((cause) => !isPraise(cause) && answers[cause] !== undefined);
  return random.pick((about === undefined ? undefined : answers[about]) ?? regrets);
};

const thanks = [
  "Thank you for taking the time. We have shown this to the team.",
  "That is good to read. Enjoy it!",
  "Thank you, we are glad it does what it should.",
] as const;

const regrets = [
  "Thank you for telling us. That is not how it should be: please write to help@nordlys.example with your order number, and we will look into it.",
  "We are sorry that we let you down. Write to help@nordlys.example and we will see what we can do.",
  "We would like to put this right. Please ring us or write to help@nordlys.example.",
] as const;

const answers: Partial<Record<Cause, readonly string[]>> = {
  app_crash: [
    "We are sorry: the app stops at the payment for some of you, and we are working on it. Until then your basket also waits for you in the web shop.",
    "Thank you for reporting this. The fault is found and the next version mends it. We are sorry for the trouble.",
  ],
  late: [
    "We are sorry that the parcel came late. You should have heard from us before the date we gave you, not after it.",
    "That date was a promise and we did not keep it. We have taken it up with the courier.",
  ],
  silent: ["You should not have had to ask. From now on we write as soon as we know that a parcel will be late."],
  missing: ["We are sorry that it arrived like that. Send us a photo at help@nordlys.example and a new one leaves the same day."],
  product_bad: [
    "We are sorry that it did not last. It is under warranty for two years: write to help@nordlys.example with your order number.",
    "Thank you for the warning: we have passed it on to those who buy this for us. Send it back whenever you like, the postage is ours.",
  ],
  misdescribed: ["Thank you, the page was wrong and we have changed it. Send it back if it is not what you wanted, the postage is ours."],
};
