import type {
  Distribution, DistributionPreview, DistributionSettings, Invitation,
} from "@firsthand/server/feedback/distributions/distributions.contract";
import type { NewTextGateway, SentText, TextGateway } from "@firsthand/server/feedback/distributions/texts.contract";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type { Distribution, DistributionPreview, DistributionSettings, Invitation, NewTextGateway, SentText, TextGateway };
type Page<Item> = { items: Item[]; nextCursor: string | null };
/** Changes some settings of a distribution that is being prepared. */
export type ChangeSettings = (patch: Partial<DistributionSettings>) => void;

const family = ["distributions"] as const;
const one = (id: string) => [...family, "one", id] as const;

export const useDistributions = (surveyId: string) =>
  useInfiniteQuery({
    queryKey: [...family, "of", surveyId],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => api.get<Page<Distribution>>("/api/distributions", { query: { surveyId, cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor,
  });

export const useDistribution = (id: string) => useQuery({ queryKey: one(id), queryFn: ({ signal }) => api.get<Distribution>(`/api/distributions/${id}`, { signal }) });

export const useInvitations = (id: string, state: string) =>
  useInfiniteQuery({
    queryKey: [...one(id), "people", state],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Invitation>>(`/api/distributions/${id}/invitations`, { query: { cursor: pageParam, ...(state === "" ? {} : { state }) }, signal }),
    getNextPageParam: (last) => last.nextCursor,
  });

/** Asked for anew whenever the saved distribution changes. */
export const usePreview = (distribution: Distribution, language: string) =>
  useQuery({
    queryKey: [...one(distribution.id), "preview", language, distribution.settings, distribution.addressCount],
    queryFn: ({ signal }) => api.get<DistributionPreview>(`/api/distributions/${distribution.id}/preview`, { query: language === "" ? {} : { language }, signal }),
  });

const remember = async (distribution: Distribution): Promise<Distribution> => {
  queryClient.setQueryData(one(distribution.id), distribution);
  await queryClient.invalidateQueries({ queryKey: family });
  return distribution;
};

export const createDistribution = async (given: { surveyId: string; name: string; settings: unknown }): Promise<Distribution> => remember(await api.post<Distribution>("/api/distributions", given));
export const saveDistribution = async (id: string, change: { name: string; settings: DistributionSettings; addresses?: string[] }): Promise<Distribution> =>
  remember(await api.patch<Distribution>(`/api/distributions/${id}`, change));
export const startDistribution = async (id: string): Promise<Distribution> => remember(await api.post<Distribution>(`/api/distributions/${id}/start`));
export const pauseDistribution = async (id: string): Promise<Distribution> => remember(await api.post<Distribution>(`/api/distributions/${id}/pause`));
export const stopDistribution = async (id: string): Promise<Distribution> => remember(await api.post<Distribution>(`/api/distributions/${id}/stop`));
export const copyDistribution = async (id: string): Promise<Distribution> => remember(await api.post<Distribution>(`/api/distributions/${id}/copies`));
export const removeDistribution = async (id: string): Promise<void> => {
  await api.delete(`/api/distributions/${id}`);
  await queryClient.invalidateQueries({ queryKey: family });
};
export const sendTest = (id: string, given: { address: string; language?: string }): Promise<unknown> => api.post(`/api/distributions/${id}/tests`, given);
export const reloadDistributions = (): Promise<void> => queryClient.invalidateQueries({ queryKey: family });

export const useTextGateway = () => useQuery({ queryKey: ["text-gateway"], queryFn: ({ signal }) => api.get<TextGateway>("/api/text-gateway", { signal }) });
export const saveTextGateway = async (given: NewTextGateway): Promise<void> => {
  queryClient.setQueryData(["text-gateway"], await api.put<TextGateway>("/api/text-gateway", given));
};
export const useSentTexts = () => useQuery({ queryKey: ["texts"], queryFn: ({ signal }) => api.get<Page<SentText>>("/api/texts", { query: { limit: 20 }, signal }) });
