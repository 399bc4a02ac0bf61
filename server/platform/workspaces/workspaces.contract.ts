import { z } from "zod";

const isTimeZone = (name: string): boolean => Intl.supportedValuesOf("timeZone").includes(name) || name === "UTC";

export const workspaceSummary = z.object({ id: z.uuid(), name: z.string(), isDemo: z.boolean() });
export const workspaceDetail = workspaceSummary.extend({ timeZone: z.string(), settings: z.record(z.string(), z.unknown()), createdAt: z.iso.datetime() });
export const workspaceChange = z.object({
  name: z.string().trim().min(1).max(100).optional(),
  timeZone: z.string().refine(isTimeZone, { message: "is not the name of a time zone, such as Europe/Oslo" }).optional(),
});
export type WorkspaceDetail = z.infer<typeof workspaceDetail>;
