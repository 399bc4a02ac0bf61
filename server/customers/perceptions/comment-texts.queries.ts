import type { Queryable } from "#platform/db";

/** The words of some comments, whichever workspace they are of. One that was erased is not among them. */
export const listCommentTexts = async (db: Queryable, ids: readonly string[]): Promise<Map<string, string>> => {
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<{ id: string; text: string }>("select id, text from customers.perceptions where id = any ($1::uuid[]) and text is not null", [[...ids]]);
  return new Map(rows.map(({ id, text }) => [id, text]));
};
