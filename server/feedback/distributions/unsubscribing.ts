import { allowContact, stopContact } from "#customers";
import { transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import type { Services } from "#platform/services";
import { findByToken } from "./answering.ts";
import { lockInvitation, updateInvitation } from "./invitations.queries.ts";
import type { InvitationRow } from "./invitations.queries.ts";

type Wish = "email" | "text" | "all";

/** The person wants no more of this. */
export const unsubscribe = (services: Services, token: string, channel: Wish): Promise<boolean> =>
  transaction(services.db, async (tx) => {
    const row = await lockByToken(tx, token);
    if (row === null) return false;
    const at = services.clock.now();
    for (const said of wordsOf(row, channel, at)) await stopContact(tx, said);
    await updateInvitation(tx, { ...row, unsubscribedAt: row.unsubscribedAt ?? at, nextAt: null });
    return true;
  });

/** The person takes it back, for all addresses or, where anything fails, for none. */
export const allowAgain = (services: Services, token: string, channel: Wish): Promise<void> =>
  transaction(services.db, async (tx) => {
    const row = await lockByToken(tx, token);
    if (row === null) return;
    for (const said of wordsOf(row, channel, services.clock.now())) await allowContact(tx, said);
  });

const lockByToken = async (tx: Queryable, token: string): Promise<InvitationRow | null> => {
  const found = await findByToken(tx, token);
  return found === null ? null : lockInvitation(tx, found.invitation.id);
};

const wordsOf = ({ workspaceId, customerId, email, phone }: InvitationRow, channel: Wish, at: Date) =>
  [email, phone].flatMap((address) => (address === null ? [] : [{ workspaceId, customerId, address, channel, source: "unsubscribe_link", at }]));
