type Thing = { kind: "product" | "place"; name: string; formerNames: readonly string[]; alsoCalled: readonly string[] };
type Person = { id: string; name: string };
export type NamesOfWorkspace = { things: readonly Thing[]; members: readonly Person[] };

/** A name as it may stand in a text, and what it is counted as. */
type KnownName = { kind: "product" | "place" | "person"; text: string; value: string; isFirstName?: boolean };

/** Names to look for in comments: things under all they are or were called, members by whole name and by first name. */
export const knownNamesOf = ({ things, members }: NamesOfWorkspace): KnownName[] => [
  ...things.flatMap((thing) => callsOf(thing).map((text) => ({ kind: thing.kind, text, value: `${thing.kind}:${thing.name}` }))),
  ...members.flatMap(({ id, name }): KnownName[] => {
    const [first, ...others] = name.trim().split(/\s+/u);
    const value = `person:${id}`;
    return first === undefined || first === "" ? [] : [...(others.length === 0 ? [] : [{ kind: "person" as const, text: name, value }]), { kind: "person", text: first, value, isFirstName: true }];
  }),
];

// An article number of a digit or two would be found in every comment.
const LETTERS_MIN = 3;
const callsOf = ({ name, formerNames, alsoCalled }: Thing): string[] => [...new Set([name, ...formerNames, ...alsoCalled])].filter((text) => text.trim().length >= LETTERS_MIN);

/** What is named, so that ways of writing are one thing. */
export const foldNamed = (value: string): string => value.toLowerCase();

/** What things count as that were read under a former name or one they are also called, by what was read. */
export const presentValues = ({ things }: NamesOfWorkspace): Map<string, string> => {
  const present = new Map<string, string>();
  const foldedOf = (kind: string, name: string): string => foldNamed(`${kind}:${name.trim().replaceAll(/\s+/gu, " ")}`);
  const names = new Set(things.map(({ kind, name }) => foldedOf(kind, name)));
  for (const thing of things) {
    for (const other of [...thing.formerNames, ...thing.alsoCalled]) {
      const folded = foldedOf(thing.kind, other);
      // A name that another one bears now is that one's.
      if (!names.has(folded) && !present.has(folded)) present.set(folded, foldedOf(thing.kind, thing.name));
    }
  }
  return present;
};

/** Everything that was read as what a value stands for now. */
export const familyOfNamed = (value: string, names: NamesOfWorkspace): string[] => {
  const present = presentValues(names);
  const root = present.get(foldNamed(value)) ?? foldNamed(value);
  return [root, ...[...present].flatMap(([other, of]) => (of === root ? [other] : []))];
};

/** What the workspace calls a value now; null for what only comments name. */
export const nameOfNamed = ({ things, members }: NamesOfWorkspace): ((value: string) => string | null) => {
  const names = new Map([
    ...members.map(({ id, name }) => [`person:${id}`, name] as const),
    ...things.toReversed().map(({ kind, name }) => [foldNamed(`${kind}:${name.trim().replaceAll(/\s+/gu, " ")}`), name] as const),
  ]);
  return (value) => names.get(value) ?? null;
};
