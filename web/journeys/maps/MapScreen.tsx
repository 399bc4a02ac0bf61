import { useParams } from "@tanstack/react-router";
import { ApiError } from "../../shell/api.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { useTexts } from "../../ui/texts.ts";
import { mapTexts } from "./map.texts.ts";
import { useMap } from "./maps.data.ts";
import { MissingMap } from "./MissingMap.tsx";
import { OpenMap } from "./OpenMap.tsx";

/** One map: to read, and for who may, to draw. */
export const MapScreen = () => {
  const t = useTexts(mapTexts);
  const { mapId = "" } = useParams({ strict: false });
  const map = useMap(mapId);
  if (map.isPending) return <><PageHeader title={t("map")} /><Loading kind="page" /></>;
  if (map.data === undefined && map.error instanceof ApiError && map.error.status === 404) return <MissingMap key={mapId} mapId={mapId} error={map.error} onRetry={() => void map.refetch()} />;
  if (map.data === undefined) return <><PageHeader title={t("map")} /><ErrorState error={map.error} onRetry={() => void map.refetch()} /></>;
  return <OpenMap key={mapId} map={map.data} />;
};
