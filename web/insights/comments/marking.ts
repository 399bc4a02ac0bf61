import { trimMark } from "@firsthand/server/insights/comments/marks.rules";
import { type Comment, type CorrectionBody, type CorrectionRow, type Mark, namedKinds, needNames } from "./comments.data.ts";

type Span = { from: number; to: number };

/** A text as a field shows it in which words are chosen: as long as the text, with a dot for each sign of what is hidden. */
export const textToMark = ({ text, personalData }: Pick<Comment, "text" | "personalData">, hidesPersonal: boolean): string => {
  let shown = "";
  let from = 0;
  for (const hidden of hidesPersonal ? personalData : []) {
    shown += text.slice(from, hidden.from) + "\u2022".repeat(Math.min(hidden.to, text.length) - hidden.from);
    from = hidden.to;
  }
  // A field makes one sign of the two that end a line in some files, and all places behind it would be wrong.
  return (shown + text.slice(from)).replaceAll("\r\n", " \n").replaceAll("\r", "\n");
};

/** The words somebody chose, without the blanks around them; null for none. */
export const chosenWords = (text: string, { from, to }: Span): Span | null => trimMark(text, { from, to });

/** The words of a place; null where some of them are hidden. */
export const wordsAt = ({ text, personalData }: Pick<Comment, "text" | "personalData">, { from, to }: Span, hidesPersonal: boolean): string | null =>
  hidesPersonal && personalData.some((hidden) => hidden.from < to && from < hidden.to) ? null : text.slice(from, to);

/** What undoes a mark: what somebody had said of just these words before, or that they are as they were read. */
export const undoOfMark = ({ marks }: Pick<Comment, "marks">, { about, from, to }: Mark): CorrectionBody => {
  const before = marks.find((one) => one.about === about && one.from === from && one.to === to);
  return before === undefined ? { marksAsRead: [{ about, from, to }] } : { marks: [before] };
};

/** A mark of one sort; null where the sort and the kind do not go together, as they come from a field. */
export const markOf = (about: string, kind: string | null, place: Span): Mark | null => {
  if (about === "personalData") {
    const known = personalKinds.find((one) => one === kind);
    return kind !== null && known === undefined ? null : { about, ...place, kind: known ?? null };
  }
  const known = namedKinds.find((one) => one === kind);
  return about !== "mentions" || (kind !== null && known === undefined) ? null : { about, ...place, kind: known ?? null };
};

export const personalKinds = ["email", "phone", "name", "address", "id", "card", "iban", "ip", "handle"] as const satisfies readonly NonNullable<Extract<Mark, { about: "personalData" }>["kind"]>[];

const needs: ReadonlySet<string> = new Set(needNames);

/** What takes marked words or a theme that stand back, and what sets them again after that; other parts are taken back where they are read. */
export const withdrawalOf = ({ part, words, theme, after }: CorrectionRow): { back: CorrectionBody; again: CorrectionBody | null } | null => {
  if (part === "personalData" || part === "mentions") {
    const mark = words === null ? null : markOf(part, after, words);
    return words === null ? null : { back: { marksAsRead: [{ about: part, ...words }] }, again: mark === null ? null : { marks: [mark] } };
  }
  return part !== "themes" || theme === null ? null : { back: { themesAsRead: [theme.id] }, again: { themes: [{ id: theme.id, isSet: after === "yes" }] } };
};

export const isNeed = (part: string): boolean => needs.has(part);
