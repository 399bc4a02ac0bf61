import { directions, mailPaces, sensitivities, watchedNames, type NewRule, type Rule, type TryRule, type WatchedName } from "./alerts.data.ts";

/** The rule as texts of a form; what has no field there is kept as it was. */
export type RuleForm = {
  what: string; direction: string; smallest: string; sensitivity: string; theme: string; survey: string; channel: string; touchpoint: string; name: string; owners: string; me: string; quietFrom: string; quietTo: string; hookUrl: string;
};

const usualSmallest = (what: WatchedName): number => {
  if (what === "urgent_comments" || what === "theme_comments") return 50;
  return { points: 5, percent: what === "response_rate" ? 5 : what === "csat" ? 3 : 2, scale: 0.15, count: 30 }[unitOf(what)];
};

export const isOfTheme = (what: WatchedName): boolean => what === "theme_share" || what === "theme_comments";

export const unitOf = (what: WatchedName): "points" | "percent" | "scale" | "count" => {
  if (what === "nps" || what === "sentiment") return "points";
  if (what === "ces" || what === "stars") return "scale";
  return what === "csat" || what === "theme_share" || what === "response_rate" || what.startsWith("unmet_") ? "percent" : "count";
};

/** What is usually watched for: falls of what is good, rises of what is not. */
export const usuals = (what: WatchedName): Pick<RuleForm, "direction" | "smallest"> => ({
  direction: what.startsWith("unmet_") || what === "urgent_comments" || isOfTheme(what) ? "up" : "down", smallest: String(usualSmallest(what)),
});

export const readRule = (rule: Rule | null, memberId: string): RuleForm => {
  if (rule === null) {
    return { what: "nps", ...usuals("nps"), sensitivity: "rarely", theme: "", survey: "", channel: "", touchpoint: "", name: "", owners: "never", me: "daily", quietFrom: "", quietTo: "", hookUrl: "" };
  }
  const { told } = rule;
  return {
    what: rule.what, direction: rule.direction, smallest: String(rule.smallestChange), sensitivity: rule.sensitivity,
    theme: rule.filters.theme ?? "", survey: rule.filters.survey?.join(",") ?? "", channel: rule.filters.channel?.join(", ") ?? "", touchpoint: rule.filters.touchpoint?.join(", ") ?? "", name: rule.name,
    owners: told.owners, me: told.members.find((member) => member.memberId === memberId)?.mail ?? "never", quietFrom: told.quiet?.from ?? "", quietTo: told.quiet?.to ?? "", hookUrl: rule.hookUrl ?? "",
  };
};

const listOf = (text: string): string[] => text.split(",").map((one) => one.trim()).filter((one) => one !== "");

/** What the form asks to be tried. */
export const toTrial = (form: RuleForm, rule: Rule | null): TryRule => {
  const what = watchedNames.find((known) => known === form.what) ?? "nps";
  const isAsked = what === "response_rate";
  // Who was asked is known by survey and way only.
  const { channel: _channel, touchpoint: _touchpoint, survey: _survey, theme: _theme, ...kept } = isAsked ? {} : rule?.filters ?? {};
  // Only a response rate has a field for its survey; what another rule says of surveys is kept as it was.
  const survey = isAsked || rule?.what === "response_rate" ? listOf(form.survey) : rule?.filters.survey ?? [];
  const lists = { channel: listOf(form.channel), touchpoint: isAsked ? [] : listOf(form.touchpoint), survey };
  const smallest = Number(form.smallest);
  return {
    what,
    filters: { ...kept, ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)), ...(isOfTheme(what) && form.theme !== "" ? { theme: form.theme } : {}) },
    direction: directions.find((known) => known === form.direction) ?? "down",
    sensitivity: sensitivities.find((known) => known === form.sensitivity) ?? "rarely",
    smallestChange: Number.isFinite(smallest) && smallest >= 0 && smallest <= 100 ? smallest : usualSmallest(what),
  };
};

/** What the form asks to be kept; members others have set stay as they are. */
export const toRule = (form: RuleForm, rule: Rule | null, memberId: string): NewRule => {
  const paceOf = (text: string): (typeof mailPaces)[number] => mailPaces.find((known) => known === text) ?? "never";
  const others = rule?.told.members.filter((member) => member.memberId !== memberId) ?? [];
  const quiet = form.quietFrom === "" || form.quietTo === "" ? null : { from: form.quietFrom, to: form.quietTo };
  return {
    ...toTrial(form, rule),
    name: form.name.trim() === "" ? undefined : form.name.trim(),
    told: { owners: paceOf(form.owners), members: [...others, ...(form.me === "never" ? [] : [{ memberId, mail: paceOf(form.me) }])], quiet },
    hookUrl: form.hookUrl.trim() === "" ? null : form.hookUrl.trim(),
    isOn: rule?.isOn ?? true,
  };
};
