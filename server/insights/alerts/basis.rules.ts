// What a rule's days are counted from, besides what it is narrowed to: the facts behind a need with its limit, or a formula of one's own.

export type RuleBasis = { kind: "facts"; limit: number; facts: readonly string[] } | { kind: "formula"; surveyId: string; formula: string; scaleMin: number; scaleMax: number };

/** As it is kept to be compared with the next; another text is another basis. */
export const textOfBasis = (basis: RuleBasis): string =>
  JSON.stringify(basis.kind === "facts" ? [basis.limit, basis.facts] : [basis.surveyId, basis.formula, basis.scaleMin, basis.scaleMax]);

/** What a text that was kept says, for people. */
export const describeBasis = (text: string): string => {
  const given: unknown = JSON.parse(text);
  if (!Array.isArray(given)) return text;
  const [first, second, ...scale] = given.map((one: unknown) => one);
  if (Array.isArray(second)) return `${second.join(", ")} (limit ${String(first)})`;
  return `${String(second)} (${scale.map(String).join("–")})`;
};
