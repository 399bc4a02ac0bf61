import { sourceRank } from "./traits.rules.ts";

/** Since when until when a customer held a value; half open, in ms. */
export type TraitSpan = { customerId: string; value: string; fromMs: number; toMs: number };
type Statement = { customerId: string; value: unknown; at: Date; recordedAt: Date; source: string };

/** Past every time there is, and still a whole number to every database. */
export const endOfTimeMs = 8_640_000_000_000_000;

/** What customers held when, by the same weighing as a profile shows: what a member said outweighs what was sent, and newer outweighs older.
 *  @param statements of one trait, any order
 *  @returns spans that do not overlap; single values only, as text; a cleared trait is held by nobody */
export const traitSpans = (statements: readonly Statement[]): TraitSpan[] =>
  [...Map.groupBy(statements, ({ customerId }) => customerId).values()].flatMap((own) => spansOf(own));

const spansOf = (own: readonly Statement[]): TraitSpan[] => {
  const ordered = own.toSorted((one, other) => one.at.getTime() - other.at.getTime() || one.recordedAt.getTime() - other.recordedAt.getTime());
  const spans: TraitSpan[] = [];
  let standing: Statement | null = null;
  for (const said of ordered) {
    if (standing !== null && sourceRank(said.source) < sourceRank(standing.source)) continue;
    standing = said;
    const atMs = said.at.getTime();
    const last = spans.at(-1);
    const value = textOf(said.value);
    if (last !== undefined && last.value === value && last.toMs === endOfTimeMs) continue;
    if (last !== undefined) last.toMs = Math.min(last.toMs, atMs);
    if (value !== null) spans.push({ customerId: said.customerId, value, fromMs: atMs, toMs: endOfTimeMs });
  }
  return spans.filter(({ fromMs, toMs }) => fromMs < toMs);
};

const textOf = (value: unknown): string | null => {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return null;
  const text = String(value).trim();
  return text === "" ? null : text;
};
