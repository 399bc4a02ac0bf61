import { z } from "zod";

/** `tls` from the first byte (993), `starttls` before signing in (143), `none` only inside one's own network. */
export const Encryption = z.enum(["tls", "starttls", "none"]);
export type Encryption = z.infer<typeof Encryption>;

// What is said to a mail server goes there line by line: nothing in it may end a line.
const oneLine = /^[^\p{Cc}]+$/u;

const place = {
  host: z.string().trim().toLowerCase().min(1).max(253).regex(/^[a-z0-9.:_-]+$/, { message: "is not the name of a mail server, such as imap.example.com" }),
  port: z.int().min(1).max(65_535),
  encryption: Encryption,
  username: z.string().trim().min(1).max(320).regex(oneLine),
  folder: z.string().trim().min(1).max(500).regex(oneLine),
};
const password = z.string().min(1).max(1000).regex(oneLine);

export const NewMailbox = z.object({
  host: place.host,
  port: place.port.default(993),
  encryption: place.encryption.default("tls"),
  username: place.username,
  folder: place.folder.default("INBOX"),
  password: password.describe("Kept sealed, never given back."),
  everyMinutes: z.int().min(1).max(1440).default(1),
  readsOld: z.boolean().default(false).describe("Also reads the mails that are there already."),
  isActive: z.boolean().default(true),
});
export type NewMailbox = z.infer<typeof NewMailbox>;

export const MailboxChange = z.object({
  host: place.host.optional(),
  port: place.port.optional(),
  encryption: place.encryption.optional(),
  username: place.username.optional(),
  folder: place.folder.optional(),
  password: password.optional().describe("Needed again when server or user name change: a kept password goes nowhere else."),
  everyMinutes: z.int().min(1).max(1440).optional(),
  isActive: z.boolean().optional(),
});
export type MailboxChange = z.infer<typeof MailboxChange>;

export const Mailbox = z.object({
  id: z.uuid(),
  ...place,
  host: z.string(),
  everyMinutes: z.int(),
  isActive: z.boolean(),
  state: z.enum(["paused", "waiting", "working", "failing"]),
  hasPassword: z.boolean(),
  lastPolledAt: z.iso.datetime().nullable(),
  lastSuccessAt: z.iso.datetime().nullable(),
  nextPollAt: z.iso.datetime().nullable(),
  failures: z.int(),
  lastError: z.string().nullable(),
  taken: z.int().describe("Mails that something was done with."),
  left: z.int().describe("Mails that were nothing for us: they stay where they are."),
  quarantined: z.int().describe("Mails that could not be read and wait for a decision."),
});
export type Mailbox = z.infer<typeof Mailbox>;

export const MailboxTest = z.object({ ...place, password: password.optional(), mailboxId: z.uuid().optional().describe("Takes the password this mailbox keeps.") });
export type MailboxTest = z.infer<typeof MailboxTest>;

export const MailboxTestResult = z.object({
  isConnected: z.boolean(),
  message: z.string().nullable().describe("What went wrong, in words."),
  mails: z.int().describe("How many mails lie in the folder."),
  folders: z.array(z.string()).describe("Folders of the mailbox, at most 200."),
});
export type MailboxTestResult = z.infer<typeof MailboxTestResult>;

export const QuarantinedMail = z.object({
  id: z.uuid(),
  mailboxId: z.uuid(),
  mailbox: z.string().describe("User name of the mailbox it came to."),
  sender: z.string().nullable(),
  subject: z.string().nullable(),
  sizeBytes: z.int(),
  reason: z.string(),
  tries: z.int(),
  canRetry: z.boolean().describe("False when the mail itself is not kept: it was too large, or 30 days are over."),
  readAt: z.iso.datetime(),
});
export type QuarantinedMail = z.infer<typeof QuarantinedMail>;

export const RetriedMail = z.object({ outcome: z.enum(["taken", "left", "failed"]), reason: z.string().nullable() });
export type RetriedMail = z.infer<typeof RetriedMail>;
