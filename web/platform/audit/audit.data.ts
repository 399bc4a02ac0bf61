import type { AuditEntry } from "@firsthand/server/platform/audit/audit.contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";

export type { AuditEntry };
type AuditPage = { items: AuditEntry[]; nextCursor: string | null };

export const useAudit = () =>
  useInfiniteQuery({
    queryKey: ["audit"],
    queryFn: ({ pageParam, signal }) => api.get<AuditPage>("/api/audit", { query: { cursor: pageParam, limit: 100 }, signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
