import type { SessionReply } from "@firsthand/server/people/sessions/sessions.contract";
import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiError, api, rememberCsrfToken } from "./api.ts";

export type Session = SessionReply;

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: () => fetchSession(),
  staleTime: 5 * 60_000,
});

/** Who is signed in, or null. Never throws for "nobody": that is an answer, not a failure. */
export const fetchSession = async (): Promise<Session | null> => {
  try {
    const session = await api.get<Session>("/api/session");
    rememberCsrfToken(session.csrfToken);
    return session;
  } catch (refusal) {
    if (refusal instanceof ApiError && refusal.status === 401) return null;
    throw refusal;
  }
};

/** The session inside the frame, where somebody is always signed in. */
export const useSession = (): Session => {
  const { data } = useQuery(sessionQuery);
  if (data === undefined || data === null) throw new Error("useSession was called outside the frame.");
  return data;
};

export const useAbility = (ability: string): boolean => useSession().abilities.includes(ability);

/** Takes over the session that signing in, setting up or an invitation has begun. */
export const enter = (client: QueryClient, session: Session): void => {
  client.clear();
  rememberCsrfToken(session.csrfToken);
  client.setQueryData(sessionQuery.queryKey, session);
};

export const useSignOut = (): (() => Promise<void>) => {
  const client = useQueryClient();
  return async () => {
    await api.delete("/api/session");
    rememberCsrfToken(null);
    client.clear();
    window.location.assign("/sign-in");
  };
};

export const switchWorkspace = async (workspaceId: string): Promise<void> => {
  await api.put("/api/session/workspace", { workspaceId });
  window.location.assign("/");
};
