import { npsTone, ScoreBadge, toneOf } from "../../ui/ScoreBadge.tsx";
import { formatNumber } from "../../ui/numbers.ts";

type Score = { kind: string; value: number; normalised: number | null };

/** A score with the name of its kind, coloured by what it means. */
export const LastScore = ({ score }: { score: Score }) => (
  <span className="numeric">
    <ScoreBadge score={formatNumber(score.value, Number.isInteger(score.value) ? 0 : 1)} tone={score.kind === "nps" ? npsTone(score.value) : toneOf(score.normalised)} />{" "}
    <small className="quiet">{kindName(score.kind)}</small>
  </span>
);

/** "NPS", "Stars": kinds with a name of the trade in capitals. */
export const kindName = (kind: string): string => (["nps", "csat", "ces"].includes(kind) ? kind.toUpperCase() : kind.slice(0, 1).toUpperCase() + kind.slice(1));
