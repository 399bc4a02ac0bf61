import type { KioskConfig, PairedKiosk } from "@firsthand/server/feedback/kiosks/kiosks.contract";
import type { Sent } from "./queue.ts";

/** What the server says to a device; `null` for "no line". */
export type Asked<Value> = { ok: true; value: Value } | { ok: false } | null;

export const pair = (code: string): Promise<Asked<PairedKiosk>> =>
  ask<PairedKiosk>("/api/public/kiosks/pairing", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ code }) });

export const fetchConfig = (token: string, { waiting, refused, problem }: Sent): Promise<Asked<KioskConfig>> =>
  ask<KioskConfig>(`/api/public/kiosks/config?waiting=${waiting}&refused=${refused}${problem && `&problem=${problem}`}`, { headers: { "x-kiosk-token": token } });

/** @param token "" on a device that is not paired any more and still has answers */
export const postResponse = async (body: string, token: string): Promise<{ status: number; code: string }> => {
  const reply = await fetch("/api/public/kiosks/responses", {
    method: "POST", headers: { "content-type": "application/json", "x-kiosk-token": token }, body, credentials: "omit", signal: AbortSignal.timeout(10_000),
  });
  const { id, error }: { id?: string; error?: { code?: string } } = await reply.json().catch(() => ({}));
  // The page a network shows before it lets anybody in says 200 as well: only the server's own words make an answer safe.
  return { status: id === undefined && reply.ok ? 0 : reply.status, code: error?.code ?? "" };
};

async function ask<Value>(url: string, request: RequestInit): Promise<Asked<Value>> {
  try {
    const reply = await fetch(url, { ...request, credentials: "omit", signal: AbortSignal.timeout(10_000) });
    if (reply.ok) {
      const value: Value = await reply.json();
      return { ok: true, value };
    }
    // A server in trouble is no reason to forget what the device is.
    return reply.status >= 500 || reply.status === 429 ? null : { ok: false };
  } catch {
    return null;
  }
}
