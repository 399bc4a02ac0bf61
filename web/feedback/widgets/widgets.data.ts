import type { FormbricksEnvironments } from "@firsthand/server/feedback/formbricks/formbricks.contract";
import type { ShownPlacement, VisitorProof, WebsiteIdentity, WidgetPlacement, WidgetTrigger } from "@firsthand/server/feedback/widgets/widgets.contract";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type { ShownPlacement, WidgetPlacement, WidgetTrigger };

const placementOf = (surveyId: string) => ["website", surveyId] as const;
const environments = ["formbricks environments"] as const;
const identity = ["website identity"] as const;

export const usePlacement = (surveyId: string) =>
  useQuery({ queryKey: placementOf(surveyId), queryFn: ({ signal }) => api.get<ShownPlacement>(`/api/surveys/${surveyId}/website`, { signal }) });

export const savePlacement = async (surveyId: string, placement: WidgetPlacement): Promise<void> => {
  queryClient.setQueryData(placementOf(surveyId), await api.put<ShownPlacement>(`/api/surveys/${surveyId}/website`, placement));
};

/** Write keys that are not revoked; only owners and admins may see them. */
export const useWriteKeys = (isAllowed: boolean) =>
  useQuery({
    queryKey: ["write keys"], enabled: isAllowed,
    queryFn: async ({ signal }) => {
      const { items } = await api.get<{ items: { kind: string; name: string; shown: string; revokedAt: string | null }[] }>("/api/keys", { signal });
      return items.filter(({ kind, revokedAt }) => kind === "write" && revokedAt === null).map(({ name, shown }) => ({ name, key: shown }));
    },
  });

export const useSegmentNames = (isAllowed: boolean) =>
  useQuery({
    queryKey: ["segment names"], enabled: isAllowed,
    queryFn: async ({ signal }) => (await api.get<{ items: { id: string; name: string }[] }>("/api/segments", { query: { limit: 100 }, signal })).items.map(({ id, name }) => ({ value: id, label: name })),
  });

export const useEnvironments = () => useQuery({ queryKey: environments, queryFn: ({ signal }) => api.get<FormbricksEnvironments>("/api/formbricks-environments", { signal }) });

export const saveEnvironments = async (ids: string[]): Promise<void> => {
  queryClient.setQueryData(environments, await api.put<FormbricksEnvironments>("/api/formbricks-environments", { ids }));
};

/** How pages prove who visits them; only owners and admins may see it. */
export const useWebsiteIdentity = () => useQuery({ queryKey: identity, queryFn: ({ signal }) => api.get<WebsiteIdentity>("/api/website-identity", { signal }) });

export const saveProofNeeded = async (isProofNeeded: boolean): Promise<void> => {
  queryClient.setQueryData(identity, await api.put<WebsiteIdentity>("/api/website-identity", { isProofNeeded }));
};

export const proveVisitor = (userId: string): Promise<VisitorProof> => api.post<VisitorProof>("/api/website-identity/proofs", { userId });
