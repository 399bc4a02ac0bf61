import type { KioskConfig, PairedKiosk } from "@firsthand/server/feedback/kiosks/kiosks.contract";

/** What the server says to a device; `null` for "no line". */
export type Asked<Value> = { ok: true; value: Value } | { ok: false; code: string } | null;

export const pair = (code: string): Promise<Asked<PairedKiosk>> =>
  ask<PairedKiosk>("/api/public/kiosks/pairing", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ code }) });

export const fetchConfig = (token: string, waiting: number): Promise<Asked<KioskConfig>> =>
  ask<KioskConfig>(`/api/public/kiosks/config?waiting=${waiting}`, { headers: { "x-kiosk-token": token } });

export const postResponse = async (body: string): Promise<{ status: number; code: string }> => {
  const reply = await fetch("/api/public/responses", {
    method: "POST", headers: { "content-type": "application/json" }, body, credentials: "omit", signal: AbortSignal.timeout(10_000),
  });
  return { status: reply.status, code: reply.ok ? "" : await codeOf(reply) };
};

async function ask<Value>(url: string, request: RequestInit): Promise<Asked<Value>> {
  try {
    const reply = await fetch(url, { ...request, credentials: "omit", signal: AbortSignal.timeout(10_000) });
    if (reply.ok) {
      const value: Value = await reply.json();
      return { ok: true, value };
    }
    // A server in trouble is no reason to forget what the device is.
    return reply.status >= 500 || reply.status === 429 ? null : { ok: false, code: await codeOf(reply) };
  } catch {
    return null;
  }
}

async function codeOf(reply: Response): Promise<string> {
  try {
    const body: { error?: { code?: string } } = await reply.json();
    return body.error?.code ?? "";
  } catch {
    return "";
  }
}
