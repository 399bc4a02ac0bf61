import type {
  CreateTouchpointBody, ListedTouchpoint, MatchingRule, Preview, PropertyCondition, Proposal, Touchpoint, TouchpointSeen,
} from "@firsthand/server/journeys/touchpoints/touchpoints.contract";
import { useQuery } from "@tanstack/react-query";
import { api, ApiError } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type { ListedTouchpoint, MatchingRule, Preview, PropertyCondition, Proposal, Touchpoint, TouchpointSeen };
export type TouchpointDraft = CreateTouchpointBody;

const all = ["touchpoints"] as const;
const register = [...all, "register"] as const;
const proposals = [...all, "proposals"] as const;

export const useTouchpoints = () =>
  useQuery({ queryKey: register, queryFn: ({ signal }) => api.get<{ items: ListedTouchpoint[] }>("/api/touchpoints", { signal }) });

export const useProposals = () =>
  useQuery({ queryKey: proposals, queryFn: ({ signal }) => api.get<{ items: Proposal[] }>("/api/touchpoint-proposals", { signal }) });

/** What rules would match now; keeps showing the last answer while the next one comes. */
export const usePreview = (rules: readonly MatchingRule[]) =>
  useQuery({
    queryKey: [...all, "preview", rules],
    queryFn: ({ signal }) => api.post<Preview>("/api/touchpoint-previews", { rules }, { signal }),
    enabled: rules.length > 0,
    placeholderData: (before) => before,
  });

export const refreshTouchpoints = (): Promise<void> => queryClient.invalidateQueries({ queryKey: all });

export const createTouchpoint = async (draft: Partial<TouchpointDraft> & { name: string }): Promise<Touchpoint> => {
  const created = await api.post<Touchpoint>("/api/touchpoints", draft);
  await refreshTouchpoints();
  return created;
};

// A sender's longer word stays with what it sent; the register cannot hold it.
const STAGE_MAX = 80;

/** Registers what was met, one after the other. Two spellings of one name are one touchpoint: the second has its place as soon as the first is registered. */
export const registerProposals = async (proposals: readonly Proposal[]): Promise<void> => {
  try {
    for (const { name, kind, stage } of proposals) {
      await api.post<Touchpoint>("/api/touchpoints", { name, kind, stage: stage === null || stage.length > STAGE_MAX ? null : stage }).catch((refusal: unknown) => {
        if (!(refusal instanceof ApiError) || refusal.code !== "touchpoint_exists" || proposals.length === 1) throw refusal;
      });
    }
  } finally {
    await refreshTouchpoints();
  }
};

export const changeTouchpoint = async (id: string, change: Partial<TouchpointDraft>): Promise<void> => {
  await api.patch(`/api/touchpoints/${id}`, change);
  await refreshTouchpoints();
};

export const removeTouchpoint = async (id: string): Promise<void> => {
  await api.delete(`/api/touchpoints/${id}`);
  await refreshTouchpoints();
};

/** Saves an order. The list shows it at once and falls back to the server's when it is refused. */
export const orderTouchpoints = async (items: readonly ListedTouchpoint[]): Promise<void> => {
  queryClient.setQueryData(register, { items });
  try {
    await api.put("/api/touchpoint-order", { ids: items.map(({ id }) => id) });
  } finally {
    await refreshTouchpoints();
  }
};
