import type { WidgetConfig } from "@firsthand/server/feedback/widgets/widgets.contract";

export type PlacedSurvey = WidgetConfig["surveys"][number];

/** What this device remembers of surveys on this website: the lot it drew for each, and when it saw each. */
export type Memory = { lots: Record<string, number>; seen: Record<string, number> };

const DAY_MS = 86_400_000;

/** Whether a survey belongs on a page.
 *  @param href whole address of the page */
export function belongsOn(survey: Pick<PlacedSurvey, "addresses" | "exceptAddresses">, href: string): boolean {
  const { addresses, exceptAddresses } = survey;
  return (addresses.length === 0 || addresses.some((pattern) => matches(pattern, href))) && !exceptAddresses.some((pattern) => matches(pattern, href));
}

/** Whether this device may see a survey now: it drew a lot that is in, has not seen it too lately, and no other one either.
 *  @param now milliseconds since 1970 */
export function isDue(survey: Pick<PlacedSurvey, "slug" | "samplePercent" | "againAfterDays" | "quietDays">, memory: Memory, now: number): boolean {
  const { slug, samplePercent, againAfterDays, quietDays } = survey;
  const { [slug]: seenAt, ...others } = memory.seen;
  if ((memory.lots[slug] ?? 100) >= samplePercent) return false;
  if (seenAt !== undefined && (againAfterDays === null || now - seenAt < againAfterDays * DAY_MS)) return false;
  return Object.values(others).every((at) => now - at >= quietDays * DAY_MS);
}

// "*" stands for anything; a pattern that begins with "/" is about the path alone, so that it holds on every host and with any query.
function matches(pattern: string, href: string): boolean {
  const { pathname, search, origin } = new URL(href);
  const address = `${pattern.startsWith("/") ? "" : origin}${pathname}${pattern.includes("?") ? search : ""}`;
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return address === pattern;
  const last = rest.pop() ?? "";
  if (!address.startsWith(first) || !address.endsWith(last) || address.length < first.length + last.length) return false;
  let from = first.length;
  return rest.every((part) => {
    const at = address.indexOf(part, from);
    from = at + part.length;
    return at !== -1 && from <= address.length - last.length;
  });
}
