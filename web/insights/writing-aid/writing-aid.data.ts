import type { CommentSummary, ReplyDraft, WritingAid, WritingAidChange, WritingAidTest, WritingAidTestResult, WritingAidUses } from "@firsthand/server/insights/writing-aid/writing-aid.contract";
import { useMutation, useQuery } from "@tanstack/react-query";
import { api, type Query } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";
import { useAbility } from "../../shell/session.data.ts";

export type { CommentSummary, ReplyDraft, WritingAid, WritingAidTestResult };

const family = ["writing-aid"] as const;
const settings = [...family, "settings"] as const;

export const useWritingAid = () => useQuery({ queryKey: settings, queryFn: ({ signal }) => api.get<WritingAid>("/api/writing-aid", { signal }) });

export const changeWritingAid = async (change: WritingAidChange): Promise<void> => {
  const changed = await api.patch<WritingAid>("/api/writing-aid", change);
  queryClient.setQueryData(settings, changed);
  await queryClient.invalidateQueries({ queryKey: family });
};

export const testWritingAid = (given: WritingAidTest): Promise<WritingAidTestResult> => api.post<WritingAidTestResult>("/api/writing-aid/tests", given);

/** What this member may ask for here; nothing until it is known. */
export const useWritingAidUses = (): WritingAidUses => {
  const mayUse = useAbility("writing-aid.use");
  const uses = useQuery({ queryKey: [...family, "uses"], queryFn: ({ signal }) => api.get<WritingAidUses>("/api/writing-aid/uses", { signal }), enabled: mayUse });
  return uses.data ?? { model: null, writesSummaries: false, writesDrafts: false };
};

/** Not kept anywhere: each is written when somebody asks for it. */
export const useNewSummary = (query: Query) => useMutation({ mutationFn: () => api.post<CommentSummary>("/api/comment-summaries", undefined, { query }) });

export const useNewDraft = (commentId: string) => useMutation({ mutationFn: () => api.post<ReplyDraft>(`/api/comments/${commentId}/reply-drafts`) });
