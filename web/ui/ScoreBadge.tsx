import type { ReactNode } from "react";

export type ScoreTone = "good" | "middle" | "bad";

/** One score as a small coloured square.
 *  @param tone what the score means; `toneOf` knows it from a value between -1 and 1 */
export const ScoreBadge = ({ score, tone }: { score: ReactNode; tone: ScoreTone }) => (
  <span className={`score score-${tone}`}>{score}</span>
);

/** @param normalised -1 (worst) to 1 (best), as perceptions carry it */
export const toneOf = (normalised: number | null): ScoreTone =>
  normalised === null || (normalised > -0.25 && normalised < 0.5) ? "middle" : normalised < 0 ? "bad" : "good";

/** An answer from 0 to 10 as NPS reads it. */
export const npsTone = (score: number): ScoreTone => (score >= 9 ? "good" : score >= 7 ? "middle" : "bad");
