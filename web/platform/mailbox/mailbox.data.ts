import type { Mailbox, MailboxTestResult, QuarantinedMail, RetriedMail } from "@firsthand/server/platform/mailbox/mailbox.contract";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type { Mailbox, MailboxTestResult, QuarantinedMail };
export type Place = { host: string; port: number; encryption: Mailbox["encryption"]; username: string; folder: string; password?: string };

const family = ["mailboxes"] as const;
const reload = (): Promise<void> => queryClient.invalidateQueries({ queryKey: family });

// Mailboxes are read by the clock, also while somebody looks.
export const useMailboxes = () =>
  useQuery({ queryKey: [...family, "all"], queryFn: ({ signal }) => api.get<{ items: Mailbox[] }>("/api/mailboxes", { signal }), refetchInterval: 15_000 });

export const useQuarantine = () =>
  useInfiniteQuery({
    queryKey: [...family, "quarantine"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => api.get<{ items: QuarantinedMail[]; nextCursor: string | null }>("/api/quarantined-mails", { query: { cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor,
  });

export const createMailbox = async (given: Place & { everyMinutes: number; readsOld: boolean }): Promise<Mailbox> => {
  const made = await api.post<Mailbox>("/api/mailboxes", given);
  await reload();
  return made;
};

export const changeMailbox = async (id: string, change: Partial<Place> & { everyMinutes?: number; isActive?: boolean }): Promise<void> => {
  await api.patch(`/api/mailboxes/${id}`, change);
  await reload();
};

export const removeMailbox = async (id: string): Promise<void> => {
  await api.delete(`/api/mailboxes/${id}`);
  await reload();
};

export const readMailbox = async (id: string): Promise<Mailbox> => {
  const read = await api.post<Mailbox>(`/api/mailboxes/${id}/polls`);
  await reload();
  return read;
};

export const testMailbox = (given: Place & { mailboxId?: string }): Promise<MailboxTestResult> => api.post<MailboxTestResult>("/api/mailbox-tests", given);

export const retryMail = async (id: string): Promise<RetriedMail> => {
  const retried = await api.post<RetriedMail>(`/api/quarantined-mails/${id}/retries`);
  await reload();
  return retried;
};

export const giveMailUp = async (id: string): Promise<void> => {
  await api.delete(`/api/quarantined-mails/${id}`);
  await reload();
};
