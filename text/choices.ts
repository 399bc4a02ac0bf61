// A pattern of many choices is tried at one place with those alone that can begin there, as one expression: a call of the engine costs more
// than what it does.

/** The choices of a pattern that stand in no bracket, in their order: what is found by trying one after the other is what the pattern finds. */
export const splitChoices = (pattern: string): string[] => {
  const choices = [""];
  let depth = 0;
  for (const character of pattern) {
    if (character === "(") depth++;
    if (character === ")") depth--;
    if (character === "|" && depth === 0) choices.push("");
    else choices[choices.length - 1] += character;
  }
  return choices;
};

/** @returns a search at one place of a text, made once for the same choices */
export const keepSearches = (): ((choices: readonly string[]) => RegExp) => {
  const kept = new Map<string, RegExp>();
  return (choices) => {
    const source = choices.join("|");
    const search = kept.get(source) ?? new RegExp(`\\b(?:${source})`, "iy");
    kept.set(source, search);
    return search;
  };
};
