// A cursor carries the whole sort key of the last row shown, so that back-dated rows are neither skipped nor shown twice.

/** The cursor for the page after this one.
 *  @param sortKey values of the order-by columns of the last row, the id last
 *  @returns opaque text for the caller to send back */
export const nextCursor = (sortKey: readonly (string | number | null)[]): string => Buffer.from(JSON.stringify(sortKey)).toString("base64url");

/** Reads a cursor made by `nextCursor`.
 *  @returns the sort key, or null when the text is none of ours (callers refuse it as bad input) */
export const readCursor = (cursor: string, length: number): (string | number | null)[] | null => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return null;
  }
  if (!Array.isArray(parsed) || parsed.length !== length) return null;
  const key: (string | number | null)[] = [];
  for (const value of parsed) {
    if (typeof value !== "string" && typeof value !== "number" && value !== null) return null;
    key.push(value);
  }
  return key;
};
