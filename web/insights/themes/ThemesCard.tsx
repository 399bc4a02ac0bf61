import { Link } from "@tanstack/react-router";
import type { Query } from "../../shell/api.ts";
import { Card } from "../../ui/Card.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import { ShareDelta } from "../comments/ShareDelta.tsx";
import { ThemeBadges } from "./ThemeBadges.tsx";
import { ThemeFeeling } from "./ThemeFeeling.tsx";
import { ThemesProgress } from "./ThemesProgress.tsx";
import { useFreshThemes, useThemes, type ThemesReply } from "./themes.data.ts";
import { themesTexts } from "./themes.texts.ts";
import "./themes.css";

const shownMax = 10;

/** What the comments are about; choosing a theme narrows the list below. */
export const ThemesCard = ({ query, chosen }: { query: Query; chosen: string | undefined }) => {
  const t = useTexts(themesTexts);
  useFreshThemes();
  const themes = useThemes(query);
  return (
    <Card span={12} title={t("cardTitle")} subtitle={t("cardHint")} aside={<Link to="/themes" search={(before: object) => before}>{t("cardAll")}</Link>}>
      {themes.isPending ? <Loading kind="rows" rows={6} /> : themes.isError ? <ErrorState error={themes.error} onRetry={() => void themes.refetch()} /> : <CardThemes themes={themes.data} chosen={chosen} />}
    </Card>
  );
};

const CardThemes = ({ themes, chosen }: { themes: ThemesReply; chosen: string | undefined }) => {
  const t = useTexts(themesTexts);
  const { items, falseAlarmRate } = themes;
  if (items.length === 0) {
    return themes.discovery?.state === "running" ? <ThemesProgress discovery={themes.discovery} /> : <p className="quiet">{t("emptyFew", { needed: formatNumber(themes.commentsMin), count: themes.commentsRead })}</p>;
  }
  // What rises comes along however small it still is.
  const largest = items.filter(({ count }) => count > 0).slice(0, shownMax);
  const shown = [...largest, ...items.filter((theme) => theme.rise !== null && !largest.includes(theme))];
  const widest = Math.max(...shown.map(({ share }) => share), 0.01);
  if (shown.length === 0) return <p className="quiet">{t("none")}</p>;
  return (
    <table className="theme-rows" aria-label={t("cardLabel")}>
      <thead>
        <tr>
          <th scope="col">{t("theme")}</th>
          <td className="theme-bar-cell" />
          <th scope="col" className="theme-number">{t("size")}</th>
          <th scope="col" className="theme-feeling-cell">{t("feeling")}</th>
          <th scope="col" className="theme-change">{t("change")}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((theme) => (
          <tr key={theme.id} className={theme.id === chosen ? "theme-chosen" : undefined}>
            <th scope="row">
              <Link to="." resetScroll={false} aria-current={theme.id === chosen ? "true" : undefined} search={(before: object) => ({ ...before, theme: theme.id === chosen ? undefined : theme.id })}>
                {theme.name}
              </Link>{" "}
              <ThemeBadges theme={theme} falseAlarmRate={falseAlarmRate} isBrief />
            </th>
            <td className="theme-bar-cell" title={t("interval", { low: formatShare(theme.low, 1), high: formatShare(theme.high, 1) })}>
              <span className="theme-bar" aria-hidden><i style={{ width: `${(100 * theme.share) / widest}%` }} /></span>
            </td>
            <td className="theme-number">{formatNumber(theme.count)} <span className="quiet">{formatShare(theme.share, theme.share < 0.1 ? 1 : 0)}</span></td>
            <td className="theme-feeling-cell"><ThemeFeeling theme={theme} /></td>
            <td className="theme-change"><ShareDelta change={theme.change} isMoreBad={theme.negative > theme.positive} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
