import { npsTone, ScoreBadge, toneOf } from "../../ui/ScoreBadge.tsx";
import { formatNumber } from "../../ui/numbers.ts";

type Score = { kind: string; value: number; normalised: number | null; scaleMax: number | null };

/** A score with the end of its scale and the name of its kind, coloured by what it means. The end of NPS is known to everybody. */
export const LastScore = ({ score }: { score: Score }) => (
  <span className="numeric">
    <ScoreBadge score={sayScore(score)} tone={score.kind === "nps" ? npsTone(score.value) : toneOf(score.normalised)} />{" "}
    <small className="quiet">{kindName(score.kind)}</small>
  </span>
);

const sayScore = ({ kind, value, scaleMax }: Score): string => {
  const said = formatNumber(value, Number.isInteger(value) ? 0 : 1);
  // Of a scale on which low is good the end lies below: "2/1" is no score.
  return kind === "nps" || scaleMax === null || scaleMax < value ? said : `${said}/${formatNumber(scaleMax)}`;
};

/** "NPS", "Stars": kinds with a name of the trade in capitals. */
export const kindName = (kind: string): string => (["nps", "csat", "ces"].includes(kind) ? kind.toUpperCase() : kind.slice(0, 1).toUpperCase() + kind.slice(1));
