import type { columnUse } from "@firsthand/server/customers/imports/mapping.contract";

type ColumnUse = (typeof columnUse)["_output"];
type Use = ColumnUse["use"];

/** In the order of the list a person chooses from. */
export const uses: readonly Use[] = [
  "customer", "time", "event", "touchpoint", "channel", "stage", "score", "comment", "weight", "trait", "property", "message_id", "ignore",
];

/** The meaning a person chose, with the settings that go with it at first.
 *  @param column its name becomes the name of the trait or property */
export const meaningOf = (use: Use, column: string): ColumnUse => {
  switch (use) {
    case "customer":
      return { use, kind: "user" };
    case "score":
      return { use, kind: "nps", min: 0, max: 10, isReversed: false, blank: [], words: {}, touchpoint: null };
    case "trait":
    case "property":
      return { use, name: column.slice(0, 100) };
    default:
      return { use };
  }
};

export const scales = { nps: [0, 10], csat: [1, 5], ces: [1, 7], stars: [1, 5], rating: [1, 5] } as const;
