import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { formatNumber, formatShare } from "../../ui/numbers.ts";
import { notifyFailed } from "../../ui/notices.tsx";
import { DropOntoItem } from "../../ui/DropOnto.tsx";
import { useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import { Sparkline } from "../../ui/charts/Sparkline.tsx";
import { commentsTexts } from "../comments/comments.texts.ts";
import { ShareDelta } from "../comments/ShareDelta.tsx";
import { ThemeBadges } from "./ThemeBadges.tsx";
import { ThemeFeeling } from "./ThemeFeeling.tsx";
import { ThemeMenu } from "./ThemeMenu.tsx";
import { ThemeName } from "./ThemeName.tsx";
import { type Theme, type ThemesReply, type ThemeWork } from "./themes.data.ts";
import { themesTexts } from "./themes.texts.ts";

type ThemeItemProps = { theme: Theme; themes: ThemesReply; work: ThemeWork; canEdit: boolean; onMerge: () => void; onRemove: () => void };

const needsShown = 3;

/** One theme: how many, how they feel, how it goes, which needs are not met, and what people say in their words. */
export const ThemeItem = ({ theme, themes, work, canEdit, onMerge, onRemove }: ThemeItemProps) => {
  const t = useTexts(themesTexts);
  const draw = (handle: ReactNode) => (
    <>
      <header className="theme-head">
        {handle}
        <ThemeName theme={theme} work={work} canEdit={canEdit} />
        <ThemeBadges theme={theme} falseAlarmRate={themes.falseAlarmRate} />
        {canEdit && <span className="theme-menu"><ThemeMenu theme={theme} work={work} onMerge={onMerge} onRemove={onRemove} /></span>}
      </header>
      <ThemeFigures theme={theme} themes={themes} />
      <ThemeMerged theme={theme} work={work} canEdit={canEdit} />
      <ThemeNeeds theme={theme} />
      {theme.quotes.length > 0 && (
        <ul className="theme-quotes" aria-label={t("quotesTitle")}>
          {theme.quotes.map(({ id, text, at, sentiment }) => (
            <li key={id} className={`comment-${sentiment}`}>
              <q>{text}</q> <small className="quiet"><Time at={at} /></small>
            </li>
          ))}
        </ul>
      )}
      <footer className="theme-foot">
        <small className="quiet">{t("wordsTitle")} {theme.words.slice(0, 6).join(" · ")}</small>
        {theme.count > 0 && (
          <Link to="/comments" search={(before: object) => ({ ...before, theme: theme.id, view: undefined })} aria-label={t("readOf", { count: theme.count, name: theme.name })}>
            {t("read")}
          </Link>
        )}
      </footer>
    </>
  );
  return <DropOntoItem id={theme.id} className="theme card" hint={t("dragHint")} isLocked={!canEdit} render={draw} />;
};

const ThemeMerged = ({ theme, work, canEdit }: Pick<ThemeItemProps, "theme" | "work" | "canEdit">) => {
  const t = useTexts(themesTexts);
  if (theme.merged.length === 0) return null;
  return (
    <ul className="theme-merged" aria-label={t("mergedList")}>
      {theme.merged.map(({ id, name }) => (
        <li key={id}>
          + {name}
          {canEdit && (
            <ActionIcon variant="subtle" size="xs" aria-label={t("unmerge", { name })} onClick={() => work.unmerge.mutate(id, { onError: notifyFailed })}>
              <IconX size={12} aria-hidden />
            </ActionIcon>
          )}
        </li>
      ))}
    </ul>
  );
};

const ThemeFigures = ({ theme, themes }: { theme: Theme; themes: ThemesReply }) => {
  const t = useTexts(themesTexts);
  const shares = theme.trend.map((count, place) => ((themes.trendCounts[place] ?? 0) === 0 ? null : count / (themes.trendCounts[place] ?? 1)));
  const known = shares.filter((share) => share !== null);
  return (
    <div className="theme-figures">
      <span title={t("interval", { low: formatShare(theme.low, 1), high: formatShare(theme.high, 1) })}>
        <b>{formatShare(theme.share, theme.share > 0 && theme.share < 0.1 ? 1 : 0)}</b> <span className="quiet">{formatNumber(theme.count)}</span>
      </span>
      <ThemeFeeling theme={theme} />
      <ShareDelta change={theme.change} isMoreBad={theme.negative > theme.positive} />
      <span className="theme-trend" role="img" aria-label={t("trendOf", { name: theme.name, from: formatShare(known[0] ?? 0, 1), to: formatShare(known.at(-1) ?? 0, 1) })}>
        <Sparkline values={shares} tone={theme.negative > theme.positive ? "bad" : "brand"} />
      </span>
    </div>
  );
};

const ThemeNeeds = ({ theme }: { theme: Theme }) => {
  const t = useTexts(themesTexts);
  const say = useTexts(commentsTexts);
  if (theme.unmetNeeds.length === 0) return null;
  return (
    <p className="theme-needs">
      <span className="quiet">{t("unmetTitle")}</span>{" "}
      {theme.unmetNeeds.slice(0, needsShown).map(({ name, share }) => (
        <Link key={name} to="/comments" search={(before: object) => ({ ...before, theme: theme.id, need: name, polarity: "neg", view: undefined })}>
          {say(name)} {formatShare(share)}
        </Link>
      ))}
    </p>
  );
};
