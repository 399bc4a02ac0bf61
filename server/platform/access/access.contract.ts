import { z } from "zod";

/** Strongest first. An owner can do everything, a viewer only look. */
export const ROLES = ["owner", "admin", "manager", "agent", "viewer"] as const;
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;
