import { useSegmentChoices } from "../../customers/customers.parts.ts";
import type { Filter } from "../../ui/FilterBar.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useChannelChoices } from "../channels/channels.data.ts";
import { type MapSearch, periodBefore } from "./map-search.ts";
import { mapTexts } from "./map.texts.ts";

/** Who and what the figures of a map are about, and what they are compared with. */
export const useMapFilters = ({ segment, channel, against }: MapSearch): Filter[] => {
  const t = useTexts(mapTexts);
  const { choices, failure } = useSegmentChoices({ chosen: [segment, against === periodBefore ? undefined : against] });
  const channels = useChannelChoices();
  return [
    { kind: "select", name: "segment", label: t("segment"), value: segment, options: choices, failure },
    { kind: "select", name: "channel", label: t("channel"), value: channel, options: channels },
    { kind: "select", name: "against", label: t("compareWith"), value: against, options: [{ value: periodBefore, label: t("periodBefore") }, ...choices], failure },
  ];
};
