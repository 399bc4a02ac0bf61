import { z } from "zod";

/** How often a page says that it still shows the map, and after how long without that it is taken for gone: two times may be lost on the way. */
export const presenceBeatMs = 6_000;
export const presenceGoneMs = 20_000;

/** A member who has the map open just now, on however many pages. */
export const present = z.object({ memberId: z.uuid(), name: z.string() });
export type Present = z.infer<typeof present>;
