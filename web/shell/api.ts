/** A refusal by the server, or a connection that failed, in words a member can read. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: unknown;

  constructor(refusal: { code: string; status: number; message: string; details?: unknown }) {
    super(refusal.message);
    this.name = "ApiError";
    this.code = refusal.code;
    this.status = refusal.status;
    this.details = refusal.details;
  }
}

/** A list repeats its name (`?channel=web&channel=shop`) and keeps empty texts; elsewhere empty values are left out. */
export type Query = Readonly<Record<string, string | number | boolean | null | undefined | readonly string[]>>;
type ReadOptions = { readonly query?: Query; readonly signal?: AbortSignal };
type WriteOptions = ReadOptions & { readonly keepalive?: boolean };
type FetchOptions = WriteOptions & { readonly accept?: string };
/** A file as the server named it. */
export type FetchedFile = { readonly name: string; readonly content: Blob };
type UploadOptions = ReadOptions & { readonly onProgress?: (sentBytes: number) => void };

let csrfToken: string | null = null;
let whenSignedOut = (): void => undefined;

/** Told by the session, sent with every change. */
export const rememberCsrfToken = (token: string | null): void => {
  csrfToken = token;
};

/** Called whenever the server answers that nobody is signed in. */
export const onSignedOut = (react: () => void): void => {
  whenSignedOut = react;
};

/** Requests to our own server. The type argument is the reply's type from the feature's contract.
 *  Throws ApiError; `error.message` may be shown as it is. */
export const api = {
  get: <Reply>(url: string, options: ReadOptions = {}): Promise<Reply> => send<Reply>("GET", url, undefined, options),
  post: <Reply>(url: string, body?: unknown, options: WriteOptions = {}): Promise<Reply> => send<Reply>("POST", url, body, options),
  put: <Reply>(url: string, body?: unknown, options: WriteOptions = {}): Promise<Reply> => send<Reply>("PUT", url, body, options),
  patch: <Reply>(url: string, body?: unknown, options: WriteOptions = {}): Promise<Reply> => send<Reply>("PATCH", url, body, options),
  delete: <Reply>(url: string, body?: unknown, options: WriteOptions = {}): Promise<Reply> => send<Reply>("DELETE", url, body, options),
  /** Fetches a file whole; throws too when it breaks off before its end, which a plain link would keep as if it were all. */
  file: (url: string, options: ReadOptions = {}): Promise<FetchedFile> => fetchFile(url, options),
  /** Posts bytes and tells how many are sent. */
  upload: async <Reply>(url: string, bytes: Blob, options: UploadOptions = {}): Promise<Reply> => settle<Reply>(await attemptUpload(url, bytes, options)),
};

/** The address with its query; empty values are left out. */
export const addressOf = (url: string, query: Query = {}): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (Array.isArray(value)) for (const one of value) search.append(name, one);
    else if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  return search.size === 0 ? url : `${url}?${search}`;
};

const send = async <Reply>(method: string, url: string, body: unknown, options: WriteOptions): Promise<Reply> =>
  settle<Reply>(await attempt(method, url, body, options));

const settle = async <Reply>(reply: Response): Promise<Reply> => {
  if (reply.ok) return readBody<Reply>(reply);
  throw await toRefusal(reply);
};

const fetchFile = async (url: string, options: ReadOptions): Promise<FetchedFile> => {
  const reply = await attempt("GET", url, undefined, { ...options, accept: "*/*" });
  if (!reply.ok) throw await toRefusal(reply);
  const told = /filename="([^"]+)"/.exec(reply.headers.get("content-disposition") ?? "")?.[1];
  const last = url.split(/[?#]/)[0]?.split("/").at(-1);
  try {
    // A browser keeps large ones on disk.
    return { name: told ?? last ?? "file", content: await reply.blob() };
  } catch (failure) {
    if (isAbort(failure)) throw failure;
    throw new ApiError({ code: "broken_off", status: reply.status, message: "The file broke off before its end. Nothing was kept; try again." });
  }
};

const toRefusal = async (reply: Response): Promise<ApiError> => {
  const refusal = await readRefusal(reply);
  if (refusal.status === 401 && refusal.code === "not_signed_in") whenSignedOut();
  return refusal;
};

const attempt = async (method: string, url: string, body: unknown, options: FetchOptions): Promise<Response> => {
  const isRaw = body instanceof Blob || body instanceof FormData || body instanceof ArrayBuffer;
  const headers = new Headers({ accept: options.accept ?? "application/json" });
  if (body !== undefined && !isRaw) headers.set("content-type", "application/json");
  if (method !== "GET" && csrfToken !== null) headers.set("x-csrf-token", csrfToken);
  try {
    return await fetch(addressOf(url, options.query), {
      method,
      headers,
      credentials: "same-origin",
      signal: options.signal ?? null,
      keepalive: options.keepalive ?? false,
      body: body === undefined ? null : isRaw ? body : JSON.stringify(body),
    });
  } catch (failure) {
    if (isAbort(failure)) throw failure;
    throw unreachable();
  }
};

/** Whether a request ended because it was called off. */
export const isAbort = (failure: unknown): boolean => failure instanceof DOMException && failure.name === "AbortError";

// `fetch` does not tell how much of a body is sent; this older way does.
const attemptUpload = (url: string, bytes: Blob, { query, signal, onProgress }: UploadOptions): Promise<Response> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = (): void => request.abort();
    request.open("POST", addressOf(url, query));
    request.setRequestHeader("accept", "application/json");
    if (csrfToken !== null) request.setRequestHeader("x-csrf-token", csrfToken);
    request.upload.addEventListener("progress", ({ loaded }) => onProgress?.(loaded));
    request.addEventListener("load", () => resolve(new Response(request.responseText === "" ? null : request.responseText, { status: request.status })));
    request.addEventListener("error", () => reject(unreachable()));
    request.addEventListener("abort", () => reject(new DOMException("The upload was cancelled.", "AbortError")));
    request.addEventListener("loadend", () => signal?.removeEventListener("abort", stop));
    signal?.addEventListener("abort", stop);
    request.send(bytes);
  });

const unreachable = (): ApiError =>
  new ApiError({ code: "unreachable", status: 0, message: "The server cannot be reached. Check the connection and try again." });

const readBody = async <Reply>(reply: Response): Promise<Reply> => {
  const text = await reply.text();
  return text === "" ? JSON.parse("null") : JSON.parse(text);
};

const readRefusal = async (reply: Response): Promise<ApiError> => {
  const fallback = { code: "unknown", status: reply.status, message: `The server answered ${reply.status}. Try again; if it stays, look at its log.` };
  try {
    const body: { error?: { code?: string; message?: string; details?: unknown } } | null = await reply.json();
    return new ApiError({ ...fallback, ...body?.error });
  } catch {
    return new ApiError(fallback);
  }
};
