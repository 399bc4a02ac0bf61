import type { SessionReply } from "@firsthand/server/people/sessions/sessions.contract";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";

type SetUp = { token: string; workspaceName: string; timeZone: string; name: string; email: string; password: string };

export const signIn = (given: { email: string; password: string }): Promise<SessionReply> => api.post("/api/session", given);
export const setUp = (given: SetUp): Promise<SessionReply> => api.post("/api/setup", given);
export const askPasswordReset = (email: string): Promise<unknown> => api.post("/api/password-resets", { email });
export const resetPassword = (given: { token: string; password: string }): Promise<unknown> => api.put("/api/password-resets", given);

export const useSetUpState = () =>
  useQuery({ queryKey: ["setup"], queryFn: ({ signal }) => api.get<{ isSetUp: boolean }>("/api/setup", { signal }) });
