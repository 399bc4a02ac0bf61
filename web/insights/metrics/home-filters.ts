import { useState } from "react";
import type { Query } from "../../shell/api.ts";
import type { Filter } from "../../ui/FilterBar.tsx";
import { useTexts } from "../../ui/texts.ts";
import { notNamed } from "../../ui/unnamed.ts";
import { nameOfGroup } from "./group-words.ts";
import { type FilterName, filterNames, type HomeSearch } from "./home-search.ts";
import { type BreakdownReply, type MetricKey, useBreakdown, useNamedBreakdown, useSegments, useSurveyGroups } from "./metrics.data.ts";
import { nameOfSplit } from "./metric-words.ts";
import { metricsTexts } from "./metrics.texts.ts";
import { listOfValues, withSeveral } from "./several-values.ts";

type Further = "environment" | "product" | "source" | "team" | "department" | "member";
type Grouped = Exclude<FilterName, "segment" | "persona">;
type Searched = HomeSearch & { metric: MetricKey };

/** The filters of Home with what can be chosen: groups that have answers in this period.
 *  @returns `look` is to be called when somebody looks for filters: what else there is to choose is asked for then */
export const useHomeFilters = (search: Searched, query: Query, hasWeights: boolean): { filters: Filter[]; look: () => void } => {
  const t = useTexts(metricsTexts);
  const [isLooking, setLooking] = useState(false);
  // Without the filters themselves, else choosing one channel would take the others away.
  const period: Query = { from: query.from, to: query.to };
  const segments = useSegments().data?.items ?? [];
  const groups: Record<Grouped, BreakdownReply | undefined> = {
    touchpoint: useNamedBreakdown(search.metric, "touchpoint", period).data,
    channel: useNamedBreakdown(search.metric, "channel", period).data,
    stage: useNamedBreakdown(search.metric, "stage", period).data,
    survey: useSurveyGroups(search.metric, period).data,
    ...useFurtherGroups(search, period, isLooking),
  };
  const selects = filterNames.flatMap((name): Filter[] => {
    const value = search.filters[name];
    if (name === "segment" || name === "persona") {
      const named = segments.filter(({ story }) => name === "segment" || story !== null).map(({ id, name: label }) => ({ value: id, label }));
      return named.length === 0 ? [] : [{ kind: "select", name, label: t(name), value, options: withSeveral(named, value) }];
    }
    const found = groups[name]?.groups ?? [];
    // Most organisations have no teams or products in their answers, and need no field for them.
    if (isFurther(name) && value === undefined && found.every((group) => group.value === null)) return [];
    const options = found
      .filter((group) => group.value !== null || name !== "survey")
      .map((group) => ({ value: group.value ?? notNamed, label: nameOfGroup(name, group) }));
    return [{ kind: "select", name, label: t(name), value, options: withSeveral(options, value) }];
  });
  const filters: Filter[] = [
    ...selects,
    ...traitFilter(search.filters.trait),
    ...(hasWeights || search.isWeighted ? [{ kind: "switch" as const, name: "weighted", label: t("weighted"), value: search.isWeighted }] : []),
  ];
  return { filters, look: () => setLooking(true) };
};

/** A trait another screen narrowed to, written `plan=gold`: shown so that it can be taken away. */
export const traitFilter = (trait: string | undefined): Filter[] => {
  if (trait === undefined || !trait.includes("=")) return [];
  const values = listOfValues(trait) ?? [];
  const label = values.map((one) => one.slice(one.indexOf("=") + 1)).join(", ");
  const at = trait.indexOf("=");
  return [{ kind: "select", name: "trait", label: nameOfSplit(`trait:${trait.slice(0, at)}`), value: trait, options: [{ value: trait, label }] }];
};

const further = ["environment", "product", "source", "team", "department", "member"] as const satisfies readonly Further[];
const isFurther = (name: Grouped): name is Further => further.some((one) => one === name);

const useFurtherGroups = ({ metric, filters }: Searched, period: Query, isLooking: boolean): Record<Further, BreakdownReply | undefined> => {
  const isAsked = metric !== "response_rate";
  const isNeeded = (name: Further): boolean => isAsked && (isLooking || filters[name] !== undefined);
  return {
    environment: useBreakdown(metric, "environment", period, isNeeded("environment")).data,
    product: useBreakdown(metric, "product", period, isNeeded("product")).data,
    source: useBreakdown(metric, "source", period, isNeeded("source")).data,
    team: useBreakdown(metric, "team", period, isNeeded("team")).data,
    department: useBreakdown(metric, "department", period, isNeeded("department")).data,
    member: useBreakdown(metric, "member", period, isNeeded("member")).data,
  };
};
