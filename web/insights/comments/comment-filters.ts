import { useState } from "react";
import { useSession } from "../../shell/session.data.ts";
import { formatMoment } from "../../ui/dates.ts";
import type { Filter } from "../../ui/FilterBar.tsx";
import { languageName } from "../../ui/locale.ts";
import { useTexts } from "../../ui/texts.ts";
import { notNamed } from "../../ui/unnamed.ts";
import { nameOfGroup } from "../metrics/group-words.ts";
import { alertHoursTexts } from "../alerts/alert-hours.texts.ts";
import { withSeveral } from "../metrics/several-values.ts";
import { traitFilter } from "../metrics/home-filters.ts";
import { nameOfSplit } from "../metrics/metric-words.ts";
import { useSegments } from "../metrics/metrics.data.ts";
import { type CommentsSearch, placeNames, type PlaceName, toPlaceQuery } from "./comments-search.ts";
import { emotionNames, type GroupsReply, needNames, sentimentNames, type SummaryReply, useGroups, useNamed } from "./comments.data.ts";
import { commentsTexts } from "./comments.texts.ts";
import { useThemes } from "../themes/themes.data.ts";
import { themesTexts } from "../themes/themes.texts.ts";

/** The filters of the comments with what can be chosen: groups and languages that have comments in this period.
 *  @returns `look` is to be called when somebody looks for filters: what else there is to choose is asked for then */
export const useCommentFilters = (search: CommentsSearch, summary: SummaryReply | undefined): { filters: Filter[]; look: () => void } => {
  const t = useTexts(commentsTexts);
  const { timeZone } = useSession().workspace;
  // Without the places themselves, else choosing one channel would take the others away.
  const period = { from: search.period.from, to: search.period.to };
  const [isLooking, setLooking] = useState(false);
  const isNeeded = (name: PlaceName): boolean => isLooking || search.places[name] !== undefined;
  const groups: Record<PlaceName, GroupsReply | undefined> = {
    touchpoint: useGroups("touchpoint", period).data,
    channel: useGroups("channel", period).data,
    stage: useGroups("stage", period).data,
    survey: useGroups("survey", period).data,
    environment: useGroups("environment", period, isNeeded("environment")).data,
    product: useGroups("product", period, isNeeded("product")).data,
    source: useGroups("source", period, isNeeded("source")).data,
    team: useGroups("team", period, isNeeded("team")).data,
    department: useGroups("department", period, isNeeded("department")).data,
    member: useGroups("member", period, isNeeded("member")).data,
  };
  const segments = useSegments(isLooking || search.people.segment !== undefined || search.people.persona !== undefined).data?.items ?? [];
  const choice = (name: string, label: string, value: string | undefined, options: readonly { value: string; label: string }[]): Filter => ({ kind: "select", name, label, value, options: withSeveral(options, value) });
  const needs = needNames.map((need) => ({ value: need, label: t(need) }));
  const polarities = [{ value: "neg", label: t("unmet") }, { value: "pos", label: t("met") }, { value: "mix", label: t("mixed") }];
  const languages = (summary?.languages ?? []).map(({ name }) => ({ value: name, label: languageName(name) }));
  const themes = useThemes(toPlaceQuery(search)).data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  const named = (useNamed(toPlaceQuery(search)).data?.items ?? []).map(({ value, name }) => ({ value, label: name }));
  const filters = [
    ...(themes.length > 0 || search.theme !== undefined ? [choice("theme", themesTexts.say("theme"), search.theme, themes)] : []),
    ...(named.length > 0 || search.mention !== undefined ? [choice("mention", t("named"), search.mention, withChosen(named, search.mention))] : []),
    ...(search.comment === undefined ? [] : [choice("comment", t("oneComment"), search.comment, [{ value: search.comment, label: t("oneCommentOnly") }])]),
    ...(search.hours === null ? [] : [choice("at", alertHoursTexts.say("hours"), search.hours.from, [{ value: search.hours.from, label: alertHoursTexts.say("hoursOnly", { from: formatMoment(new Date(search.hours.from), timeZone), to: formatMoment(new Date(search.hours.to), timeZone) }) }])]),
    choice("need", t("need"), search.need, needs),
    ...(search.need === undefined ? [] : [choice("polarity", t("need"), search.polarity, polarities)]),
    choice("sentiment", t("sentiment"), search.sentiment, sentimentNames.map((name) => ({ value: name, label: t(name) }))),
    choice("emotion", t("emotion"), search.emotion, emotionNames.map((name) => ({ value: name, label: t(name) }))),
    ...placeNames.filter((name) => usual.includes(name) || search.places[name] !== undefined || groups[name]?.groups.some(({ value }) => value !== null)).map((name) => choice(name, t(name), search.places[name], optionsOf(name, groups[name]))),
    ...(["segment", "persona"] as const).flatMap((name) => {
      const named = segments.filter(({ story }) => name === "segment" || story !== null).map(({ id, name: label }) => ({ value: id, label }));
      return named.length === 0 ? [] : [choice(name, nameOfSplit(name), search.people[name], named)];
    }),
    ...traitFilter(search.people.trait),
    ...(languages.length > 1 || search.language !== undefined ? [choice("language", t("language"), search.language, languages)] : []),
    { kind: "switch", name: "urgent", label: t("urgentOnly"), value: search.isUrgent },
    { kind: "switch", name: "unsure", label: t("unsureOnly"), value: search.isUnsure },
  ] satisfies Filter[];
  return { filters, look: () => setLooking(true) };
};

// One that is named too rarely to be offered is called as the address writes it.
const withChosen = (named: readonly { value: string; label: string }[], chosen: string | undefined): readonly { value: string; label: string }[] =>
  chosen === undefined || named.some(({ value }) => value === chosen) ? named : [...named, { value: chosen, label: chosen.slice(chosen.indexOf(":") + 1) }];

// The others have a field only where comments name one.
const usual: readonly PlaceName[] = ["touchpoint", "channel", "stage", "survey"];

const optionsOf = (by: PlaceName, groups: GroupsReply | undefined): { value: string; label: string }[] =>
  (groups?.groups ?? []).map((group) => ({ value: group.value ?? notNamed, label: nameOfGroup(by, group) }));
