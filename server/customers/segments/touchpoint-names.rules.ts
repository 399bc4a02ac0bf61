export type NamedInteraction = { name: string; touchpoint: string | null };

/** Which names of interactions mean one of these touchpoints and no other. A name that stands for several, such as that of pages told
 *  apart by their address, is left out: the name alone does not tell.
 *  @returns by touchpoint in small letters, in one order whatever was met last */
export const namesOfTouchpoints = (named: readonly NamedInteraction[], touchpoints: readonly string[]): Record<string, string[]> => {
  const meanings = Map.groupBy(named, ({ name }) => name);
  const clear = [...meanings].flatMap(([name, [first, ...others]]) =>
    first?.touchpoint != null && others.every(({ touchpoint }) => touchpoint === first.touchpoint) ? [{ name, touchpoint: first.touchpoint.toLowerCase() }] : []);
  return Object.fromEntries(touchpoints.map((one) => [one.toLowerCase(), clear.filter(({ touchpoint }) => touchpoint === one.toLowerCase()).map(({ name }) => name).toSorted()]));
};

/** Names by how often they occur, the most frequent first; at most a hundred. */
export const byFrequency = (names: readonly string[]): string[] =>
  [...Map.groupBy(names, (name) => name)].toSorted(([a, first], [b, second]) => second.length - first.length || (a < b ? -1 : 1)).slice(0, 100).map(([name]) => name);
