// What all questions about journeys mean by the same words.
import { z } from "zod";

/** Scores on a scale that customers gave themselves; `emotion` is what one told of a step of a map. */
export const scoreKinds = ["nps", "csat", "ces", "stars", "rating", "emotion"] as const;

/** Who is not seen again for so many days has left, unless a question says otherwise. */
export const LEFT_AFTER_DAYS = 30;

/** What is summed as revenue. */
export const moneyShown = z.object({
  property: z.string(),
  times: z.string().nullable().describe("the number of pieces a price is multiplied by"),
  currency: z.string().nullable().describe("in which it is summed; null: none is told"),
  otherCurrencies: z.number().int().describe("purchases in other currencies, over all time, which count as nothing: they are never added across currencies"),
  purchases: z.array(z.string()).describe("names of the interactions that count as a purchase; what is refunded or cancelled is none"),
  orders: z.array(z.string()).describe("properties that say which order it is, the best first: an order counts once, however often it is told"),
});
