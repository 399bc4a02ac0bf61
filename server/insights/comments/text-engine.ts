// The text engine as the server uses it.
import type { Log } from "#platform/log";
import type { Reading } from "@firsthand/text";
import type { Highlight } from "./comments.contract.ts";
import type { StoredReading } from "./readings.queries.ts";

export type TextEngine = { read: (texts: readonly string[]) => Promise<Reading[]>; version: () => Promise<string>; close: () => Promise<void> };

export const openTextEngine = (_log: Log): TextEngine => ({
  read: async () => {
    throw new Error("The model is not here yet.");
  },
  version: async () => "none",
  close: async () => undefined,
});

export const explainReading = (_text: string, _reading: Pick<StoredReading, "needs" | "sentiment">): Highlight[] => [];
