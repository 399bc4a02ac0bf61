// Asks a language model at an address of the workspace's own. The only place from which texts of customers leave.
import { fetchOutside } from "#platform/http";
import type { Services } from "#platform/services";
import { completion } from "./writing-aid.contract.ts";
import type { Message } from "./writing-aid.rules.ts";

export type Asked = { address: string; model: string; key: string | null };
/** `message` may be shown to members: it names the host, and nothing of what it said. */
export type Answered = { ok: true; text: string } | { ok: false; reason: "unreachable" | "refused" | "unusable"; message: string };

const TIMEOUT_MS = 60_000;
const SIZE_BYTES_MAX = 1_000_000;

/** Once, without following redirects: texts go to the address that was entered or nowhere.
 *  @param timeoutMs for the whole answer */
export const askModel = async (services: Pick<Services, "config">, { address, model, key }: Asked, messages: readonly Message[], timeoutMs = TIMEOUT_MS): Promise<Answered> => {
  const { host } = new URL(address);
  const reply = await fetchOutside(
    services.config,
    {
      method: "POST", url: `${address}/chat/completions`,
      headers: { "content-type": "application/json", accept: "application/json", ...(key === null ? {} : { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({ model, messages, stream: false }),
    },
    { timeoutMs, sizeBytesMax: SIZE_BYTES_MAX, redirectsMax: 0 },
  );
  if (!reply.ok) return { ok: false, reason: "unreachable", message: reply.message };
  if (reply.status < 200 || reply.status > 299) return { ok: false, reason: "refused", message: `${host} answered with status ${reply.status}${hints[reply.status] ?? ""}.` };
  const read = completion.safeParse(parse(reply.text));
  const text = read.success ? (read.data.choices[0]?.message.content.trim() ?? "") : "";
  if (text === "") return { ok: false, reason: "unusable", message: `${host} answered, but not as an OpenAI-compatible endpoint does.` };
  return { ok: true, text };
};

const hints: Readonly<Record<number, string>> = {
  401: ": it wants another key", 403: ": it does not allow this key or model", 404: ": there is no such address or model", 413: ": the texts are too long for it",
  429: ": it has had enough for now", 503: ": it is busy",
};

/** @returns null for what is no JSON */
export const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
