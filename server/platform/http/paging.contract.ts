import { z } from "zod";

/** The two query parameters every list takes. */
export const pageQuery = {
  cursor: z.string().max(1000).optional().describe("Where to go on: `nextCursor` of the page before."),
  limit: z.coerce.number().int().min(1).max(100).default(50).describe("Rows on a page."),
};
