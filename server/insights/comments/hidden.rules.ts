import type { Comment } from "./comments.contract.ts";

type Span = { from: number; to: number };
type Told = Pick<Comment, "text" | "personalData" | "highlights" | "mentions" | "marks" | "customer">;

/** A comment for those who may not see customers: each personal datum is its kind in brackets, whose comment it is stays unsaid, and what was
 *  marked stands where its words stand now. What touches a personal datum is marked no more. */
export const hidePersonal = <One extends Told>(comment: One): One => {
  const hidden: (Comment["personalData"][number] & { now: number })[] = [];
  let [text, from] = ["", 0];
  for (const one of comment.personalData.toSorted((first, second) => first.from - second.from)) {
    if (one.from < from) continue;
    text += comment.text.slice(from, one.from);
    hidden.push({ ...one, now: text.length });
    text += `[${one.kind}]`;
    from = one.to;
  }
  text += comment.text.slice(from);
  const moved = <Marked extends Span>(marks: readonly Marked[]): Marked[] =>
    marks.flatMap((mark) => {
      const before = hidden[countBefore(hidden, mark.to) - 1];
      if (before === undefined) return [mark];
      if (before.to > mark.from) return [];
      const shift = before.now + before.kind.length + 2 - before.to;
      return [{ ...mark, from: mark.from + shift, to: mark.to + shift }];
    });
  const personalData = hidden.map(({ kind, now }) => ({ kind, from: now, to: now + kind.length + 2 }));
  return { ...comment, text, personalData, highlights: moved(comment.highlights), mentions: moved(comment.mentions), marks: [], customer: null };
};

/** How many of the spans, which stand in order, begin before a place. */
const countBefore = (spans: readonly Span[], place: number): number => {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.from ?? Infinity) < place) low = middle + 1;
    else high = middle;
  }
  return low;
};
