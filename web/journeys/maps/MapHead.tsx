import { ActionIcon, Button } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconChevronLeft, IconGitCompare, IconHistory, IconMessageCircle, IconPrinter } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { Search } from "../../shell/search.ts";
import { FilterBar } from "../../ui/FilterBar.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useMapComments } from "./comments.data.ts";
import classes from "./Map.module.css";
import { MapBadges } from "./MapBadges.tsx";
import { useDrawing } from "./map-drawing.ts";
import { useMapFilters } from "./map-filters.ts";
import type { MapSearch } from "./map-search.ts";
import type { MapStore, SavingState } from "./map-store.ts";
import { mapTexts } from "./map.texts.ts";
import type { JourneyMap } from "./maps.data.ts";
import { MapMenu } from "./MapMenu.tsx";
import { PresentMembers } from "./PresentMembers.tsx";
import { SavingMark } from "./SavingMark.tsx";
import type { Session } from "./session.rules.ts";
import { StateSwitch } from "./StateSwitch.tsx";

type MapHeadProps = {
  map: JourneyMap; store: MapStore; session: Session; saving: SavingState; failure: unknown; search: MapSearch; change: (patch: Search) => void; onKeys: () => void;
};

/** Above the drawing: what it is about, from which data, and what can be done with it as a whole. */
export const MapHead = ({ map, store, session, saving, failure, search, change, onKeys }: MapHeadProps) => {
  const t = useTexts(mapTexts);
  const { mayWrite, undo, redo } = useDrawing();
  const comments = useMapComments(map.id);
  const filters = useMapFilters(search);
  const open = comments.data?.items.filter(({ resolvedAt }) => resolvedAt === null).length ?? 0;
  const toggle = (panel: "history" | "comments"): void => change({ panel: search.panel === panel ? undefined : panel });
  return (
    <>
      <PageHeader title={map.name} back={<Link to="/maps" aria-label={t("allMaps")} className={classes.back ?? ""}><IconChevronLeft size={16} aria-hidden /></Link>}
        actions={
          <>
            <PresentMembers mapId={map.id} />
            <StateSwitch map={map} isDifference={search.view === "difference"} />
            <Button variant="default" leftSection={<IconPrinter size={14} aria-hidden />} className={classes.wideOnly ?? ""} onClick={() => change({ view: "sheets" })}>{t("print")}</Button>
            <MapMenu map={map} change={change} onKeys={onKeys} isOpenHere />
          </>
        } />
      <div className={classes.toolbar}>
        <MapBadges map={map} search={search} change={change} />
        <div className={classes.tools}>
          {mayWrite && (
            <>
              <SavingMark saving={saving} failure={failure} waiting={session.waiting.length} refused={store.shown().refused?.edits.length ?? 0} onRetry={store.retry} onDiscard={store.discard} />
              <ActionIcon variant="default" size={30} aria-label={t("undo")} title={t("undo")} disabled={session.past.length === 0} onClick={undo}><IconArrowBackUp size={16} aria-hidden /></ActionIcon>
              <ActionIcon variant="default" size={30} aria-label={t("redo")} title={t("redo")} disabled={session.future.length === 0} onClick={redo}><IconArrowForwardUp size={16} aria-hidden /></ActionIcon>
            </>
          )}
          <ActionIcon variant="default" size={30} aria-label={t("history")} title={t("history")} onClick={() => toggle("history")}><IconHistory size={16} aria-hidden /></ActionIcon>
          <Button variant="default" leftSection={<IconMessageCircle size={15} aria-hidden />} onClick={() => toggle("comments")}>{open > 0 ? t("commentsCounted", { count: open }) : t("comments")}</Button>
          <Button variant="default" leftSection={<IconGitCompare size={15} aria-hidden />}
            renderRoot={(props) => <Link {...props} to="/maps/$mapId/deviations" params={{ mapId: map.id }} search={({ period, from, to, segment, channel, customer }: Search) => ({ period, from, to, segment, channel, customer })} />}>{t("realBesidePlanned")}</Button>
          <FilterBar period={search.period} filters={filters} onChange={change} />
        </div>
      </div>
    </>
  );
};
