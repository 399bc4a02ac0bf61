import { chatServices, directions, mailPaces, sensitivities, watchedNames, type ChatAddress, type Rule, type RuleChoice, type TryRule, type WatchedName } from "./alerts.data.ts";

/** What a rule is narrowed to, but for its theme or formula. */
export type RuleFilters = Omit<Rule["filters"], "theme" | "metric">;

/** The rule as texts of a form; its filters are lists and stand beside it. */
export type RuleForm = {
  what: string; direction: string; smallest: string; sensitivity: string; theme: string; metric: string; name: string; owners: string; me: string; quietFrom: string; quietTo: string; hook: string; hookUrl: string;
  chat: string; chatUrl: string;
};

const usualSmallest = (what: WatchedName): number => {
  if (what === "urgent_comments" || what === "theme_comments") return 50;
  if (isOfFacts(what)) return 3;
  if (what === "stars" || what === "rating" || what === "custom") return 0.1;
  return { points: 5, percent: what === "response_rate" ? 5 : what === "csat" ? 3 : 2, scale: 0.15, count: 30 }[unitOf(what)];
};

export const isOfTheme = (what: WatchedName): boolean => what === "theme_share" || what === "theme_comments";

/** Needs measured from facts. */
export const isOfFacts = (what: WatchedName): boolean => what.startsWith("fact_");

export const unitOf = (what: WatchedName): "points" | "percent" | "scale" | "count" => {
  if (what === "nps" || what === "sentiment") return "points";
  if (what === "ces" || what === "stars" || what === "rating" || what === "custom") return "scale";
  return what === "csat" || what === "theme_share" || what === "response_rate" || /^(?:unmet|met|fact)_/u.test(what) ? "percent" : "count";
};

/** What is usually watched for: falls of what is good, rises of what is not. */
export const usuals = (what: WatchedName): Pick<RuleForm, "direction" | "smallest"> => ({
  direction: what.startsWith("unmet_") || isOfFacts(what) || what === "urgent_comments" || isOfTheme(what) ? "up" : "down", smallest: String(usualSmallest(what)),
});

/** The usual size for a formula: a fortieth of its scale, as 0.1 is of one to five. */
export const smallestOfScale = ({ scaleMin, scaleMax }: { scaleMin: number; scaleMax: number }): string => String(Math.abs(scaleMax - scaleMin) / 40);

export const readRule = (rule: Rule | null, memberId: string): RuleForm => {
  if (rule === null) {
    return { what: "nps", ...usuals("nps"), sensitivity: "rarely", theme: "", metric: "", name: "", owners: "never", me: "daily", quietFrom: "", quietTo: "", hook: "", hookUrl: "", chat: "", chatUrl: "" };
  }
  const { told } = rule;
  return {
    what: rule.what, direction: rule.direction, smallest: String(rule.smallestChange), sensitivity: rule.sensitivity,
    theme: rule.filters.theme ?? "", metric: rule.filters.metric ?? "", name: rule.name,
    owners: told.owners, me: told.members.find((member) => member.memberId === memberId)?.mail ?? "never", quietFrom: told.quiet?.from ?? "", quietTo: told.quiet?.to ?? "", 
    hook: rule.hookHost === null ? "" : "signed", hookUrl: "",
    chat: rule.chat?.service ?? "", chatUrl: "",
  };
};

export const readFilters = (rule: Rule | null): RuleFilters => {
  const { theme: _theme, metric: _metric, ...filters } = rule?.filters ?? {};
  return filters;
};

export type ToldMember = Rule["told"]["members"][number];

/** The other members who get a mail. */
export const readColleagues = (rule: Rule | null, memberId: string): ToldMember[] => rule?.told.members.filter((member) => member.memberId !== memberId) ?? [];

/** Whoever was chosen before keeps the pace she has. */
export const chooseColleagues = (before: readonly ToldMember[], ids: readonly string[], pace: ToldMember["mail"]): ToldMember[] =>
  ids.map((memberId) => before.find((one) => one.memberId === memberId) ?? { memberId, mail: pace });

export const paceOf = (text: string): (typeof mailPaces)[number] => mailPaces.find((known) => known === text) ?? "never";

/** What stays chosen when something else is to be watched: ways of asking are others than channels of answers, and who was asked is known by these and the survey alone;
 *  facts are of no survey. */
export const filtersAfter = (filters: RuleFilters, before: WatchedName, after: WatchedName): RuleFilters => {
  const { channel: _channel, survey, ...kept } = filters;
  if (isOfFacts(after) && before !== "response_rate" && survey !== undefined) return { ...kept, ...(filters.channel === undefined ? {} : { channel: filters.channel }) };
  if ((before === "response_rate") === (after === "response_rate")) return filters;
  return after === "response_rate" ? {} : kept;
};

/** The chat written into the form; null where none is, or the one there was stays. */
export const readChat = ({ chat, chatUrl }: Pick<RuleForm, "chat" | "chatUrl">): ChatAddress | null => {
  const service = chatServices.find((known) => known === chat);
  return service === undefined || chatUrl.trim() === "" ? null : { service, url: chatUrl.trim() };
};

/** Whose address this is, as far as its host tells; people with a chat of their own have to say it. */
export const serviceOf = (url: string): (typeof chatServices)[number] | null => {
  const host = URL.canParse(url.trim()) ? new URL(url.trim()).hostname : "";
  if (host === "hooks.slack.com") return "slack";
  if (host === "chat.googleapis.com") return "google_chat";
  if (host === "discord.com" || host === "discordapp.com") return "discord";
  return /\.(?:webhook\.office\.com|logic\.azure\.com|powerplatform\.com)$/u.test(host) ? "teams" : null;
};

/** What the form asks to be tried. */
export const toTrial = (form: RuleForm, filters: RuleFilters): TryRule => {
  const what = watchedNames.find((known) => known === form.what) ?? "nps";
  const smallest = Number(form.smallest);
  return {
    what,
    filters: {
      ...Object.fromEntries(Object.entries(filters).filter(([, values]) => values.length > 0)), ...(isOfTheme(what) && form.theme !== "" ? { theme: form.theme } : {}),
      ...(what === "custom" && form.metric !== "" ? { metric: form.metric } : {}),
    },
    direction: directions.find((known) => known === form.direction) ?? "down",
    sensitivity: sensitivities.find((known) => known === form.sensitivity) ?? "rarely",
    smallestChange: Number.isFinite(smallest) && smallest >= 0 && smallest <= 100 ? smallest : usualSmallest(what),
  };
};

/** What the form asks to be kept.
 *  @param colleagues who else gets a mail; left out, whoever got one before */
export const toRule = (form: RuleForm, filters: RuleFilters, { rule, memberId, colleagues = readColleagues(rule, memberId) }: { rule: Rule | null; memberId: string; colleagues?: readonly ToldMember[] }): RuleChoice => {
  const quiet = form.quietFrom === "" || form.quietTo === "" ? null : { from: form.quietFrom, to: form.quietTo };
  return {
    ...toTrial(form, filters),
    name: form.name.trim() === "" ? undefined : form.name.trim(),
    told: { owners: paceOf(form.owners), members: [...colleagues, ...(form.me === "never" ? [] : [{ memberId, mail: paceOf(form.me) }])], quiet },
    hookUrl: form.hook === "" ? null : form.hookUrl.trim() === "" ? undefined : form.hookUrl.trim(),
    chat: readChat(form) ?? (form.chat === "" ? null : undefined),
    isOn: rule?.isOn ?? true,
  };
};
