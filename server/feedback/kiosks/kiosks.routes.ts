import { defineAbilities } from "#platform/access";
import { defineRoute } from "#platform/http";
import { z } from "zod";
import { SaveResponseBody, SavedResponse } from "../responses/responses.contract.ts";
import { ChangeKioskBody, CreateKioskBody, Kiosk, KioskConfig, KioskStateQuery, PairBody, PairedKiosk, Pairing } from "./kiosks.contract.ts";
import { beginPairing, changeKiosk, configOfKiosk, createKiosk, kioskErrors, listAllKiosks, pairKiosk, removeKiosk, takeKioskResponse } from "./kiosks.ts";

export const kiosksAbilities = defineAbilities("kiosks", {
  "kiosks.read": { meaning: "See the kiosks, where they stand and how they do", roles: ["owner", "admin", "manager", "agent", "viewer"] },
  "kiosks.write": { meaning: "Set up, pair and remove kiosks", roles: ["owner", "admin", "manager"] },
});

const tag = "feedback";
const canWrite = { ability: "kiosks.write" };
const params = z.object({ id: z.uuid() });
const device = { public: "A kiosk has no account: it shows the token it got when it was paired." };

export const kiosksRoutes = [
  defineRoute({
    method: "GET", url: "/api/kiosks", summary: "Kiosks, by name", tag, access: { ability: "kiosks.read" },
    query: z.object({ surveyId: z.uuid().optional() }), reply: z.object({ items: z.array(Kiosk) }),
    answer: async ({ actor, services, query }) => ({ items: await listAllKiosks(services, actor.workspaceId, query.surveyId ?? null) }),
  }),
  defineRoute({
    method: "POST", url: "/api/kiosks", summary: "Set up a kiosk", tag, access: canWrite, body: CreateKioskBody, status: 201, reply: Kiosk,
    answer: ({ actor, services, body }) => createKiosk(services, actor, body),
  }),
  defineRoute({
    method: "PATCH", url: "/api/kiosks/:id", summary: "Change a kiosk; its device takes it over within a minute", tag, access: canWrite, params, body: ChangeKioskBody, reply: Kiosk,
    answer: ({ actor, services, params: { id }, body }) => changeKiosk(services, actor, id, body),
  }),
  defineRoute({
    method: "DELETE", url: "/api/kiosks/:id", summary: "Remove a kiosk; answers it took stay", tag, access: canWrite, params, status: 204, reply: z.undefined(),
    answer: ({ actor, services, params: { id } }) => removeKiosk(services, actor, id).then(() => undefined),
  }),
  defineRoute({
    method: "POST", url: "/api/kiosks/:id/pairing", summary: "A code that makes a device this kiosk; the device before is locked out", tag, access: canWrite, params, status: 201, reply: Pairing,
    answer: ({ actor, services, params: { id } }) => beginPairing(services, actor, id),
  }),
  defineRoute({
    method: "POST", url: "/api/public/kiosks/pairing", summary: "Become the kiosk a code was made for", tag,
    access: { public: "A device has nothing but the code a member typed into it." }, limit: { perMinute: 30 }, body: PairBody, reply: PairedKiosk,
    answer: ({ services, body }) => pairKiosk(services, body.code),
  }),
  defineRoute({
    method: "GET", url: "/api/public/kiosks/config", summary: "What a kiosk shall ask, sent with its token in `x-kiosk-token`; tells how many answers wait and what of them is refused", tag, access: device, limit: { perMinute: 60 },
    query: KioskStateQuery, reply: KioskConfig,
    answer: ({ services, request, query }) => {
      const token = tokenIn(request);
      if (token === undefined) throw kioskErrors.refuse("kiosk_unknown", "The request carries no token of a kiosk.");
      return configOfKiosk(services, token, query);
    },
  }),
  defineRoute({
    method: "POST", url: "/api/public/kiosks/responses", summary: "Bring in an answer a kiosk took, also hours later", tag, access: device, limit: { perMinute: 1_000 },
    body: SaveResponseBody, reply: SavedResponse,
    answer: ({ services, request, body }) => takeKioskResponse(services, tokenIn(request), body, request.ip),
  }),
];

const tokenIn = ({ headers }: { headers: Record<string, unknown> }): string | undefined => {
  const token = headers["x-kiosk-token"];
  return typeof token === "string" && /^fhd_[\w-]{20,100}$/.test(token) ? token : undefined;
};
