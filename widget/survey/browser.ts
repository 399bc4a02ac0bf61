import type { SendingRules } from "./sending.ts";
import type { Surroundings } from "./session.ts";

const PATH_OF_RESPONSES = "/api/public/responses";
// Browsers refuse larger bodies for requests that outlive their page.
const KEEPALIVE_LENGTH_MAX = 60_000;

/** The surroundings of a survey that may want something to come with its answers; only such a survey loads what makes it. */
export const surroundingsFor = async (sending: SendingRules | undefined, base = ""): Promise<Surroundings> => {
  const around = browserSurroundings(base);
  return sending === undefined || sending === null ? around : (await import("./sending.ts")).sendingBy(sending, around);
};

/** Network and storage of a real browser. A browser that forbids storing answers as well, only without surviving a reload.
 *  @param base origin of the server where that is not the page's own; "" where it is */
export function browserSurroundings(base = ""): Surroundings {
  const url = `${base}${PATH_OF_RESPONSES}`;
  const memory = new Map<string, string>();
  return {
    read: (key) => {
      try {
        return localStorage.getItem(key) ?? memory.get(key) ?? null;
      } catch {
        return memory.get(key) ?? null;
      }
    },
    write: (key, value) => {
      memory.set(key, value);
      try {
        localStorage.setItem(key, value);
      } catch {
        // Storage is full or forbidden: what is kept in memory has to do.
      }
    },
    post: async (body) => {
      const reply = await post(url, body);
      const { endingId, error }: { endingId?: string | null; error?: { code?: string } } = await reply.json().catch(() => ({}));
      // The page a network shows before it lets anybody in says 200 as well: only the server's own words make answers safe.
      return { status: reply.ok && endingId === undefined ? 0 : reply.status, code: error?.code ?? "", endingId };
    },
    // Beacons bring cookies along, which servers of other addresses refuse.
    beacon: (body) => void (base === "" ? navigator.sendBeacon(url, new Blob([body], { type: "application/json" })) : post(url, body).catch(() => undefined)),
    later: (run, ms) => void setTimeout(run, ms * (0.7 + Math.random() * 0.6)),
    now: () => Date.now(),
    newId,
  };
}

const post = (url: string, body: string): Promise<Response> =>
  fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body, keepalive: body.length < KEEPALIVE_LENGTH_MAX, credentials: "omit" });

// randomUUID exists on secure pages only; a survey on a plain http address in a shop's network must work too.
function newId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
