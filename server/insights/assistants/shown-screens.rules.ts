import { betweenValues, narrowingNames } from "../metrics/narrowing.rules.ts";

/** A screen that shows what a tool tells, and what arguments are called in its address. `narrows`: it takes the filters that hold for everything. */
export type Screen = { path: string; narrows?: boolean; called?: Readonly<Record<string, readonly string[]>> };

/** Which part of the same figures is told, or how closely, is no other figure. */
const paging: readonly string[] = ["cursor", "limit", "start", "top", "scale"];
const day = /^\d{4}-\d\d-\d\d$/u;

/** The address under which a person sees the figures a tool told, so that they can be checked.
 *  @param given arguments of the tool
 *  @returns null where no screen shows just these: of a period that is not told in whole days, or narrowed by what the screen cannot be narrowed by */
export const addressOf = ({ path, narrows = false, called = {} }: Screen, given: Readonly<Record<string, unknown>>): string | null => {
  const address = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || paging.includes(name)) continue;
    const isPeriod = name === "from" || name === "to";
    const names = called[name] ?? (isPeriod || (narrows && narrowingNames.some((known) => known === name)) ? [name] : null);
    const text = textOf(value);
    if (names === null || text === null || (isPeriod && !day.test(text))) return null;
    for (const one of names) address.set(one, text);
  }
  return address.has("from") === address.has("to") ? `${path}${address.size === 0 ? "" : `?${address}`}` : null;
};

const textOf = (value: unknown): string | null => {
  const texts = (Array.isArray(value) ? value : [value]).map((one) => (typeof one === "string" || typeof one === "number" ? String(one) : null));
  // Addresses write "not named" so.
  return texts.includes(null) ? null : texts.map((one) => (one === "" ? "(none)" : one)).join(betweenValues);
};
