import type { ChangedTheme, Discovery, NewThemeBody, Theme, ThemeBody, ThemesReply } from "@firsthand/server/insights/themes/themes.contract";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Query } from "../../shell/api.ts";
import { useFresh } from "../../shell/fresh.ts";

export type { Discovery, Theme, ThemesReply };

const family = ["themes"] as const;
/** A running search tells how far it is at least this often. */
const RUNNING_MS = 1_000;

/** Themes of the comments of a period, with the latest search for them. */
export const useThemes = (query: Query) =>
  useQuery({
    queryKey: [...family, query],
    queryFn: ({ signal }: { signal: AbortSignal }) => api.get<ThemesReply>("/api/themes", { query, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.discovery?.state === "running" ? RUNNING_MS : false),
  });

/** What people do with themes; each shows in all lists at once. */
export const useThemeWork = () => {
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: family });
  const change = useMutation({ mutationFn: ({ id, ...body }: ThemeBody & { id: string }) => api.patch<ChangedTheme>(`/api/themes/${id}`, body), onSuccess: again });
  const merge = useMutation({ mutationFn: ({ id, into }: { id: string; into: string }) => api.post<ChangedTheme>(`/api/themes/${id}/merging`, { into }), onSuccess: again });
  const unmerge = useMutation({ mutationFn: (id: string) => api.delete<ChangedTheme>(`/api/themes/${id}/merging`), onSuccess: again });
  const make = useMutation({ mutationFn: (body: NewThemeBody) => api.post<ChangedTheme>("/api/themes", body), onSuccess: again });
  const remove = useMutation({ mutationFn: (id: string) => api.delete<null>(`/api/themes/${id}`), onSuccess: again });
  const discover = useMutation({ mutationFn: () => api.post<Discovery>("/api/theme-discoveries", {}), onSuccess: again });
  return { change, merge, unmerge, make, remove, discover };
};

export type ThemeWork = ReturnType<typeof useThemeWork>;

/** Asks again when themes changed or the copy moved on. */
export const useFreshThemes = (): void => useFresh(["themes.changed", "experience.advanced"], family);
