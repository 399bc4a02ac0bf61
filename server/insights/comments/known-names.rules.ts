type Thing = { kind: "product" | "place"; name: string; formerNames: readonly string[]; alsoCalled: readonly string[] };
type Person = { id: string; name: string };
export type NamesOfWorkspace = { things: readonly Thing[]; members: readonly Person[] };

/** A name as it may stand in a text, and what it is counted as. */
type KnownName = { kind: "product" | "place" | "person"; text: string; value: string; isFirstName?: boolean };

/** Names to look for in comments: things under all they are or were called, members by whole name and by first name. What things are called now
 *  and members come first, since a list may be cut at its end. */
export const knownNamesOf = ({ things, members }: NamesOfWorkspace): KnownName[] => {
  const called = ({ kind, name }: Thing, texts: readonly string[]): KnownName[] => texts.filter(isTelling).map((text) => ({ kind, text, value: `${kind}:${name}` }));
  return [
    ...things.flatMap((thing) => called(thing, [thing.name])),
    ...members.flatMap(({ id, name }): KnownName[] => {
      const [first, ...others] = name.trim().split(/\s+/u);
      const value = `person:${id}`;
      return first === undefined || first === "" ? [] : [...(others.length === 0 ? [] : [{ kind: "person" as const, text: name, value }]), { kind: "person", text: first, value, isFirstName: true }];
    }),
    ...things.flatMap((thing) => called(thing, [...new Set([...thing.formerNames, ...thing.alsoCalled])].filter((text) => text !== thing.name))),
  ];
};

// An article number of a few digits, or a small word, would be found in every comment.
const LETTERS_MIN = 3;
const DIGITS_MIN = 4;
const isTelling = (text: string): boolean => {
  const letters = text.replaceAll(/[^\p{L}\d]/gu, "");
  return letters.length >= (/^\d+$/u.test(letters) ? DIGITS_MIN : LETTERS_MIN) && !smallWords.has(text.trim().toLowerCase());
};
const smallWords: ReadonlySet<string> = new Set(
  "about after again all also and any are because been before but can could did does down each ever every for from get got had has have her here him his how into its just like may more most much must never nor not now off one only other our out over own per she should since some still such than that the their them then there these they this those too two under until upon very via was well were what when where which while who why will with would yes yet you your".split(" "),
);

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
