// What was measured of a model beside its file: how shares as read compare with shares as labelled, in sources it had not seen.
import type { Need, Sentiment } from "./reading.ts";

export const JUDGED_SENTIMENTS = ["neg", "neu", "pos", "mix"] as const satisfies readonly Sentiment[];

/** Comments in which it is true, then comments in which it was read. */
export type TrueAndRead = [truth: number, read: number];
export type SourceCounts = { source: string; comments: number; sentiment: Record<Sentiment, TrueAndRead>; needs: Record<Need, { met: TrueAndRead; unmet: TrueAndRead }> };
/** model: the version it was measured for. */
export type JudgedModel = { model: string; sources: SourceCounts[] };
