import { Button, SegmentedControl } from "@mantine/core";
import { IconMap2, IconPlus } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useLive } from "../../shell/live.ts";
import { type Search, useTypedSearch } from "../../shell/search.ts";
import { useAbility } from "../../shell/session.data.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import type { Column } from "../../ui/table.ts";
import { type Translate, useTexts } from "../../ui/texts.ts";
import { Time } from "../../ui/Time.tsx";
import classes from "./Map.module.css";
import { useViewpointWords } from "./MapBadges.tsx";
import { mapTexts } from "./map.texts.ts";
import { type ListedMap, refreshMaps, useMaps } from "./maps.data.ts";
import { MapMenu } from "./MapMenu.tsx";
import { MapPersona } from "./MapPersona.tsx";
import { NewMapDialog } from "./NewMapDialog.tsx";

const readList = ({ archived }: Search) => ({ isArchived: archived === "yes" });

/** All drawn maps. */
export const MapListScreen = () => {
  const t = useTexts(mapTexts);
  const navigate = useNavigate();
  const [{ isArchived }, change] = useTypedSearch(readList);
  const maps = useMaps(isArchived);
  const mayWrite = useAbility("maps.write");
  const [isCreating, setCreating] = useState(false);
  useLive(["map.changed", "map.deleted"], () => void refreshMaps());
  const create = { label: t("newMap"), onClick: () => setCreating(true) };
  return (
    <>
      <PageHeader title={t("maps")} actions={mayWrite && <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={create.onClick}>{create.label}</Button>} />
      <DataTable
        name="maps"
        label={t("maps")}
        columns={columnsFor(t)}
        rows={maps.data?.items ?? []}
        rowKey={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: "/maps/$mapId", params: { mapId: id } })}
        isLoading={maps.isPending}
        error={maps.error}
        onRetry={() => void maps.refetch()}
        toolbar={<SegmentedControl size="xs" aria-label={t("whichMaps")} value={isArchived ? "yes" : "no"} onChange={(value) => change({ archived: value === "yes" ? "yes" : undefined })} data={[{ value: "no", label: t("inUse") }, { value: "yes", label: t("archived") }]} />}
        empty={isArchived ? <EmptyState title={t("noneArchived")} icon={IconMap2} /> : <EmptyState title={t("noMaps")} body={t("noMapsBody")} icon={IconMap2} {...(mayWrite ? { action: create, secondAction: { label: t("fromPath"), to: "/paths" } } : {})} />}
      />
      <NewMapDialog isOpen={isCreating} onClose={() => setCreating(false)} />
    </>
  );
};

const columnsFor = (t: Translate<(typeof mapTexts)["words"]>): Column<ListedMap>[] => [
  { key: "name", label: t("name"), isFixed: true, isSortable: true, value: ({ name }) => name, render: (map) => <Link className={classes.listName ?? ""} to="/maps/$mapId" params={{ mapId: map.id }} dir="auto">{map.name}</Link> },
  { key: "state", label: t("state"), width: 90, isSortable: true, value: ({ state }) => state, render: ({ state }) => <span className={`${classes.badge} ${state === "to_be" ? classes.toBe : ""}`}>{t(state === "to_be" ? "toBe" : "asIs")}</span> },
  { key: "viewpoint", label: t("viewpoint"), width: 200, render: (map) => <ViewpointCell map={map} /> },
  { key: "steps", label: t("stepsBound"), width: 130, align: "end", isSortable: true, value: ({ boundSteps }) => boundSteps, render: ({ steps, boundSteps }) => t("boundOf", { bound: boundSteps, steps }) },
  { key: "changed", label: t("changed"), width: 190, isSortable: true, value: ({ changedAt }) => changedAt, render: ({ changedAt, changedBy }) => <><Time at={changedAt} />{changedBy !== null && <span className="quiet"> {t("by", { name: changedBy })}</span>}</> },
  { key: "owner", label: t("owner"), width: 150, isSortable: true, value: ({ ownerName }) => ownerName, render: ({ ownerName }) => ownerName ?? <span className="quiet">{t("nobody")}</span> },
  { key: "more", label: t("actions"), width: 60, isFixed: true, align: "end", render: (map) => <MapMenu map={map} /> },
];

const ViewpointCell = ({ map }: { map: ListedMap }) => <span className={classes.withPersona}><MapPersona map={map} size={22} />{useViewpointWords(map)}</span>;
