import { z } from "zod";

/** A member who has the map open just now, on however many pages. */
export const present = z.object({ memberId: z.uuid(), name: z.string() });
export type Present = z.infer<typeof present>;
