/** Of several scores of one moment, the one by which it is told: lists of customers and of answers name the same. */
export const scoresFirst = ["nps", "csat", "ces", "stars", "rating"] as const;
