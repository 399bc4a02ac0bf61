import type { Query } from "../../shell/api.ts";
import type { Filter } from "../../ui/FilterBar.tsx";
import { useTexts } from "../../ui/texts.ts";
import { type FilterName, filterNames, type HomeSearch, notNamed } from "./home-search.ts";
import { type BreakdownReply, useNamedBreakdown, useSegments, useSurveyGroups } from "./metrics.data.ts";
import { metricsTexts } from "./metrics.texts.ts";
import { asName } from "./scores.ts";

/** The filters of Home with what can be chosen: groups that have answers in this period. */
export const useHomeFilters = (search: HomeSearch, query: Query, hasWeights: boolean): Filter[] => {
  const t = useTexts(metricsTexts);
  // Without the filters themselves, else choosing one channel would take the others away.
  const period: Query = { from: query.from, to: query.to, touchpoint: undefined, channel: undefined, stage: undefined, survey: undefined };
  const segments = useSegments().data?.items ?? [];
  const groups: Record<Exclude<FilterName, "segment">, BreakdownReply | undefined> = {
    touchpoint: useNamedBreakdown(search.metric, "touchpoint", period).data,
    channel: useNamedBreakdown(search.metric, "channel", period).data,
    stage: useNamedBreakdown(search.metric, "stage", period).data,
    survey: useSurveyGroups(search.metric, period).data,
  };
  const selects = filterNames.flatMap((name): Filter[] => {
    if (name === "segment") {
      const named = segments.map(({ id, name: label }) => ({ value: id, label }));
      return named.length === 0 ? [] : [{ kind: "select", name, label: t(name), value: search.filters[name], options: named }];
    }
    const options = (groups[name]?.groups ?? [])
      .filter(({ value }) => value !== null || name !== "survey")
      .map(({ value, label }) => ({ value: value ?? notNamed, label: value === null ? t("notNamed") : asName(label ?? value) }));
    return [{ kind: "select", name, label: t(name), value: search.filters[name], options }];
  });
  return hasWeights || search.isWeighted
    ? [...selects, { kind: "switch", name: "weighted", label: t("weighted"), value: search.isWeighted }]
    : selects;
};
