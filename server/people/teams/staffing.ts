// Who served and where they belonged then, for whoever lays feelings and facts beside members.
import { hashToken } from "#platform/auth";
import type { Queryable } from "#platform/db";
import { findWorkspace } from "#platform/workspaces";
import { listAddressed, listDayStarts, listMemberships, listPlacements } from "./teams.queries.ts";
import { listPosts, type Post } from "./teams.rules.ts";

/** Members of one workspace as records name them, and the posts they held. */
export type Staffing = {
  /** The member a record names by id, e-mail address or whole name; null for nobody, and for a name several bear. */
  memberOf: (word: string) => string | null;
  /** The team and department of a member at a moment; null when in no team. */
  postAt: (memberId: string, atMs: number) => Post | null;
  posts: readonly Post[];
};

/** The staffing of a workspace as it is known now, its past included. */
export const loadStaffing = async (db: Queryable, workspaceId: string): Promise<Staffing> => {
  const timeZone = (await findWorkspace(db, workspaceId))?.timeZone ?? "UTC";
  const [memberships, placements, people] = [await listMemberships(db, workspaceId), await listPlacements(db, workspaceId), await listAddressed(db, workspaceId)];
  const days = new Set([...memberships, ...placements].flatMap(({ from, to }) => [from, to].filter((day) => day !== null)));
  const startOf = days.size === 0 ? new Map<string, number>() : await listDayStarts(db, [...days], timeZone);
  const posts = listPosts(memberships, placements, (day) => startOf.get(day) ?? 0);
  const postsOf = Map.groupBy(posts, ({ memberId }) => memberId);
  const ids = new Set(people.map(({ id }) => id));
  const byAddress = new Map<string, string>();
  const names = { present: new Map<string, string | null>(), former: new Map<string, string | null>() };
  for (const { id, name, email, emailHash } of people) {
    const hash = emailHash ?? (email === null ? null : hashAddress(email));
    if (hash !== null && !byAddress.has(hash)) byAddress.set(hash, id);
    const [words, known] = [wordsOf(name), emailHash === null ? names.present : names.former];
    known.set(words, known.has(words) ? null : id);
  }
  // Whoever is here now is meant before somebody of the same name who left.
  const named = (words: string): string | null => (names.present.has(words) ? names.present : names.former).get(words) ?? null;
  return {
    memberOf: (word) => {
      const words = wordsOf(word);
      if (ids.has(words)) return words;
      return words.includes("@") ? (byAddress.get(hashAddress(words)) ?? null) : named(words);
    },
    postAt: (memberId, atMs) => postsOf.get(memberId)?.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs) ?? null,
    posts,
  };
};

const wordsOf = (word: string): string => word.trim().toLowerCase();

/** What is kept of the address of somebody who left. */
export const hashAddress = (email: string): string => hashToken(wordsOf(email));
