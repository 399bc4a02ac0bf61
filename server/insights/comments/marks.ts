// Words that people mark as personal data or as a name, and words that they free.
import type { Actor } from "#platform/access";
import type { Queryable } from "#platform/db";
import { requireAbility } from "#platform/http";
import { commentsErrors } from "./comments.ts";
import type { CorrectionBody, Mark } from "./comments.contract.ts";
import type { PartChange } from "./corrections.rules.ts";
import { markOn, trimMark, withMark, withoutMark, writePlace } from "./marks.rules.ts";
import { rewriteMarks } from "./marks.queries.ts";
import type { NameList } from "./reading-worker.ts";
import type { StoredReading } from "./readings.queries.ts";
import { readText } from "./text-engine.ts";

const MARKS_MAX = 200;

type Marked = Pick<StoredReading, "personalData" | "mentions"> & { marked: readonly Mark[] };
type Said = Pick<CorrectionBody, "marks" | "marksAsRead">;

/** Marks words, frees them, or takes that back, and reads the comment under what is marked then.
 *  @returns what was changed
 *  @throws not_allowed for whoever may not see customers, comment_mark_empty, comment_marks_many, comment_unread */
export const correctMarks = async (
  tx: Queryable, actor: Actor, given: { perceptionId: string; text: string; reading: Marked; body: Said; names: NameList | null },
): Promise<PartChange[]> => {
  const { text, reading, body } = given;
  const { changes, marked } = changeMarks(text, reading, body);
  if (changes.length === 0) return [];
  // Others get places of a text in which personal data was replaced.
  requireAbility(actor, "customers.read");
  if (marked.length > MARKS_MAX) throw commentsErrors.refuse("comment_marks_many", `${MARKS_MAX} stretches of words have been marked in this comment. Take some back first.`);
  // What was taught changes neither names nor personal data.
  const read = await readText(text, { correction: null, names: given.names, marks: marked });
  if (read.isUnread === true) throw commentsErrors.refuse("comment_unread", "The comment could not be read with what is marked in it. Try again.");
  await rewriteMarks(tx, actor.workspaceId, given.perceptionId, { marked, personalData: read.personalData, mentions: read.mentions, named: read.named });
  return changes;
};

const changeMarks = (text: string, reading: Marked, { marks = [], marksAsRead = [] }: Said): { changes: PartChange[]; marked: Mark[] } => {
  let marked: Mark[] = [...reading.marked];
  const changes: PartChange[] = [];
  const foundOn = ({ about, from, to }: Pick<Mark, "about" | "from" | "to">): string | null => reading[about].find((one) => one.from === from && one.to === to)?.kind ?? null;
  for (const given of marks) {
    const mark = trimMark(text, given);
    if (mark === null) throw commentsErrors.refuse("comment_mark_empty", "There are no words to mark: they lie behind the end of the comment, or are blanks alone.", { from: given.from, to: given.to });
    changes.push({ part: mark.about, place: writePlace(mark), before: foundOn(mark), after: mark.kind, isWithdrawal: false });
    marked = withMark(marked, mark);
  }
  for (const place of marksAsRead) {
    const set = markOn(marked, place);
    if (set === null) continue;
    changes.push({ part: place.about, place: writePlace(place), before: set.kind, after: null, isWithdrawal: true });
    marked = withoutMark(marked, place);
  }
  return { changes, marked };
};
