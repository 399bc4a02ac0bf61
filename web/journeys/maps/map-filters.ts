import { useSegmentChoices } from "../../customers/customers.parts.ts";
import type { Filter } from "../../ui/FilterBar.tsx";
import { useTexts } from "../../ui/texts.ts";
import { useChannelChoices } from "../channels/channels.data.ts";
import { compareTexts } from "./compare.texts.ts";
import { everybody, type MapSearch, periodBefore, yearBefore } from "./map-search.ts";
import { mapTexts } from "./map.texts.ts";

/** Who and what the figures of a map are about, and what they are compared with. */
export const useMapFilters = ({ segment, channel, against }: MapSearch): Filter[] => {
  const t = useTexts(mapTexts);
  const compare = useTexts(compareTexts);
  const { choices, failure } = useSegmentChoices({ chosen: [segment, against].map((id) => (isSegment(id) ? id : undefined)) });
  const channels = useChannelChoices();
  const whom = [{ value: everybody, label: compare("everybody") }, ...choices];
  return [
    { kind: "select", name: "segment", label: t("segment"), value: segment, options: whom, failure },
    { kind: "select", name: "channel", label: t("channel"), value: channel, options: channels },
    { kind: "select", name: "against", label: t("compareWith"), value: against, unset: compare("nothing"), options: [{ value: periodBefore, label: compare("periodBefore") }, { value: yearBefore, label: compare("yearBefore") }, ...whom], failure },
  ];
};

/** Whether it is a segment's id, and none of the words that stand in place of one. */
export const isSegment = (id: string | undefined): boolean => id !== undefined && ![everybody, periodBefore, yearBefore].includes(id);
