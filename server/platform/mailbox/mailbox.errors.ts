import { defineErrors } from "../http/errors.ts";

export const mailboxErrors = defineErrors("mailbox", {
  mailbox_limit: { status: 409, meaning: "The workspace has as many mailboxes (50) as it can have. Remove one first." },
  mailbox_already_read: { status: 409, meaning: "This folder of this mailbox is read already." },
  mailbox_password_missing: { status: 400, meaning: "The password has to be entered: none is kept for this user name on this server." },
  mailbox_paused: { status: 409, meaning: "The mailbox is paused. Resume it first." },
  mail_not_kept: { status: 409, meaning: "The mail itself is not kept: it was too large, or it waited longer than 30 days. It can only be given up." },
});
