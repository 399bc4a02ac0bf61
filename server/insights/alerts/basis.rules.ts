// What a rule's days are counted from, besides what it is narrowed to: the facts behind a need with its limit, or a formula of one's own.

export type CountedFrom = { kind: "facts"; limit: number; facts: readonly string[] } | { kind: "formula"; surveyId: string; formula: string; scaleMin: number; scaleMax: number };

/** As a rule remembers it: another `key` is another basis, `words` are for people. */
export type RuleBasis = { key: string; words: string };

export const basisFrom = (given: CountedFrom): RuleBasis => {
  switch (given.kind) {
    case "facts":
      return { key: JSON.stringify([given.limit, given.facts]), words: `${given.facts.join(", ")} (limit ${given.limit})` };
    case "formula":
      return { key: JSON.stringify([given.surveyId, given.formula, given.scaleMin, given.scaleMax]), words: `${given.formula} (${given.scaleMin}–${given.scaleMax})` };
  }
};
