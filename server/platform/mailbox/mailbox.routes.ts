import { z } from "zod";
import { defineAbilities } from "../access/access.api.ts";
import { nextCursor, readCursor } from "../db/db.api.ts";
import { defineRoute, httpErrors, page, pageQuery } from "../http/http.api.ts";
import * as contract from "./mailbox.contract.ts";
import { changeMailbox, createMailbox, listShown, pollNow, removeMailbox, testMailbox } from "./mailboxes.ts";
import { listFailedMails } from "./mails.queries.ts";
import { giveMailUp, retryMail } from "./quarantine.ts";

export const mailboxAbilities = defineAbilities("mailbox", {
  "mailboxes.read": { meaning: "See which mailboxes are read, and mails that could not be", roles: ["owner", "admin"] },
  "mailboxes.write": { meaning: "Set up mailboxes, and decide about mails that could not be read", roles: ["owner", "admin"] },
});

const tag = "platform";
const read = { ability: "mailboxes.read" };
const write = { ability: "mailboxes.write" };
const one = z.object({ id: z.uuid() });

export const mailboxRoutes = [
  defineRoute({
    method: "GET", url: "/api/mailboxes", summary: "Mailboxes that are read, at most 50", tag, access: read, reply: z.object({ items: z.array(contract.Mailbox) }),
    answer: async ({ actor, services }) => ({ items: await listShown(services, actor.workspaceId) }),
  }),
  defineRoute({
    method: "POST", url: "/api/mailboxes", summary: "Read a mailbox from now on", tag, access: write, body: contract.NewMailbox, reply: contract.Mailbox, status: 201,
    answer: ({ actor, services, body }) => createMailbox(services, actor, body),
  }),
  defineRoute({
    method: "PATCH", url: "/api/mailboxes/:id", summary: "Change, pause or resume a mailbox", tag, access: write, params: one, body: contract.MailboxChange, reply: contract.Mailbox,
    answer: ({ actor, services, params, body }) => changeMailbox(services, actor, params.id, body),
  }),
  defineRoute({
    method: "DELETE", url: "/api/mailboxes/:id", summary: "Read a mailbox no longer; its quarantine goes too", tag, access: write, params: one, reply: z.undefined(), status: 204,
    answer: ({ actor, services, params }) => removeMailbox(services, actor, params.id).then(() => undefined),
  }),
  defineRoute({
    method: "POST", url: "/api/mailboxes/:id/polls", summary: "Read a mailbox now", tag, access: write, params: one, reply: contract.Mailbox, limit: { perMinute: 20 },
    answer: ({ actor, services, params }) => pollNow(services, actor, params.id),
  }),
  defineRoute({
    method: "POST", url: "/api/mailbox-tests", summary: "Try out server, user name, password and folder", tag, access: write, body: contract.MailboxTest, reply: contract.MailboxTestResult,
    limit: { perMinute: 20 }, answer: ({ actor, services, body }) => testMailbox(services, actor, body),
  }),
  defineRoute({
    method: "GET", url: "/api/quarantined-mails", summary: "Mails that could not be read, newest first", tag, access: read, query: z.object(pageQuery), reply: page(contract.QuarantinedMail),
    answer: async ({ actor, services, query }) => {
      const rows = await listFailedMails(services.db, actor.workspaceId, { before: readPosition(query.cursor), limit: query.limit + 1 });
      const shown = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? shown.at(-1) : undefined;
      return { items: shown.map((row) => ({ ...row, readAt: row.readAt.toISOString() })), nextCursor: last === undefined ? null : nextCursor([last.readAt.toISOString(), last.id]) };
    },
  }),
  defineRoute({
    method: "POST", url: "/api/quarantined-mails/:id/retries", summary: "Read a mail again that could not be read", tag, access: write, params: one, reply: contract.RetriedMail,
    answer: ({ actor, services, params }) => retryMail(services, actor, params.id),
  }),
  defineRoute({
    method: "DELETE", url: "/api/quarantined-mails/:id", summary: "Give a mail up that could not be read", tag, access: write, params: one, reply: z.undefined(), status: 204,
    answer: ({ actor, services, params }) => giveMailUp(services, actor, params.id).then(() => undefined),
  }),
];

const readPosition = (cursor: string | undefined): { at: string; id: string } | null => {
  if (cursor === undefined) return null;
  const [at, id] = readCursor(cursor, 2) ?? [];
  if (!z.iso.datetime().safeParse(at).success || !z.uuid().safeParse(id).success) throw httpErrors.refuse("invalid_input", "The cursor is none of ours. Leave it out to begin anew.");
  return { at: String(at), id: String(id) };
};
