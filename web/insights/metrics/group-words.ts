import { nameOfChannel } from "../../ui/channel-names.ts";
import { languageName, locale } from "../../ui/locale.ts";
import { nameOfNone, notNamed } from "../../ui/unnamed.ts";
import type { SplitKey } from "./metrics.data.ts";
import { asName } from "./scores.ts";

/** What to call a group: months and weekdays in words, languages by their names. */
export const nameOfGroup = (by: SplitKey, { value, label }: { value: string | null; label: string | null }): string => {
  if (value === null || value === notNamed) return nameOfNone(by);
  switch (by) {
    case "month":
      return new Intl.DateTimeFormat(locale(), { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${value}-01T00:00:00Z`));
    case "weekday":
      // The first of January 2024 was a Monday.
      return asName(new Intl.DateTimeFormat(locale(), { weekday: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2024, 0, Number(value)))));
    case "language":
      return languageName(value);
    case "channel":
      return nameOfChannel(label ?? value);
    default:
      return asName(label ?? value);
  }
};

/** Where an answer was given, in words: its touchpoint and its channel, as far as they are known. */
export const placeOf = ({ touchpoint, channel }: { touchpoint: string | null; channel: string | null }): string[] => [
  ...(touchpoint === null || touchpoint === "" ? [] : [asName(touchpoint)]),
  ...(channel === null || channel === "" ? [] : [nameOfChannel(channel)]),
];
