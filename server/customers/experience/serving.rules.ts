import type { Served } from "./experience.contract.ts";

/** What is known of members: whom a word means, and where somebody belonged at a moment. */
type Known = { memberOf: (word: string) => string | null; postAt: (memberId: string, atMs: number) => { teamId: string; department: string | null } | null };

const WORD_MAX = 200;
// Under which names the usual senders say who served. Help desks: Zendesk, Freshdesk and Intercom write agent or assignee; shops and banks employee, advisor or staff.
const names = [
  "member_id", "memberId", "member", "served_by", "servedBy", "agent_email", "agentEmail", "agent_id", "agentId", "agent", "handled_by", "handledBy",
  "assignee", "assignee_email", "employee_id", "employeeId", "employee", "advisor", "adviser", "staff",
] as const;

/** The word a message names somebody of the organisation with: an id, an e-mail address or a name. */
export const servedIn = (message: unknown): string | null => {
  const properties = fieldIn(message, "properties") ?? fieldIn(message, "data");
  if (properties === undefined) return null;
  for (const name of names) {
    const value = fieldIn(properties, name);
    const word = typeof value === "string" ? value.trim() : "";
    if (word !== "" && word.length <= WORD_MAX) return word.toLowerCase().toWellFormed();
  }
  return null;
};

const fieldIn = (holder: unknown, name: string): unknown =>
  typeof holder === "object" && holder !== null && Object.hasOwn(holder, name) ? Reflect.get(holder, name) : undefined;

/** When it was that somebody served, where the message says so. */
const servedAtIn = (message: unknown): number => {
  const said = fieldIn(fieldIn(message, "properties"), "servedAt");
  return typeof said === "string" ? Date.parse(said) : Number.NaN;
};

/** Who served, with the team and department of that moment. Whom the record names by id is taken as said.
 *  @param row.factAtMs of a feeling: when the fact was that it is about */
export const servedWith = ({ memberOf, postAt }: Known, row: { memberId: string | null; message: unknown; atMs: number; factAtMs?: number | null }): Served => {
  const word = row.memberId === null ? servedIn(row.message) : null;
  const memberId = row.memberId ?? (word === null ? null : memberOf(word));
  const saidAtMs = servedAtIn(row.message);
  const servedAtMs = Number.isNaN(saidAtMs) ? (row.factAtMs ?? row.atMs) : saidAtMs;
  const isEarlier = (memberId !== null || word !== null) && servedAtMs < row.atMs;
  const post = memberId === null ? null : postAt(memberId, isEarlier ? servedAtMs : row.atMs);
  return { memberId, word, atMs: isEarlier ? servedAtMs : null, teamId: post?.teamId ?? null, department: post?.department ?? null };
};
