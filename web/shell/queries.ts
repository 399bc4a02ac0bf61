import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api.ts";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal stays a refusal; only a lost connection or a broken server is worth a second try.
      retry: (failures, failure) => failures < 2 && (!(failure instanceof ApiError) || failure.status === 0 || failure.status >= 502),
      refetchOnWindowFocus: true,
    },
  },
});
