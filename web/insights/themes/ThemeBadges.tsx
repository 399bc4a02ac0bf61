import { Badge } from "@mantine/core";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import type { Theme } from "./themes.data.ts";
import { themesTexts } from "./themes.texts.ts";

/** What is special about a theme: new, rising, kept, made by hand. */
export const ThemeBadges = ({ theme, falseAlarmRate, isBrief = false }: { theme: Theme; falseAlarmRate: number; isBrief?: boolean }) => {
  const t = useTexts(themesTexts);
  const { rise } = theme;
  return (
    <>
      {rise !== null && (
        <Badge size="sm" variant="light" className={`theme-badge theme-badge-${rise.kind}`} title={t("riseHint", { count: rise.count, expected: formatNumber(rise.expected, 1), rate: formatShare(falseAlarmRate) })}>
          {t(rise.kind)}
        </Badge>
      )}
      {!isBrief && theme.madeBy === "person" && <Badge size="sm" variant="light" className="theme-badge">{t("own")}</Badge>}
      {!isBrief && theme.madeBy === "machine" && theme.state === "kept" && <Badge size="sm" variant="light" className="theme-badge">{t("kept")}</Badge>}
    </>
  );
};
