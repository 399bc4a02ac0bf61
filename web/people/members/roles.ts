import type { Role } from "./members.data.ts";

// Strongest first, as in the server's contract.
export const roles = ["owner", "admin", "manager", "agent", "viewer"] as const satisfies readonly Role[];

export const isRole = (value: string | null): value is Role => roles.some((role) => role === value);
