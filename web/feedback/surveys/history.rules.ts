/** What was, what is and what was taken back. Lives as long as the builder is open; saving does not touch it. */
export type History<Value> = { past: readonly Step<Value>[]; present: Value; future: readonly Step<Value>[]; typing: { path: string; atMs: number } | null };
type Step<Value> = { value: Value };

/** Two changes of the same words within this time are one step: undoing letter by letter helps nobody. */
const TYPING_PAUSE_MS = 1_500;

export const beginHistory = <Value>(present: Value): History<Value> => ({ past: [], present, future: [], typing: null });

/** The history with one more change; what was taken back before is gone.
 *  @param atMs time of the change */
export const withChange = <Value>(history: History<Value>, next: Value, atMs: number): History<Value> => {
  if (Object.is(history.present, next)) return history;
  const path = changedWords(history.present, next);
  const isSameStep = path !== null && history.typing?.path === path && atMs - history.typing.atMs < TYPING_PAUSE_MS && history.past.length > 0;
  return {
    past: isSameStep ? history.past : [...history.past, { value: history.present }], present: next, future: [],
    typing: path === null ? null : { path, atMs },
  };
};

/** One step back; the same history when there is none. */
export const undone = <Value>(history: History<Value>): History<Value> => {
  const last = history.past.at(-1);
  if (last === undefined) return history;
  return { past: history.past.slice(0, -1), present: last.value, future: [{ value: history.present }, ...history.future], typing: null };
};

/** One step forward again; the same history when nothing was taken back. */
export const redone = <Value>(history: History<Value>): History<Value> => {
  const [first, ...rest] = history.future;
  if (first === undefined) return history;
  return { past: [...history.past, { value: history.present }], present: first.value, future: rest, typing: null };
};

/** Where the one text stands in which two values differ, as "draft.questions.0.title.en"; null when they differ otherwise. */
const changedWords = (before: unknown, after: unknown): string | null => {
  const paths = changedPaths(before, after, "");
  return paths.length === 1 ? (paths[0] ?? null) : null;
};

/** Paths at which two values differ; what is not words counts twice, so that it never is one typed text. */
const changedPaths = (before: unknown, after: unknown, path: string): string[] => {
  if (Object.is(before, after)) return [];
  if (isWords(before) && isWords(after)) return [path];
  if (!isRecord(before) || !isRecord(after) || Array.isArray(before) !== Array.isArray(after)) return [path, path];
  if (Array.isArray(before) && Object.keys(before).length !== Object.keys(after).length) return [path, path];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => changedPaths(Reflect.get(before, key), Reflect.get(after, key), `${path}.${key}`));
};

const isWords = (value: unknown): boolean => typeof value === "string" || value === undefined;
const isRecord = (value: unknown): value is object => typeof value === "object" && value !== null;
