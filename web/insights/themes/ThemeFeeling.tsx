import { useTexts } from "../../ui/texts.ts";
import { formatNumber } from "../../ui/numbers.ts";
import type { Theme } from "./themes.data.ts";
import { themesTexts } from "./themes.texts.ts";

type ThemeFeelingProps = { theme: Pick<Theme, "count" | "positive" | "negative">; words?: string };

/** How the comments of a theme feel, as one bar: bad from the left, good from the right. */
export const ThemeFeeling = ({ theme, words: given }: ThemeFeelingProps) => {
  const t = useTexts(themesTexts);
  const words = given ?? t("feelingOf", { positive: formatNumber(theme.positive), negative: formatNumber(theme.negative) });
  return (
    <span className="theme-feeling" title={words}>
      <span className="theme-feeling-bar" aria-hidden>
        <i className="theme-feeling-bad" style={{ width: `${(100 * theme.negative) / Math.max(1, theme.count)}%` }} />
        <i className="theme-feeling-good" style={{ width: `${(100 * theme.positive) / Math.max(1, theme.count)}%` }} />
      </span>
      <span className="sr-only">{words}</span>
    </span>
  );
};
