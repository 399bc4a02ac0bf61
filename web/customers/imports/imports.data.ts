import { isWorking } from "@firsthand/server/customers/imports/import-states.rules";
import type { importDetail, importItem, preview } from "@firsthand/server/customers/imports/imports.contract";
import type { mapping } from "@firsthand/server/customers/imports/mapping.contract";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "../../shell/api.ts";
import { useLive } from "../../shell/live.ts";
import { queryClient } from "../../shell/queries.ts";

export type ImportItem = (typeof importItem)["_output"];
export type ImportDetail = (typeof importDetail)["_output"];
export type PreviewReply = (typeof preview)["_output"];
export type PreviewRow = PreviewReply["rows"][number];
export type DryRun = NonNullable<ImportDetail["dryRun"]>;
export type Mapping = (typeof mapping)["_output"];
export type ReadSettings = Mapping["read"];
export type MappedColumn = Mapping["columns"][number];
export type ColumnUse = MappedColumn["use"];
export type ScoreUse = Extract<ColumnUse, { use: "score" }>;

const root = "imports";
const oneKey = (id: string) => [root, "one", id] as const;
const previewKey = (id: string) => [root, "preview", id] as const;
const askEveryMs = 1_000;

export { isWorking };

export const useImports = () => {
  const imports = useInfiniteQuery({
    queryKey: [root, "list"],
    queryFn: ({ pageParam, signal }) => api.get<{ items: ImportItem[]; nextCursor: string | null }>("/api/imports", { query: { cursor: pageParam }, signal }),
    initialPageParam: "",
    getNextPageParam: (last) => last.nextCursor,
  });
  useLive(["import.progressed"], () => void imports.refetch());
  return imports;
};

/** One import. Live events say when it moved; asking each second besides bridges a lost connection. */
export const useImport = (id: string) => {
  const one = useQuery({
    queryKey: oneKey(id),
    queryFn: ({ signal }) => api.get<ImportDetail>(`/api/imports/${id}`, { signal }),
    refetchInterval: (query) => (query.state.data !== undefined && isWorking(query.state.data.state) ? askEveryMs : false),
  });
  useLive(["import.progressed"], () => void one.refetch());
  return one;
};

export const usePreview = (id: string) =>
  useQuery({ queryKey: previewKey(id), queryFn: ({ signal }) => api.get<PreviewReply>(`/api/imports/${id}/preview`, { signal }), staleTime: Number.POSITIVE_INFINITY });

/** Sends the bytes as they are on the disk of the member; the browser does not load the file into memory. */
export const uploadFile = async (file: File, { signal, onProgress }: { signal: AbortSignal; onProgress: (sentBytes: number) => void }): Promise<ImportDetail> => {
  const bytes = new Blob([file], { type: "application/octet-stream" });
  const uploaded = await api.upload<ImportDetail>("/api/imports", bytes, { query: { name: file.name }, signal, onProgress });
  keep(uploaded);
  return uploaded;
};

let changes = 0;
/** The last change that is on its way. */
let saving: Promise<unknown> = Promise.resolve();

/** Shows the change at once and tells the server; a refused change falls back to what the server has. Changes are sent one after the other, and
 *  only the reply to the last is shown: an earlier one would take back what was chosen meanwhile. */
export const saveMapping = async (id: string, changed: Mapping): Promise<void> => {
  changes += 1;
  const own = changes;
  void queryClient.cancelQueries({ queryKey: oneKey(id) });
  const before = queryClient.getQueryData<ImportDetail>(oneKey(id));
  if (before !== undefined) queryClient.setQueryData<ImportDetail>(oneKey(id), { ...before, mapping: changed, dryRun: null });
  const sending = saving.catch(() => undefined).then(() => api.put<ImportDetail>(`/api/imports/${id}/mapping`, { mapping: changed }));
  saving = sending;
  const rest = (): void => {
    if (saving === sending) saving = Promise.resolve();
  };
  void sending.then(rest, rest);
  try {
    const saved = await sending;
    if (own !== changes) return;
    keep(saved);
    await queryClient.invalidateQueries({ queryKey: previewKey(id) });
  } catch (refusal) {
    if (own === changes) await queryClient.invalidateQueries({ queryKey: oneKey(id) });
    throw refusal;
  }
};

/** Another delimiter, encoding, sheet or header: the columns change, so the mapping is guessed anew. */
export const saveReading = async (id: string, read: ReadSettings): Promise<void> => {
  keep(await api.put<ImportDetail>(`/api/imports/${id}/reading`, { read }));
  await queryClient.invalidateQueries({ queryKey: previewKey(id) });
};

export const checkImport = (id: string): Promise<void> => act(id, "dry-run");
export const runImport = (id: string): Promise<void> => act(id, "run");
export const pauseImport = (id: string): Promise<void> => act(id, "pause");
export const undoImport = (id: string): Promise<void> => act(id, "undo");

export const removeImport = async (id: string): Promise<void> => {
  await api.delete(`/api/imports/${id}`);
  queryClient.removeQueries({ queryKey: oneKey(id) });
  await queryClient.invalidateQueries({ queryKey: [root, "list"] });
};

/** Where the refused rows can be downloaded. */
export const refusedRowsAddress = (id: string): string => `/api/imports/${id}/errors.csv`;

/** After the change that leaving a field has just sent: what is checked and imported is what is shown. One that is refused keeps it from beginning. */
const act = async (id: string, action: string): Promise<void> => {
  await saving;
  keep(await api.post<ImportDetail>(`/api/imports/${id}/${action}`));
};

const keep = (detail: ImportDetail): void => {
  queryClient.setQueryData(oneKey(detail.id), detail);
  void queryClient.invalidateQueries({ queryKey: [root, "list"] });
};
