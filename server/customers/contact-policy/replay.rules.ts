import type { LedgerReason } from "./contact-policy.contract.ts";
import { decideContact, isOutsideReason, lookbackDays, type AskedFor, type PastContact, type Standing } from "./contact-policy.rules.ts";
import type { ContactPolicy, Outcome } from "./policy.contract.ts";

/** A row of the ledger as it is replayed. `isBefore`: made before the period, so that it stands as it is. */
export type Replayed = AskedFor & { person: string; customerId: string | null; isBefore: boolean; decision: "asked" | "not_asked" | "answered"; reason: LedgerReason | null; standing: Standing };
export type Verdict = { decision: "asked" | "not_asked"; reason: LedgerReason | null };
export type ChangedRequest = { row: Replayed; before: Verdict; after: Verdict };

const EXAMPLES_PER_CHANGE = 5;

/** Tries a policy on the past, row by row.
 *  @returns take(row), rows of one person one after the other in the order of time; result() at the end */
export const startReplay = (policy: ContactPolicy) => {
  const before = new Map<string, Outcome>();
  const after = new Map<string, Outcome>();
  const examples = new Map<string, ChangedRequest[]>();
  const totals = { requests: 0, customers: 0, changedCount: 0 };
  const lookbackMs = lookbackDays(policy) * 86_400_000;
  let person = "";
  let isCounted = false;
  let contacts: PastContact[] = [];

  const meet = (row: Replayed): void => {
    if (row.person !== person) {
      person = row.person;
      isCounted = false;
      contacts = [];
    }
    const oldest = row.at.getTime() - lookbackMs;
    if (contacts.some((contact) => contact.at.getTime() < oldest)) contacts = contacts.filter((contact) => contact.at.getTime() >= oldest);
  };

  const take = (row: Replayed): void => {
    meet(row);
    if (row.isBefore || row.decision === "answered") {
      contacts.push({ ...contactOf(row), isAnswer: row.decision === "answered" });
      return;
    }
    const was: Verdict = { decision: row.decision, reason: row.reason };
    // Where no policy was asked, none would have said otherwise.
    const verdict = row.reason !== null && isOutsideReason(row.reason) ? was : verdictOn(row);
    count(before, was);
    count(after, verdict);
    totals.requests += 1;
    if (!isCounted) totals.customers += 1;
    isCounted = true;
    if (verdict.decision === "asked") contacts.push(contactOf(row));
    if (verdict.decision !== was.decision) note({ row, before: was, after: verdict });
  };

  const verdictOn = (row: Replayed): Verdict => {
    const decided = decideContact(policy, { ...row.standing, contacts }, row);
    return { decision: decided.decision, reason: decided.decision === "asked" ? null : decided.reason };
  };

  const note = (changed: ChangedRequest): void => {
    totals.changedCount += 1;
    const key = `${changed.before.reason ?? "asked"} ${changed.after.reason ?? "asked"}`;
    const alike = examples.get(key) ?? [];
    if (alike.length < EXAMPLES_PER_CHANGE) examples.set(key, [...alike, changed]);
  };

  const result = () => ({ ...totals, before: [...before.values()], after: [...after.values()], examples: [...examples.values()].flat() });
  return { take, result };
};

const contactOf = (row: Replayed): PastContact => ({
  at: row.at, channel: row.channel, purpose: row.purpose, kind: row.kind, reference: row.reference, isReminder: row.isReminder, isAnswer: false,
});

const count = (outcomes: Map<string, Outcome>, verdict: Verdict): void => {
  const key = verdict.reason ?? "asked";
  const known = outcomes.get(key);
  if (known === undefined) outcomes.set(key, { ...verdict, requests: 1 });
  else known.requests += 1;
};
