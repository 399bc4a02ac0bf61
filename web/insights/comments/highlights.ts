import type { Highlight, NamedKind, PersonalKind } from "./comments.data.ts";

type Span = { from: number; to: number };
export type Marks = { highlights: readonly Highlight[]; mentions: readonly (Span & { kind: NamedKind })[]; personalData: readonly (Span & { kind: PersonalKind })[] };
/** `isLast`: with it ends what is mentioned. */
export type Piece = { text: string; about: readonly Highlight["about"][]; mention: NamedKind | null; isLast: boolean; personal: PersonalKind | null };

/** Cuts a text where marks begin and end, so that each piece knows what it carried, what it names and whether it is personal data.
 *  @param marks of a kind in any order; highlights may overlap anything; places outside the text are cut off
 *  @param hidesPersonal each personal datum becomes one piece, and its words are in none
 *  @returns pieces in the order of the text, which together are the text */
export const cutText = (text: string, marks: Marks, hidesPersonal: boolean): Piece[] => {
  const within = <One extends Span>(spans: readonly One[]): One[] =>
    spans.map((one) => ({ ...one, from: Math.max(0, one.from), to: Math.min(text.length, one.to) })).filter(({ from, to }) => from < to);
  const [highlights, mentions, personalData] = [within(marks.highlights), within(marks.mentions), within(marks.personalData)];
  const hidden = hidesPersonal ? personalData : [];
  const [hiddenAt, hiddenFrom] = [follow(hidden), new Set(hidden.map(({ from }) => from))];
  const ends = [...new Set([0, text.length, ...[...highlights, ...mentions, ...personalData].flatMap(({ from, to }) => [from, to])])]
    .toSorted((one, other) => one - other)
    .filter((end) => !hiddenAt(end, end).some(({ from }) => from < end));
  const [highlightsAt, mentionsAt, personalAt] = [follow(highlights), follow(mentions), follow(personalData)];
  return ends.slice(0, -1).map((from, place) => {
    const to = ends[place + 1] ?? text.length;
    const covers = (one: Span): boolean => one.from <= from && one.to >= to;
    const personal = personalAt(from, to).find(covers) ?? null;
    // A hidden piece shows what touched it: its own ends are no ends of theirs.
    const about = highlightsAt(from, to).filter((one) => covers(one) || (hidesPersonal && personal !== null)).map((one) => one.about);
    const mention = personal !== null && hidesPersonal ? null : (mentionsAt(from, to).find(covers) ?? null);
    const isLast = mention !== null && (mention.to === to || hiddenFrom.has(to));
    return { text: personal !== null && hidesPersonal ? "" : text.slice(from, to), about: [...new Set(about)], mention: mention?.kind ?? null, isLast, personal: personal?.kind ?? null };
  });
};

/** Follows spans along the text: thousands of them must not each be looked at for each piece.
 *  @returns those that begin before `to` and end behind `from`; asked with places that only grow */
const follow = <One extends Span>(spans: readonly One[]): ((from: number, to: number) => readonly One[]) => {
  const sorted = spans.toSorted((one, other) => one.from - other.from);
  let [next, open]: [number, One[]] = [0, []];
  return (from, to) => {
    open = open.filter((one) => one.to > from);
    for (let one = sorted[next]; one !== undefined && one.from < to; one = sorted[++next]) if (one.to > from) open.push(one);
    return open;
  };
};
