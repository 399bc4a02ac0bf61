import type { MatchingRule, TouchpointKind, TouchpointNature } from "@firsthand/server/journeys/touchpoints/touchpoints.contract";

/** In the order in which customers meet them. */
export const kinds: readonly TouchpointKind[] = [
  "advertising", "website", "app", "search", "social", "comparison_site", "shop", "purchase", "offer", "packaging", "delivery", "product",
  "invoice", "message", "support", "self_service", "return", "warranty", "renewal", "leaving", "survey", "other",
];

export const natures: readonly TouchpointNature[] = ["physical", "digital", "human"];

/** Whether a rule says anything yet; the server refuses one that does not. */
export const saysSomething = (rule: MatchingRule): boolean => Object.values(rule).some((part) => part !== undefined && part.length > 0);

/** The rules as the server takes them: without empty rules, empty lists and conditions on no field. */
export const tidyRules = (rules: readonly MatchingRule[]): MatchingRule[] =>
  rules.map(tidyRule).filter(saysSomething);

const tidyRule = (rule: MatchingRule): MatchingRule => {
  const properties = rule.properties?.filter(({ field }) => field.trim() !== "");
  return {
    ...(isFilled(rule.types) ? { types: rule.types } : {}),
    ...(isFilled(rule.names) ? { names: rule.names } : {}),
    ...(isFilled(rule.channels) ? { channels: rule.channels } : {}),
    ...(isFilled(rule.pages) ? { pages: rule.pages } : {}),
    ...(isFilled(properties) ? { properties } : {}),
  };
};

const isFilled = <Item>(list: Item[] | undefined): list is Item[] => list !== undefined && list.length > 0;
