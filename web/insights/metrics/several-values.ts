import { betweenValues } from "@firsthand/server/insights/metrics/narrowing.rules";
import type { Choice } from "../../ui/choices.ts";
import { notNamed } from "../../ui/unnamed.ts";

/** What a filter of an address asks the server for; an alert about two shops leads to both.
 *  @param value one value or several with a separator between them */
export const listOfValues = (value: string | undefined): string[] | undefined =>
  value === undefined || value === "" ? undefined : value.split(betweenValues).map((one) => (one === notNamed ? "" : one));

/** Choices with the chosen ones as a choice of its own, where several are chosen: a field for one shows them, and takes them away together. */
export const withSeveral = (offered: readonly Choice[], value: string | undefined): readonly Choice[] => {
  if (value?.includes(betweenValues) !== true) return offered;
  const label = value.split(betweenValues).map((one) => offered.find((known) => known.value === one)?.label ?? one).join(", ");
  return [...offered, { value, label }];
};
