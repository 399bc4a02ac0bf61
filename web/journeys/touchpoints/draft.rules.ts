import type { MatchingRule, TouchpointKind } from "@firsthand/server/journeys/touchpoints/touchpoints.contract";

export const kinds: readonly TouchpointKind[] = ["advert", "page", "app", "visit", "purchase", "delivery", "message", "conversation", "document", "service", "survey", "other"];

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
