import type { CustomerRow } from "@firsthand/server/customers/profiles/profiles.contract";
import type { Review, ReviewDetail } from "@firsthand/server/feedback/reviews/reviews.contract";
import type { ConnectionResult, CreatedReviewSource, FedReviews, ReviewSource } from "@firsthand/server/feedback/reviews/sources.contract";
import type { ReviewWidget, Testimonial, TestimonialState, WidgetSettings } from "@firsthand/server/feedback/reviews/testimonials.contract";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { queryClient } from "../../shell/queries.ts";

export type { ConnectionResult, CreatedReviewSource, CustomerRow, Review, ReviewDetail, ReviewSource, ReviewWidget, Testimonial, TestimonialState, WidgetSettings };
export type ReviewFilters = { sourceId?: string; starsFrom?: string; starsTo?: string; isAnswered?: string; search?: string };
export type SourceKind = ReviewSource["kind"];
export type SourceForm = { kind: SourceKind; way: ReviewSource["way"]; canReply: boolean; fields: { name: string; isRequired: boolean; isSecret: boolean; kind: "text" | "url" | "choice"; choices: string[] }[] };
type Page<Item> = { items: Item[]; nextCursor: string | null };
type Values = Record<string, string>;

/** Newest first, page by page. */
export const useReviews = (filters: ReviewFilters) =>
  useInfiniteQuery({
    queryKey: ["reviews", "list", filters],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => api.get<Page<Review>>("/api/reviews", { query: { ...filters, cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });

export const useReview = (id: string) =>
  useQuery({ queryKey: ["reviews", "one", id], queryFn: ({ signal }) => api.get<ReviewDetail>(`/api/reviews/${id}`, { signal }) });

const refreshReviews = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ["reviews"] });

export const saveDraft = async (id: string, text: string): Promise<void> => {
  await api.put(`/api/reviews/${id}/draft`, { text });
  await refreshReviews();
};

export const sendReply = async (id: string, text: string): Promise<void> => {
  await api.post(`/api/reviews/${id}/replies`, { text });
  await refreshReviews();
};

export const assignCustomer = async (id: string, customerId: string | null): Promise<void> => {
  await api.put(`/api/reviews/${id}/customer`, { customerId });
  await refreshReviews();
};

/** Customers whose name, address or number begins like this. */
export const useCustomerSearch = (search: string) =>
  useQuery({
    queryKey: ["customers", "search", search],
    enabled: search.trim().length > 1,
    queryFn: ({ signal }) => api.get<Page<CustomerRow>>("/api/customers", { query: { search: search.trim(), who: "known", limit: 8 }, signal }),
    placeholderData: keepPreviousData,
  });

const sources = ["review-sources"] as const;
export const useSources = () => useQuery({ queryKey: sources, queryFn: ({ signal }) => api.get<{ items: ReviewSource[] }>("/api/review-sources", { signal }) });

export const useSourceForms = () =>
  useQuery({ queryKey: ["review-source-kinds"], queryFn: ({ signal }) => api.get<{ items: SourceForm[] }>("/api/review-source-kinds", { signal }), staleTime: Number.POSITIVE_INFINITY });

const refreshSources = async (): Promise<void> => {
  await queryClient.invalidateQueries({ queryKey: sources });
  await refreshReviews();
};

export const createSource = async (given: { kind: SourceKind; name: string; settings: Values; secrets: Values }): Promise<CreatedReviewSource> => {
  const created = await api.post<CreatedReviewSource>("/api/review-sources", given);
  await refreshSources();
  return created;
};

export const changeSource = async (id: string, change: { name?: string; settings?: Values; secrets?: Values; isActive?: boolean }): Promise<void> => {
  await api.patch(`/api/review-sources/${id}`, change);
  await refreshSources();
};

export const removeSource = async (id: string): Promise<void> => {
  await api.delete(`/api/review-sources/${id}`);
  await refreshSources();
};

export const pollSource = async (id: string): Promise<ReviewSource> => {
  const polled = await api.post<ReviewSource>(`/api/review-sources/${id}/polls`);
  await refreshSources();
  return polled;
};

export const renewSecret = async (id: string): Promise<CreatedReviewSource> => {
  const renewed = await api.post<CreatedReviewSource>(`/api/review-sources/${id}/webhook-secrets`);
  await refreshSources();
  return renewed;
};

export const testSource = (given: { kind: SourceKind; settings: Values; secrets: Values; sourceId?: string }): Promise<ConnectionResult> =>
  api.post<ConnectionResult>("/api/review-source-tests", given);

export const uploadReviews = async (id: string, file: File): Promise<FedReviews> => {
  const fed = await api.post<FedReviews>(`/api/review-sources/${id}/uploads`, file.slice(0, file.size, "application/octet-stream"));
  await refreshSources();
  return fed;
};

const testimonials = ["testimonials"] as const;
export const useTestimonials = (filters: { state?: string }) =>
  useInfiniteQuery({
    queryKey: [...testimonials, filters],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => api.get<Page<Testimonial>>("/api/testimonials", { query: { ...filters, cursor: pageParam }, signal }),
    getNextPageParam: (last) => last.nextCursor,
  });

const refreshTestimonials = (): Promise<void> => queryClient.invalidateQueries({ queryKey: testimonials });

export const askForTestimonial = async (given: { customerId: string; kind: "testimonial" | "review"; message: string; reviewUrl?: string }): Promise<void> => {
  await api.post("/api/testimonial-requests", given);
  await refreshTestimonials();
};

export const makeTestimonial = async (reviewId: string): Promise<void> => {
  await api.post("/api/testimonials", { reviewId });
  await Promise.all([refreshTestimonials(), refreshReviews()]);
};

export const moderate = async (id: string, change: { state?: "given" | "approved" | "rejected"; excerpt?: number[] | null }): Promise<Testimonial> => {
  const moderated = await api.patch<Testimonial>(`/api/testimonials/${id}`, change);
  await refreshTestimonials();
  return moderated;
};

export const removeTestimonial = async (id: string): Promise<void> => {
  await api.delete(`/api/testimonials/${id}`);
  await Promise.all([refreshTestimonials(), refreshReviews()]);
};

const displays = ["review-widgets"] as const;
export const useDisplays = () => useQuery({ queryKey: displays, queryFn: ({ signal }) => api.get<{ items: ReviewWidget[] }>("/api/review-widgets", { signal }) });

export const saveDisplay = async (id: string | null, given: { name: string; settings: Partial<WidgetSettings> }): Promise<ReviewWidget> => {
  const saved = id === null ? await api.post<ReviewWidget>("/api/review-widgets", given) : await api.patch<ReviewWidget>(`/api/review-widgets/${id}`, given);
  await queryClient.invalidateQueries({ queryKey: displays });
  return saved;
};

export const publishDisplay = async (id: string, isPublished: boolean): Promise<void> => {
  await api.patch(`/api/review-widgets/${id}`, { isPublished });
  await queryClient.invalidateQueries({ queryKey: displays });
};

export const removeDisplay = async (id: string): Promise<void> => {
  await api.delete(`/api/review-widgets/${id}`);
  await queryClient.invalidateQueries({ queryKey: displays });
};
