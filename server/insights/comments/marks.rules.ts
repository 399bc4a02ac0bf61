import type { Mark, NamedKind, PersonalKind } from "./comments.contract.ts";

type Span = { from: number; to: number };
type Personal = Span & { kind: PersonalKind };
type Mention = Span & { kind: NamedKind };

/** Personal data as people left it: words that were freed are none, words that were marked are, and of what was found there the rest stays.
 *  @param marks the last one last, which wins where two overlap
 *  @returns never overlapping, in the order of the text */
export const layPersonal = (text: string, found: readonly Personal[], marks: readonly Mark[]): Personal[] => {
  let laid: Personal[] = [...found];
  for (const mark of marks) {
    if (mark.about !== "personalData") continue;
    laid = laid.flatMap((one) => restOf(text, one, mark));
    if (mark.kind !== null) laid.push({ from: mark.from, to: mark.to, kind: mark.kind });
  }
  return laid.toSorted(inOrder);
};

/** What a text names as people left it. Half a name names nothing, so a mark takes the place of all it touches.
 *  @returns `laid`: those people marked; `kept`: those of the found ones that stand */
export const layMentions = (found: readonly Mention[], marks: readonly Mark[]): { kept: Mention[]; laid: Mention[] } => {
  let [kept, laid]: [Mention[], Mention[]] = [[...found], []];
  for (const mark of marks) {
    if (mark.about !== "mentions") continue;
    [kept, laid] = [kept.filter((one) => !overlap(one, mark)), laid.filter((one) => !overlap(one, mark))];
    if (mark.kind !== null) laid.push({ from: mark.from, to: mark.to, kind: mark.kind });
  }
  return { kept, laid: laid.toSorted(inOrder) };
};

export const overlap = (one: Span, other: Span): boolean => one.from < other.to && other.from < one.to;
const inOrder = (one: Span, other: Span): number => one.from - other.from;

// What is left of a number that was freed or marked anew in part is hidden still, unless nothing can be read in it.
const restOf = (text: string, one: Personal, mark: Span): Personal[] => {
  if (!overlap(one, mark)) return [one];
  return [{ ...one, to: Math.min(one.to, mark.from) }, { ...one, from: Math.max(one.from, mark.to) }].filter(({ from, to }) => from < to && /[\p{L}\p{N}]/u.test(text.slice(from, to)));
};

/** The words of a mark without the blanks around them, and never half a sign; null where there are none. */
export const trimMark = <One extends Span>(text: string, mark: One): One | null => {
  let [from, to] = [Math.min(mark.from, text.length), Math.min(mark.to, text.length)];
  while (from < to && isBlank.test(text.charAt(from))) from += 1;
  while (from < to && isBlank.test(text.charAt(to - 1))) to -= 1;
  if (from >= to) return null;
  if (isSecondHalf(text, from)) from -= 1;
  if (isSecondHalf(text, to)) to += 1;
  return { ...mark, from, to };
};

const isBlank = /\s/u;
const isSecondHalf = (text: string, place: number): boolean => place > 0 && /[\udc00-\udfff]/u.test(text.charAt(place)) && /[\ud800-\udbff]/u.test(text.charAt(place - 1));

type MarkPlace = Pick<Mark, "about" | "from" | "to">;

/** Marks with another one, which takes the place of one on the same words. */
export const withMark = (marks: readonly Mark[], mark: Mark): Mark[] => [...withoutMark(marks, mark), mark];
export const withoutMark = (marks: readonly Mark[], place: MarkPlace): Mark[] => marks.filter((one) => !isOn(one, place));
export const markOn = (marks: readonly Mark[], place: MarkPlace): Mark | null => marks.find((one) => isOn(one, place)) ?? null;
const isOn = (one: MarkPlace, other: MarkPlace): boolean => one.about === other.about && one.from === other.from && one.to === other.to;

/** What a correction of words is kept under, and the words again. */
export const writePlace = ({ from, to }: Span): string => `${from}-${to}`;
export const readMarkPlace = (place: string): Span | null => {
  const [, from, to] = /^(\d+)-(\d+)$/u.exec(place) ?? [];
  return from === undefined || to === undefined ? null : { from: Number(from), to: Number(to) };
};
