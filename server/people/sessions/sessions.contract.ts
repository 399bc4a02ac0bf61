import { z } from "zod";
import { role } from "../../platform/access/access.contract.ts";
import { workspaceSummary } from "../../platform/workspaces/workspaces.contract.ts";

export const PASSWORD_LENGTH_MIN = 10;

export const email = z.email().max(254).transform((text) => text.trim().toLowerCase());
export const password = z.string().min(PASSWORD_LENGTH_MIN).max(200);
export const personName = z.string().trim().min(1).max(100);

export const sessionReply = z.object({
  member: z.object({ id: z.uuid(), name: z.string(), email: z.string(), role }),
  workspace: workspaceSummary.extend({ timeZone: z.string() }),
  workspaces: z.array(workspaceSummary),
  abilities: z.array(z.string()),
  csrfToken: z.string(),
});
export type SessionReply = z.infer<typeof sessionReply>;

export const signIn = z.object({ email, password: z.string().min(1).max(200) });
export const switchWorkspace = z.object({ workspaceId: z.uuid() });
export const setUp = z.object({
  token: z.string().min(10).max(200),
  workspaceName: z.string().trim().min(1).max(100),
  timeZone: z.string().max(60).default("UTC"),
  name: personName,
  email,
  password,
});
export const setUpState = z.object({ isSetUp: z.boolean() });
export const askPasswordReset = z.object({ email });
export const resetPassword = z.object({ token: z.string().min(10).max(200), password });
