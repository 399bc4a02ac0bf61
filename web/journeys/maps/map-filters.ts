import type { Filter } from "../../ui/FilterBar.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type MapSearch, periodBefore } from "./map-search.ts";
import { mapTexts } from "./map.texts.ts";
import { useChannelNames, useMapSegments } from "./maps.data.ts";

/** Who and what the figures of a map are about, and what they are compared with. */
export const useMapFilters = ({ segment, channel, against }: MapSearch): Filter[] => {
  const t = useTexts(mapTexts);
  const segments = (useMapSegments().data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const channels = useChannelNames().map((name) => ({ value: name, label: name }));
  return [
    { kind: "select", name: "segment", label: t("segment"), value: segment, options: segments },
    { kind: "select", name: "channel", label: t("channel"), value: channel, options: channels },
    { kind: "select", name: "against", label: t("compareWith"), value: against, options: [{ value: periodBefore, label: t("periodBefore") }, ...segments] },
  ];
};
