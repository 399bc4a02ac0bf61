import type {
  Comment, CommentsReply, CorrectionBody, CorrectionRow, CorrectionsReply, EmotionName, GroupsReply, Highlight, Mark, NamedKind, NamedReply, NeedName, PersonalKind, Polarity, ReadingPart, SentimentName, SummaryReply, TextModels,
} from "@firsthand/server/insights/comments/comments.contract";
import type { DimensionName } from "@firsthand/server/insights/metrics/metrics.contract";
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type Query } from "../../shell/api.ts";
import { useFresh } from "../../shell/fresh.ts";

export type { Comment, CorrectionBody, CorrectionRow, DimensionName, EmotionName, GroupsReply, Highlight, Mark, NamedKind, NamedReply, NeedName, PersonalKind, Polarity, ReadingPart, SentimentName, SummaryReply, TextModels };

// In the order in which they are shown; the contract itself would bring the validator along.
export const needNames = ["EASY", "EXPECT", "PROMISE", "INFORM", "INDIVID", "RIGHT"] as const satisfies readonly NeedName[];
export const namedKinds = ["product", "place", "person"] as const satisfies readonly NamedKind[];
export type NamedItem = NamedReply["items"][number];
export const sentimentNames = ["neg", "mix", "neu", "pos"] as const satisfies readonly SentimentName[];
export const emotionNames = ["anger", "disgust", "fear", "joy", "sadness", "surprise"] as const satisfies readonly EmotionName[];
export const dimensionNames = ["touchpoint", "channel", "stage", "environment", "product", "survey", "source", "team", "department", "member"] as const satisfies readonly DimensionName[];

const family = ["comments"] as const;

const read = <Reply>(url: string, query: Query) => ({
  queryKey: [...family, url, query],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Reply>(url, { query, signal }),
  placeholderData: keepPreviousData,
});

export const useSummary = (query: Query) => useQuery(read<SummaryReply>("/api/comments/summary", query));
export const useGroups = (by: DimensionName, query: Query, isNeeded = true) => useQuery({ ...read<GroupsReply>("/api/comments/groups", { ...query, by }), enabled: isNeeded });

const namedMax = "50";
/** What comments name most; one reply for the card and the filter. */
export const useNamed = (query: Query) => useQuery(read<NamedReply>("/api/comments/named", { ...query, limit: namedMax }));

/** Comments with what was read in them, newest first, page by page. */
export const useComments = (query: Query) =>
  useInfiniteQuery({
    queryKey: [...family, "list", query],
    queryFn: ({ pageParam, signal }) => api.get<CommentsReply>("/api/comments", { query: { ...query, cursor: pageParam }, signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** Sets parts of what was read right. */
export const useCorrection = (id: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CorrectionBody) => api.patch<null>(`/api/comments/${id}/reading`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: family }),
  });
};

/** Who set what in a comment and when. */
export const useCorrections = (id: string) => useQuery({ queryKey: [...family, "corrections", id], queryFn: ({ signal }) => api.get<CorrectionsReply>(`/api/comments/${id}/corrections`, { signal }) });

const readerKey = [...family, "reader"] as const;

/** How comments are read, asked again every second while all of them are read anew. */
export const useTextModels = () =>
  useQuery({
    queryKey: readerKey,
    queryFn: ({ signal }) => api.get<TextModels>("/api/comment-models", { signal }),
    refetchInterval: ({ state }) => (state.data?.rereading?.state === "running" ? 1_000 : false),
  });

/** Reads all comments anew, stops that, or goes back from what was taught. */
export const useRereading = () => {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: readerKey });
  return {
    start: useMutation({ mutationFn: () => api.post("/api/comment-rereadings"), onSuccess }),
    stop: useMutation({ mutationFn: () => api.delete("/api/comment-rereadings/running"), onSuccess }),
    setLearning: useMutation({ mutationFn: (isOn: boolean) => api.put<TextModels>("/api/comment-models/learning", { isOn }), onSuccess }),
    goBack: useMutation({ mutationFn: () => api.delete<TextModels>("/api/comment-models/in-use"), onSuccess }),
  };
};

/** Asks again when comments were read or the copy moved on. */
export const useFreshComments = (): void => useFresh(["experience.advanced", "import.undone"], family);
