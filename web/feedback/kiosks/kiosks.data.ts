import type { ChangeKioskBody, Kiosk, Pairing } from "@firsthand/server/feedback/kiosks/kiosks.contract";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { useLive } from "../../shell/live.ts";
import { queryClient } from "../../shell/queries.ts";

export type { Kiosk, Pairing };
export type KioskFields = { name: string; place: string; touchpoint: string | null; surveyId: string; idleSeconds: number };

const all = ["kiosks"] as const;
// A device speaks every minute; "away" shows without anybody reloading.
const askEveryMs = 30_000;

/** @param surveyId undefined for the kiosks of every survey */
export const useKiosks = (surveyId: string | undefined) => {
  useLive(["kiosk.seen"], () => void refresh());
  return useQuery({
    queryKey: [...all, surveyId ?? ""],
    queryFn: ({ signal }) => api.get<{ items: Kiosk[] }>("/api/kiosks", { query: { surveyId }, signal }),
    refetchInterval: askEveryMs,
  });
};

export const createKiosk = async (given: KioskFields & { pin: string }): Promise<Kiosk> => {
  const kiosk = await api.post<Kiosk>("/api/kiosks", given);
  await refresh();
  return kiosk;
};

export const changeKiosk = async (id: string, change: ChangeKioskBody): Promise<void> => {
  await api.patch(`/api/kiosks/${id}`, change);
  await refresh();
};

export const removeKiosk = async (id: string): Promise<void> => {
  await api.delete(`/api/kiosks/${id}`);
  await refresh();
};

export const beginPairing = async (id: string): Promise<Pairing> => {
  const pairing = await api.post<Pairing>(`/api/kiosks/${id}/pairing`);
  await refresh();
  return pairing;
};

const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: all });
