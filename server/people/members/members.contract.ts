import { z } from "zod";
import { role } from "../../platform/access/access.contract.ts";
import { email, password, personName } from "../sessions/sessions.contract.ts";

export const memberItem = z.object({ id: z.uuid(), name: z.string(), email: z.string(), role, createdAt: z.iso.datetime() });
export type MemberItem = z.infer<typeof memberItem>;
export const memberChange = z.object({ role });

export const invitationItem = z.object({ id: z.uuid(), email: z.string(), role, createdAt: z.iso.datetime(), expiresAt: z.iso.datetime() });
export const newInvitation = z.object({ email, role });
export const createdInvitation = invitationItem.extend({ link: z.string().describe("The same link as in the mail, for when mail is not set up. Shown this once.") });
export const invitationShown = z.object({ email: z.string(), workspaceName: z.string(), role, hasAccount: z.boolean() });
export const acceptInvitation = z.object({
  token: z.string().min(10).max(200),
  name: personName.optional().describe("Needed for a new account."),
  password: password.describe("A new one for a new account; the present one of an existing account."),
});
