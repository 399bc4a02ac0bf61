import type { ActivityReply, ChannelsReply, ChannelUse, DevicesReply, EffortReply, SwitchesReply } from "@firsthand/server/journeys/channels/channels.contract";
import type { EntriesReply } from "@firsthand/server/journeys/places/places.contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, type Query } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";
import { nameOfChannel } from "../../ui/channel-names.ts";

export type { ActivityReply, ChannelsReply, ChannelUse, DevicesReply, EffortReply, SwitchesReply };

const family = ["channels"] as const;

const read = <Reply>(url: string, query: Query) => ({
  queryKey: [...family, url, query],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Reply>(url, { query, signal }),
  placeholderData: keepPreviousData,
});

export const useChannels = (query: Query) => useQuery(read<ChannelsReply>("/api/channels", query));
export const useSwitches = (query: Query) => useQuery(read<SwitchesReply>("/api/channel-switches", query));
export const useEffort = (query: Query) => useQuery(read<EffortReply>("/api/channel-effort", query));
export const useDevices = (query: Query) => useQuery(read<DevicesReply>("/api/channel-devices", query));
export const useActivity = (query: Query) => useQuery(read<ActivityReply>("/api/channel-activity", query));
export const refreshChannels = (): Promise<void> => queryClient.invalidateQueries({ queryKey: family });

/** Channels to choose from: those of the register in its order, then others that customers were met through. */
export const useChannelChoices = (isWanted = true): readonly { value: string; label: string }[] =>
  useQuery({
    queryKey: ["places", "channel", "choices"],
    queryFn: ({ signal }) => api.get<EntriesReply>("/api/places", { query: { kind: "channel", days: FAR_BACK_DAYS }, signal }),
    select: ({ items, proposals }) => [...items, ...proposals].map(({ name }) => ({ value: name, label: nameOfChannel(name) })),
    enabled: isWanted,
    retry: false,
    staleTime: 60_000,
  }).data ?? [];

const FAR_BACK_DAYS = 3_650;
