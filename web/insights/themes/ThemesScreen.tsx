import { Button, SegmentedControl } from "@mantine/core";
import { IconTags } from "@tabler/icons-react";
import { useState } from "react";
import type { Search } from "../../shell/search.ts";
import { useTypedSearch } from "../../shell/search.ts";
import { useAbility } from "../../shell/session.data.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { DropOnto } from "../../ui/DropOnto.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { ActiveFilters, FilterBar } from "../../ui/FilterBar.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { notifyFailed } from "../../ui/notices.tsx";
import { formatNumber } from "../../ui/numbers.ts";
import { Time } from "../../ui/Time.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useCommentFilters } from "../comments/comment-filters.ts";
import { MergeDialog, mergeThemes } from "./MergeDialog.tsx";
import { NewThemePanel } from "./NewThemePanel.tsx";
import { ThemeItem } from "./ThemeItem.tsx";
import { ThemesProgress } from "./ThemesProgress.tsx";
import { notOfThemes, readThemesSearch, toThemesQuery } from "./themes-search.ts";
import { type Theme, type ThemesReply, type ThemeWork, useFreshThemes, useThemes, useThemeWork } from "./themes.data.ts";
import { themesTexts } from "./themes.texts.ts";
import "./themes.css";

/** What customers write about, in themes that people name, merge and hide. */
export const ThemesScreen = () => {
  const t = useTexts(themesTexts);
  const [search, change] = useTypedSearch(readThemesSearch);
  useFreshThemes();
  const themes = useThemes(toThemesQuery(search));
  const work = useThemeWork();
  const canEdit = useAbility("themes.edit");
  const { filters: all, look } = useCommentFilters(search, undefined);
  const filters = all.filter(({ name }) => !notOfThemes.includes(name));
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          <>
            <FilterBar period={search.period} filters={filters} onChange={change} onLook={look} />
            {canEdit && <Button onClick={() => change({ make: "open" })}>{t("make")}</Button>}
          </>
        }
      />
      <ActiveFilters filters={filters} onChange={change} />
      {themes.isPending ? (
        <Loading kind="page" />
      ) : themes.isError ? (
        <ErrorState error={themes.error} onRetry={() => void themes.refetch()} />
      ) : (
        <Shown themes={themes.data} work={work} canEdit={canEdit} isHiddenShown={search.isHiddenShown} isAllTime={search.period.preset === "all"} onChange={change} />
      )}
      <NewThemePanel isOpen={search.isMaking} work={work} onClose={() => change({ make: undefined })} />
    </>
  );
};

type ShownProps = { themes: ThemesReply; work: ThemeWork; canEdit: boolean; isHiddenShown: boolean; isAllTime: boolean; onChange: (patch: Search) => void };

const Shown = ({ themes, work, canEdit, isHiddenShown, isAllTime, onChange }: ShownProps) => {
  const t = useTexts(themesTexts);
  const [merging, setMerging] = useState<Theme | null>(null);
  const [dropped, setDropped] = useState<{ theme: Theme; into: Theme } | null>(null);
  const [removing, setRemoving] = useState<Theme | null>(null);
  const { items, discovery } = themes;
  const isRunning = discovery?.state === "running";
  const discover = (): void => work.discover.mutate(undefined, { onError: notifyFailed });
  if (items.length === 0 && !isHiddenShown && discovery?.state !== "done") {
    if (isRunning) return <ThemesProgress discovery={discovery} />;
    const isReady = themes.commentsRead >= themes.commentsMin;
    return (
      <EmptyState
        icon={IconTags} title={t("empty")} body={isReady ? t("emptyReady") : t("emptyFew", { needed: formatNumber(themes.commentsMin), count: themes.commentsRead })}
        {...(isReady && canEdit ? { action: { label: t("discover"), onClick: discover, isBusy: work.discover.isPending } } : {})}
      />
    );
  }
  return (
    <>
      <div className="themes-bar">
        <SegmentedControl size="xs" aria-label={t("view")} value={isHiddenShown ? "hidden" : "shown"} onChange={(view) => onChange({ view: view === "hidden" ? view : undefined })} data={[{ value: "shown", label: t("shown") }, { value: "hidden", label: t("hidden") }]} />
        <p className="quiet">
          {!isHiddenShown && t("subtitle", { withTheme: formatNumber(themes.withTheme), count: themes.count })}
          {themes.discoveredAt !== null && <> {t("lastLooked")} <Time at={themes.discoveredAt} kind="absolute" />.</>}
          {discovery?.state === "failed" && <> {t("failed")}</>}
        </p>
        {canEdit && themes.commentsRead >= themes.commentsMin && <Button size="xs" variant="default" title={t("discoverHint")} disabled={isRunning} loading={work.discover.isPending} onClick={discover}>{t("discoverAgain")}</Button>}
      </div>
      {isRunning && <ThemesProgress discovery={discovery} />}
      {items.length === 0 ? (
        <EmptyState icon={IconTags} title={t(isHiddenShown ? "noneHidden" : "noneHere")} {...(isHiddenShown || isAllTime ? {} : { body: t("noneHereBody"), action: { label: t("allTime"), onClick: () => onChange({ period: "all", from: undefined, to: undefined }) } })} />
      ) : (
        <DropOnto onDrop={(id, onto) => setDropped(findBoth(items, id, onto))} sayOver={(id, onto) => t("dropHere", { name: findBoth(items, id, onto)?.theme.name ?? "", into: findBoth(items, id, onto)?.into.name ?? "" })}>
          <ul className="themes" aria-label={t("title")}>
            {items.map((theme) => (
              <ThemeItem key={theme.id} theme={theme} themes={themes} work={work} canEdit={canEdit} onMerge={() => setMerging(theme)} onRemove={() => setRemoving(theme)} />
            ))}
          </ul>
        </DropOnto>
      )}
      <MergeDialog theme={merging} themes={items} work={work} onClose={() => setMerging(null)} />
      <ConfirmDialog
        isOpen={dropped !== null} onClose={() => setDropped(null)} title={t("dropTitle", { name: dropped?.theme.name ?? "", into: dropped?.into.name ?? "" })} confirmLabel={t("mergeDo")}
        body={t("dropBody", { count: dropped?.theme.count ?? 0, name: dropped?.theme.name ?? "", into: dropped?.into.name ?? "" })}
        onConfirm={async () => dropped !== null && (await mergeThemes(work, t, dropped.theme, dropped.into))}
      />
      <ConfirmDialog
        isOpen={removing !== null} onClose={() => setRemoving(null)} title={t("removeTitle", { name: removing?.name ?? "" })} body={t("removeBody")} confirmLabel={t("remove")} isDangerous
        onConfirm={async () => removing !== null && (await work.remove.mutateAsync(removing.id))}
      />
    </>
  );
};

const findBoth = (themes: readonly Theme[], id: string, onto: string): { theme: Theme; into: Theme } | null => {
  const [theme, into] = [id, onto].map((wanted) => themes.find((one) => one.id === wanted));
  return theme === undefined || into === undefined ? null : { theme, into };
};
