import type { HttpGateway, TwilioGateway } from "./texts.contract.ts";

type Message = { id: string; phone: string; body: string };
export type GatewayRequest = { url: string; method: "GET" | "POST" | "PUT"; headers: Record<string, string>; body?: string };

/** A request to a gateway written as a template. Values are escaped for where they stand: in an address, in JSON, in a form. */
export const httpRequest = (gateway: HttpGateway, message: Message, secret: string): GatewayRequest => {
  const values: Record<string, string> = { to: message.phone, text: message.body, id: message.id, secret };
  const fill = (template: string, escape: (value: string) => string): string =>
    template.replace(/\{\{\s*(to|text|id|secret)\s*\}\}/g, (_place, name: string) => escape(values[name] ?? ""));
  const headers = Object.fromEntries(Object.entries(gateway.headers).map(([name, value]) => [name.toLowerCase(), fill(value, (text) => text.replace(/[\r\n]/g, " "))]));
  const type = headers["content-type"] ?? (/^\s*[{[]/.test(gateway.body) ? "application/json" : "application/x-www-form-urlencoded");
  const forBody = type.includes("json") ? (value: string) => JSON.stringify(value).slice(1, -1) : type.includes("form") ? encodeURIComponent : (value: string) => value;
  const request = { url: fill(gateway.url, encodeURIComponent), method: gateway.method, headers: { ...headers, ...(gateway.method === "GET" ? {} : { "content-type": type }) } };
  return gateway.method === "GET" ? request : { ...request, body: fill(gateway.body, forBody) };
};

/** A request to the messages resource of Twilio or a service that speaks the same. */
export const twilioRequest = (gateway: TwilioGateway, message: Message, given: { secret: string; statusUrl: string }): GatewayRequest => ({
  url: `${gateway.baseUrl.replace(/\/+$/, "")}/2010-04-01/Accounts/${encodeURIComponent(gateway.accountSid)}/Messages.json`,
  method: "POST",
  headers: {
    authorization: `Basic ${Buffer.from(`${gateway.accountSid}:${given.secret}`).toString("base64")}`,
    "content-type": "application/x-www-form-urlencoded",
  },
  body: new URLSearchParams({
    To: message.phone, Body: message.body, StatusCallback: given.statusUrl,
    ...(gateway.from.startsWith("MG") ? { MessagingServiceSid: gateway.from } : { From: gateway.from }),
  }).toString(),
});

/** What Twilio signs: the address and all fields of the form in the order of their names.
 *  Source: twilio.com/docs/usage/security, "Validating requests". */
export const twilioSignedText = (url: string, form: URLSearchParams): string =>
  url + [...new Set(form.keys())].sort().map((name) => `${name}${form.getAll(name).join("")}`).join("");

// The words gateways of several countries treat as a wish to stop, and those that take it back.
const STOP = /^\s*(stop|stopall|unsubscribe|cancel|end|quit|stopp|abmelden|arret|arrêt|alto|baja|afmelden|توقف|إيقاف)\b[\s.!]*$/iu;
const START = /^\s*(start|unstop|yes start|anmelden)\b[\s.!]*$/iu;

/** What a person wants who answers a text message. */
export const wishInText = (body: string): "stop" | "start" | null =>
  STOP.test(body) || /^\s*(توقف|إيقاف)\s*$/u.test(body) ? "stop" : START.test(body) ? "start" : null;

/** How far a message has come, in the words of Twilio. */
export const stateOfTwilio = (status: string): "sent" | "delivered" | "failed" | null =>
  status === "delivered" || status === "read" ? "delivered" : status === "failed" || status === "undelivered" ? "failed" : status === "sent" ? "sent" : null;
