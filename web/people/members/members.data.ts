import type { MemberItem, createdInvitation, invitationItem, invitationShown } from "@firsthand/server/people/members/members.contract";
import type { SessionReply } from "@firsthand/server/people/sessions/sessions.contract";
import type { Role } from "@firsthand/server/platform/access/access.contract";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

type Output<Schema extends { _output: unknown }> = Schema["_output"];
export type Invitation = Output<typeof invitationItem>;
export type CreatedInvitation = Output<typeof createdInvitation>;
type InvitationShown = Output<typeof invitationShown>;
export type { MemberItem, Role };

const list = ["members"] as const;
const invitations = ["invitations"] as const;

export const membersQuery = { queryKey: list, queryFn: ({ signal }: { signal: AbortSignal }) => api.get<{ items: MemberItem[] }>("/api/members", { signal }) };
export const useMembers = () => useQuery(membersQuery);

export const useInvitations = (isAllowed: boolean) =>
  useQuery({
    queryKey: invitations,
    queryFn: ({ signal }) => api.get<{ items: Invitation[] }>("/api/invitations", { signal }),
    enabled: isAllowed,
  });

const refresh = (): Promise<unknown> =>
  Promise.all([queryClient.invalidateQueries({ queryKey: list }), queryClient.invalidateQueries({ queryKey: invitations })]);

export const changeRole = async (id: string, role: Role): Promise<void> => {
  await api.patch(`/api/members/${id}`, { role });
  await refresh();
};
export const removeMember = async (id: string): Promise<void> => {
  await api.delete(`/api/members/${id}`);
  await refresh();
};
export const invite = async (given: { email: string; role: Role }): Promise<CreatedInvitation> => {
  const created = await api.post<CreatedInvitation>("/api/invitations", given);
  await refresh();
  return created;
};
export const withdrawInvitation = async (id: string): Promise<void> => {
  await api.delete(`/api/invitations/${id}`);
  await refresh();
};

export const useShownInvitation = (token: string) =>
  useQuery({
    queryKey: ["invitation", token],
    queryFn: ({ signal }) => api.get<InvitationShown>("/api/public/invitation", { query: { token }, signal }),
    retry: false,
  });
export const acceptInvitation = (given: { token: string; name?: string; password: string }): Promise<SessionReply> =>
  api.post("/api/public/invitation", given);
