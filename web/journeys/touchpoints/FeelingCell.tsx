import { Tooltip } from "@mantine/core";
import { formatChange } from "../../ui/numbers.ts";
import { ScoreBadge, toneOf } from "../../ui/ScoreBadge.tsx";
import { useTexts } from "../../ui/texts.ts";
import type { TouchpointSeen } from "./touchpoints.data.ts";
import { touchpointsTexts } from "./touchpoints.texts.ts";

// Fewer scores are an anecdote: they are counted, but no mean is shown (science reference, 1.6).
const SHOWN_FROM = 10;

/** Mean of the scores about a touchpoint, from −100 to 100. */
export const FeelingCell = ({ seen }: { seen: TouchpointSeen }) => {
  const t = useTexts(touchpointsTexts);
  if (seen.feeling === null || seen.scores < SHOWN_FROM) return <span className="quiet">{seen.scores === 0 ? t("noScores") : `n ${seen.scores}`}</span>;
  const value = formatChange(seen.feeling * 100);
  return (
    <Tooltip label={t("feelingOf", { value, count: seen.scores })}>
      <span>
        <ScoreBadge score={value} tone={toneOf(seen.feeling)} />
      </span>
    </Tooltip>
  );
};
