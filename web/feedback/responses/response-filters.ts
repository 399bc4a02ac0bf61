import type { Search } from "../../shell/search.ts";
import { nameOfChannel } from "../../ui/channel-names.ts";
import type { Filter } from "../../ui/FilterBar.tsx";
import { type Period, readPeriod } from "../../ui/period.ts";
import type { Translate } from "../../ui/texts.ts";
import { CHANNELS, type ResponseFilters } from "./responses.data.ts";
import type { responsesTexts } from "./responses.texts.ts";

type T = Translate<(typeof responsesTexts)["words"]>;

const SCORE_RANGES = ["0-6", "7-8", "9-10", "1-2", "3-3", "4-5"] as const;

/** The period in the address; all time when it says none. */
export const readResponsePeriod = (search: Search): Period => readPeriod(search, undefined, "all");

/** The filters in the address, under the names of the API. */
export const readResponseFilters = (asked: Search): ResponseFilters => {
  const { search, survey, state, outcome, channel, language, tag, score, comment, subject, customer } = asked;
  const period = readResponsePeriod(asked);
  const { from, to } = period.preset === "all" ? {} : period;
  const [scoreMin, scoreMax] = SCORE_RANGES.find((range) => range === score)?.split("-") ?? [];
  return Object.fromEntries(Object.entries({
    search, surveyId: survey, state, outcome, channel, language, tag, scoreMin, scoreMax, hasComment: comment === "yes" ? "true" : undefined,
    subject, customerId: customer, from, to,
  }).filter(([, value]) => value !== undefined && value !== ""));
};

/** The same as fields of the filter bar. */
export const filterFields = (
  t: T,
  raw: Search,
  known: { surveys: readonly { id: string; name: string }[]; tags: readonly { tag: string }[] },
): Filter[] => {
  const options = (values: readonly ("complete" | "partial" | "counted" | "flagged" | "screened_out" | "over_quota")[]) => values.map((value) => ({ value, label: t(value) }));
  const select = (name: string, label: string, of: readonly { value: string; label: string }[]): Filter => ({ kind: "select", name, label, value: raw[name], options: of });
  return [
    select("survey", t("survey"), known.surveys.map(({ id, name }) => ({ value: id, label: name }))),
    select("state", t("state"), options(["complete", "partial"])),
    select("outcome", t("outcome"), options(["counted", "flagged", "screened_out", "over_quota"])),
    select("score", t("scoreRange"), SCORE_RANGES.map((range) => ({ value: range, label: range === "3-3" ? "3" : range.replace("-", "–") }))),
    { kind: "switch", name: "comment", label: t("withComment"), value: raw["comment"] === "yes" },
    select("tag", t("tag"), known.tags.map(({ tag }) => ({ value: tag, label: tag }))),
    select("channel", t("channel"), CHANNELS.map((value) => ({ value, label: nameOfChannel(value) }))),
  ];
};
