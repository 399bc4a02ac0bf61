import { z } from "zod";

export const GatewayKind = z.enum(["fake", "twilio", "http"]);
export type GatewayKind = z.infer<typeof GatewayKind>;

/** `{{to}}`, `{{text}}` and `{{id}}` stand for number, words and our id of the message; `{{secret}}` for what is kept secret. */
export const HttpGateway = z.object({
  url: z.url({ protocol: /^https?$/ }).max(1000),
  method: z.enum(["GET", "POST", "PUT"]).default("POST"),
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,60}$/), z.string().max(1000)).default({}),
  body: z.string().max(10_000).default('{"to": "{{to}}", "text": "{{text}}"}'),
});
export type HttpGateway = z.infer<typeof HttpGateway>;
export const TwilioGateway = z.object({
  accountSid: z.string().trim().min(1).max(100),
  from: z.string().trim().min(1).max(60).describe("Number, sender name, or a messaging service (MG…)."),
  baseUrl: z.url({ protocol: /^https?$/ }).max(300).default("https://api.twilio.com"),
});

export type TwilioGateway = z.infer<typeof TwilioGateway>;

export const TextGateway = z.object({
  kind: GatewayKind,
  http: HttpGateway.nullable(),
  twilio: TwilioGateway.nullable(),
  hasSecret: z.boolean(),
  hookUrl: z.string().nullable().describe("Address for replies of people, such as STOP, and for states of delivery; null until the gateway is saved."),
});
export type TextGateway = z.infer<typeof TextGateway>;

/** A missing secret stays as it is. */
export const NewTextGateway = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("fake") }),
  z.object({ kind: z.literal("twilio"), twilio: TwilioGateway, secret: z.string().min(1).max(500).optional() }),
  z.object({ kind: z.literal("http"), http: HttpGateway, secret: z.string().min(1).max(500).optional() }),
]);
export type NewTextGateway = z.infer<typeof NewTextGateway>;

export const SentText = z.object({
  id: z.uuid(), phone: z.string(), body: z.string(), segments: z.int(), state: z.enum(["waiting", "handing_over", "sent", "delivered", "failed", "doubtful"]),
  error: z.string().nullable(), createdAt: z.iso.datetime(), sentAt: z.iso.datetime().nullable(),
});
export type SentText = z.infer<typeof SentText>;
