import { ScoreBadge, toneOf } from "../../ui/ScoreBadge.tsx";
import { useTexts } from "../../ui/texts.ts";
import { reviewsTexts } from "./reviews.texts.ts";

/** Stars as a coloured number, read out with their scale. */
export const Stars = ({ stars, most = 5 }: { stars: number | null; most?: number }) => {
  const t = useTexts(reviewsTexts);
  if (stars === null) return null;
  const shown = Math.round(stars * 10) / 10;
  return (
    <span role="img" aria-label={t("starsLabel", { stars: shown, most })}>
      <ScoreBadge score={`${shown} ★`} tone={toneOf((2 * (stars - 1)) / (most - 1) - 1)} />
    </span>
  );
};
