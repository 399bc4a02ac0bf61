import { nameOfChannel } from "../../ui/channel-names.ts";
import type { TrendEvent } from "../../ui/charts/TrendEvents.tsx";
import { formatDayWithYear } from "../../ui/dates.ts";
import { formatNumber, formatP } from "../../ui/numbers.ts";
import { useTexts } from "../../ui/texts.ts";
import type { TrendBreak } from "./metrics.data.ts";
import { metricsTexts } from "./metrics.texts.ts";

/** Lines on the chart where it must not be read across; several on one day are one line. */
export const listBreakEvents = (breaks: readonly TrendBreak[]): TrendEvent[] =>
  [...new Set(breaks.map(({ at }) => at))].map((day) => {
    const kinds = new Set(breaks.flatMap(({ at, kind }) => (at === day ? [kind] : [])));
    return { at: new Date(day), label: [...kinds].map((kind) => metricsTexts.say(`break_${kind}`)).join(", "), isBreak: true };
  });

/** What changed on these days, in words: a line alone says that, not what. */
export const TrendBreaks = ({ breaks, timeZone }: { breaks: readonly TrendBreak[]; timeZone: string }) => {
  const t = useTexts(metricsTexts);
  if (breaks.length === 0) return null;
  return (
    <details className="trend-breaks">
      <summary>
        {t("breaks")}: {[...new Set(breaks.map(({ at }) => formatDayWithYear(new Date(at), timeZone)))].slice(0, 4).join(", ")}
        {new Set(breaks.map(({ at }) => at)).size > 4 && " …"}
      </summary>
      <ul>
        {breaks.map((one) => (
          <li key={`${one.at} ${one.kind} ${one.survey?.id ?? ""} ${one.after ?? ""}`}>
            <b>
              {formatDayWithYear(new Date(one.at), timeZone)}: {t(`break_${one.kind}`)}.
            </b>{" "}
            {describe(one)}
          </li>
        ))}
      </ul>
    </details>
  );
};

const describe = ({ kind, survey, before, after, chiSquare }: TrendBreak): string => {
  const t = metricsTexts.say;
  switch (kind) {
    case "wording":
      return t("breakWording", { survey: survey?.name ?? "", version: survey?.version ?? "", before: before ?? "", after: after ?? "" });
    case "scale":
      return t("breakScale", { before: before ?? "", after: after ?? "" });
    case "channel_mix":
      return t("breakMix", {
        before: sayChannel(before), after: sayChannel(after), size: formatNumber(chiSquare?.cramersV ?? 0, 2), statistic: formatNumber(chiSquare?.statistic ?? 0, 1),
        p: formatP(chiSquare?.p ?? 1),
      });
    case "weighting_changed":
      return t("breakWeights", { before: before ?? "", after: after ?? "", size: formatNumber(chiSquare?.cramersV ?? 0, 2), p: formatP(chiSquare?.p ?? 1) });
    case "model":
      return t("breakModel", { before: shorten(before), after: shorten(after) });
    case "formula":
      return t("breakFormula", { before: before ?? "", after: after ?? "" });
    case "weighting_began":
    case "weighting_ended":
      return t("breakWeighting");
  }
};

// A model is named by a long hash, and what a workspace taught it by a number behind.
const shorten = (model: string | null): string => {
  const [base = "", taught] = (model ?? "").split("+");
  return `${base.slice(0, 8)}${taught === undefined ? "" : ` + ${taught}`}`;
};

const sayChannel = (channel: string | null): string => (channel === null || channel === "" ? metricsTexts.say("noChannelName") : nameOfChannel(channel));
