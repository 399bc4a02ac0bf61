import type { Alert, AlertsReply, ChatAddress, ChatService, ChatTrialReply, NewRule, Redelivered, Rule, RuleChange, TrialReply, TryRule, UnseenReply, WatchedName, madeRule } from "@firsthand/server/insights/alerts/alerts.contract";
import type { ThemesReply } from "@firsthand/server/insights/themes/themes.contract";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { useLive } from "../../shell/live.ts";
import { queryClient } from "../../shell/queries.ts";

export type { Alert, ChatAddress, NewRule, Rule, RuleChange, TrialReply, TryRule, WatchedName };
export type RuleChoice = Omit<NewRule, "chat" | "hookUrl"> & { chat?: ChatAddress | null | undefined; hookUrl?: string | null | undefined };
export type MadeRule = (typeof madeRule)["_output"];

// In the order in which they are shown; the contract itself would bring the validator along.
export const watchedGroups = {
  scores: ["nps", "csat", "ces", "stars", "rating", "custom", "sentiment"],
  needs: ["unmet_easy", "unmet_expect", "unmet_promise", "unmet_inform", "unmet_individ", "unmet_right"],
  met: ["met_easy", "met_expect", "met_promise", "met_inform", "met_individ", "met_right"],
  facts: [
    "fact_repeated_contacts", "fact_channel_switches", "fact_steps_to_goal", "fact_promise_off", "fact_promise_late", "fact_longest_silence", "fact_asked_again", "fact_time_to_remedy", "fact_reopened",
  ],
  themes: ["theme_share", "theme_comments"],
  volumes: ["response_rate", "answers", "comments", "urgent_comments", "interactions"],
} as const satisfies Record<string, readonly WatchedName[]>;
export const watchedNames: readonly WatchedName[] = Object.values(watchedGroups).flat();
export const sensitivities = ["rarely", "normal", "often"] as const satisfies readonly Rule["sensitivity"][];
export const directions = ["down", "up", "both"] as const satisfies readonly Rule["direction"][];
export const chatServices = ["slack", "teams", "google_chat", "mattermost", "rocketchat", "discord"] as const satisfies readonly ChatService[];
export const mailPaces = ["now", "daily", "weekly", "never"] as const satisfies readonly Rule["told"]["owners"][];

const family = ["alerts"] as const;
const shownOnHome = 3;

/** Alerts, newest first, page by page. */
export const useAlerts = (state: "open" | "over" | undefined) =>
  useInfiniteQuery({
    queryKey: [...family, "list", state ?? "all"],
    queryFn: ({ pageParam, signal }) => api.get<AlertsReply>("/api/alerts", { query: { state, cursor: pageParam }, signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** What moved within the days that Home is about, or lasted in them: what lasts still, and what is over, the newest first. */
export const useAlertsWithin = (period: { from: string; to: string }, isNeeded: boolean): { lasting: readonly Alert[]; over: readonly Alert[] } => {
  const ask = (state: "open" | "over") => ({
    queryKey: [...family, "within", state, period], placeholderData: keepPreviousData, enabled: isNeeded,
    queryFn: ({ signal }: { signal: AbortSignal }) => api.get<AlertsReply>("/api/alerts", { query: { ...period, state, limit: shownOnHome }, signal }),
  });
  const [lasting, over] = [useQuery(ask("open")), useQuery(ask("over"))];
  return { lasting: lasting.data?.items ?? [], over: over.data?.items ?? [] };
};

export const useUnseen = () => useQuery({ queryKey: [...family, "unseen"], queryFn: ({ signal }) => api.get<UnseenReply>("/api/alerts/unseen", { signal }), retry: false });

export type RulesReply = { items: Rule[]; falseAlarmsPerYear: number };
export const useRules = () => useQuery({ queryKey: [...family, "rules"], queryFn: ({ signal }) => api.get<RulesReply>("/api/alert-rules", { signal }) });

/** What a rule would have told in the last year; asked as the form is filled in. */
export const useTrial = (asked: TryRule) =>
  useQuery({
    queryKey: [...family, "trial", asked],
    queryFn: ({ signal }) => api.post<TrialReply>("/api/alert-rules/trial", asked, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

/** Themes that can be watched, those with most comments first. */
export const useThemeChoices = () =>
  useQuery({
    queryKey: ["themes", "choices"],
    queryFn: ({ signal }) => api.get<ThemesReply>("/api/themes", { signal }),
    select: ({ items }) => items.map(({ id, name }) => ({ value: id, label: name })),
  });

/** Asks again when an alert was raised, went or was spoken of. */
export const useFreshAlerts = (): void => {
  useLive(["alert.raised", "alert.over", "alerts.changed"], () => void refresh());
};

export const markSeen = async (ids?: readonly string[]): Promise<void> => {
  await api.post("/api/alerts/seen", ids === undefined ? {} : { ids });
  await queryClient.invalidateQueries({ queryKey: [...family, "unseen"] });
};
export const giveOpinion = async (id: string, isUseful: boolean | null): Promise<void> => {
  await api.put<Alert>(`/api/alerts/${id}/opinion`, { isUseful });
  await refresh();
};
export const tryChat = (address: ChatAddress): Promise<ChatTrialReply> => api.post<ChatTrialReply>("/api/alert-rules/chat-trial", address);
/** @param given without `chat` the one there was stays */
export const saveRule = async (id: string | null, given: RuleChoice): Promise<MadeRule> => {
  const { name, ...rest } = given;
  const body = name === undefined || name === "" ? rest : given;
  const made = await (id === null ? api.post<MadeRule>("/api/alert-rules", body) : api.patch<MadeRule>(`/api/alert-rules/${id}`, body));
  await refresh();
  return made;
};
export const switchRule = async (id: string, isOn: boolean): Promise<void> => {
  await api.patch<MadeRule>(`/api/alert-rules/${id}`, { isOn });
  await refresh();
};
/** Sends once more, now, what a webhook or chat did not take. */
export const redeliver = async (id: string): Promise<Redelivered> => {
  const done = await api.post<Redelivered>(`/api/alert-rules/${id}/redeliveries`);
  await refresh();
  return done;
};
export const snoozeRule = async (id: string, until: Date | null): Promise<void> => {
  await api.put<Rule>(`/api/alert-rules/${id}/snooze`, { until: until?.toISOString() ?? null });
  await refresh();
};
export const deleteRule = async (id: string): Promise<void> => {
  await api.delete(`/api/alert-rules/${id}`);
  await refresh();
};

const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: family });
