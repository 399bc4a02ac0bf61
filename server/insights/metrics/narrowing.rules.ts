import type { NarrowingName } from "./metrics.contract.ts";

/** Filters that hold for every fact and feeling, whatever is asked of them. Alerts, links, the command line and all screens take these; a test holds the list to what metrics take. */
export const narrowingNames = ["touchpoint", "channel", "stage", "survey", "segment", "persona", "environment", "product", "source", "team", "department", "member", "trait"] as const satisfies readonly NarrowingName[];

/** Stands between several values of one filter in an address of the app: no name that people give holds it. */
export const betweenValues = "\u001f";
