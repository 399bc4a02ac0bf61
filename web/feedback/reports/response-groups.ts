import type { Report } from "./reports.data.ts";

/** What a response itself says of how it was given. */
export const dimensions = ["channel", "language", "version", "touchpoint", "campaign", "wave"] as const satisfies readonly (keyof Report["dimensions"])[];
export type Dimension = (typeof dimensions)[number];
/** What responses were about, and who served. */
export const circumstances = ["environment", "product", "team", "department", "member"] as const satisfies readonly Report["circumstances"][number]["name"][];
export type Circumstance = (typeof circumstances)[number];
