import type { Queryable } from "../db/db.api.ts";
import type { Services } from "../services/services.api.ts";
import { isPassing } from "./polling.rules.ts";

const REASON_MAX = 500;

/** A mail, whole and as the mail server gave it. */
export type ArrivedMail = { services: Services; tx: Queryable; workspaceId: string; raw: Buffer };

/** Code of a module that takes mails of one kind out of the mailboxes. What it writes, it writes by `tx`: then the mail counts as read, or nothing was written. */
export type MailReader = {
  /** Unique, `<module>.<what it takes>`: shown as what became of a mail. */
  name: string;
  /** Mails that machines sent are looked for first; readers of what people wrote take what is left. */
  of: "machines" | "people";
  /** @throws when the mail is its own but cannot be read: it is kept aside with the reason */
  read: (mail: ArrivedMail) => Promise<"taken" | "not mine">;
};

export const defineMailReader = (reader: MailReader): MailReader => reader;

let chain: readonly MailReader[] = [];

/** Says once, at the start, who reads mails, in the order of the modules. */
export const readMailsWith = (readers: readonly MailReader[]): void => {
  chain = [...readers.filter((reader) => reader.of === "machines"), ...readers.filter((reader) => reader.of === "people")];
};

/** A mail its reader stumbles over; the message says why, for the members who look after the mailbox. */
export class UnreadableMail extends Error {}

/** Hands a mail from reader to reader until one takes it.
 *  @returns the name of that one; null when it is nobody's
 *  @throws UnreadableMail when it is the fault of the mail; anything else, such as a database that went away, passes and has nothing to do with it */
export const offerMail = async (mail: ArrivedMail): Promise<string | null> => {
  const fault = { isPassing: false };
  const watched: ArrivedMail = { ...mail, tx: watchFor(mail.tx, fault) };
  try {
    for (const reader of chain) if ((await reader.read(watched)) === "taken") return reader.name;
    return null;
  } catch (error) {
    if (fault.isPassing) throw error;
    throw new UnreadableMail(reasonOf(error));
  }
};

// The database's own words tell its troubles from those of the mail: what the library says of a broken line has no code.
const watchFor = (tx: Queryable, fault: { isPassing: boolean }): Queryable => ({
  query: async (text, values) => {
    try {
      return await tx.query(text, values);
    } catch (error) {
      fault.isPassing ||= isPassing(error instanceof Error && "code" in error ? String(error.code) : null);
      throw error;
    }
  },
});

// PostgreSQL takes no zero bytes in a text.
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).replaceAll("\0", "").toWellFormed().slice(0, REASON_MAX);
