import type { Services } from "../services/services.api.ts";
import { withFolder } from "./imap-session.ts";
import { passwordPlace } from "./mailbox-secrets.ts";
import { notePoll, takeDueMailbox } from "./mailbox.queries.ts";
import type { MailboxRow } from "./mailbox.queries.ts";
import { countFailedMails } from "./mails.queries.ts";
import { nextPollAt } from "./polling.rules.ts";
import { readNewMails } from "./reading.ts";

const POLL_MS = 45_000;
/** A mailbox whose poll died with its server is read again after this. */
const LEASE_MS = 3 * 60_000;
const AT_ONCE = 16;
/** No poll is begun later than this after the tick, so that the job ends before the one after the next begins. */
const BEGIN_MS = 50_000;
const QUARANTINE_MAX = 500;

/** Reads every mailbox whose time has come, many at once: one that is slow or dead keeps only one place busy, and that not for long. */
export const pollDueMailboxes = async (services: Services): Promise<void> => {
  const began = Date.now();
  const work = async (): Promise<void> => {
    while (Date.now() - began < BEGIN_MS) {
      const now = services.clock.now();
      const mailbox = await takeDueMailbox(services.db, { now, leaseUntil: new Date(now.getTime() + LEASE_MS) });
      if (mailbox === null) return;
      await pollMailbox(services, mailbox).catch((error: unknown) => services.log.warn({ part: "mailboxes", mailboxId: mailbox.id, err: error }, "a mailbox could not be read; it is tried again"));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
};

/** Reads one mailbox and notes how it went. A server that fails is a value: it is asked again later. */
export const pollMailbox = async (services: Services, mailbox: MailboxRow): Promise<void> => {
  const result = await read(services, mailbox);
  const now = services.clock.now();
  const failures = result.ok ? 0 : mailbox.failures + 1;
  const next = nextPollAt({ now, everyMinutes: mailbox.everyMinutes, failures, isMore: result.ok && result.value.isMore });
  await notePoll(services.db, mailbox, { at: now, nextPollAt: next, error: result.ok ? null : result.message });
};

const read = async (services: Services, mailbox: MailboxRow): ReturnType<typeof withFolder<{ isMore: boolean }>> => {
  const opened = services.secrets.open(passwordPlace(mailbox), mailbox.secrets);
  if (!opened.ok) return opened;
  // Nothing is dropped: the mails wait on their server until there is room for those that cannot be read.
  if ((await countFailedMails(services.db, mailbox)) >= QUARANTINE_MAX) {
    return { ok: false, message: `${QUARANTINE_MAX} mails could not be read and wait below. Try them again or give them up; then reading goes on.` };
  }
  return withFolder(services.config, { ...mailbox, password: opened.values["password"] ?? "" }, POLL_MS, (folder) => readNewMails(services, mailbox, folder));
};
