import type { ImportState } from "./imports.contract.ts";

/** States in which the server is at work on an import. */
export const isWorking = (state: ImportState): boolean => ["checking", "queued", "running", "undoing"].includes(state);
