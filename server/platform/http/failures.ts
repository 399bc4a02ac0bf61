// Every failure leaves as JSON with a stable code; what is not the caller's fault is logged once, here.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Services } from "../services/services.api.ts";
import { AppError, httpErrors } from "./errors.ts";
import { InputError } from "./route.ts";

export const answerError = (services: Services, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const refusal = noteFailure(services, error, request);
  if (refusal.status === 503 && reply.getHeader("retry-after") === undefined) reply.header("retry-after", "2");
  return reply
    .code(refusal.status)
    .header("content-type", "application/json; charset=utf-8")
    .header("cache-control", "no-store")
    .send({ error: { code: refusal.code, message: refusal.message, ...(refusal.details === undefined ? {} : { details: refusal.details }) } });
};

export const answerNotFound = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const refusal = httpErrors.refuse("not_found", `There is nothing at ${request.method} ${request.url.split("?")[0]?.slice(0, 200)}.`);
  return reply.code(404).header("cache-control", "no-store").send({ error: { code: refusal.code, message: refusal.message } });
};

/** Turns any failure into a refusal with a code and logs what is not the caller's fault, for whoever answers in words of its own. */
export const noteFailure = (services: Services, error: unknown, request: FastifyRequest): AppError => {
  const refusal = toRefusal(error, request.id);
  // Whoever closed the line in the middle of a request hears no answer, and it is no defect.
  const isGone = request.raw.destroyed && !request.raw.complete;
  if (refusal.status >= 500 && !isGone) services.log.error({ err: error, requestId: request.id, route: request.routeOptions.url, method: request.method }, "request failed");
  return refusal;
};

const toRefusal = (error: unknown, requestId: string): AppError => {
  if (error instanceof AppError) return error;
  if (error instanceof InputError) return httpErrors.refuse("invalid_input", error.message, { fields: error.fields });
  const code = readText(error, "code");
  const status = readStatus(error);
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE" || status === 413) return httpErrors.refuse("too_large", "The body is larger than this address takes.");
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") return httpErrors.refuse("media_type_unknown", "Send JSON with the header Content-Type: application/json.");
  if (status >= 400 && status < 500) return httpErrors.refuse("bad_request", `The request could not be read: ${error instanceof Error ? error.message : "it is malformed"}.`);
  if (isDatabaseAway(code)) return httpErrors.refuse("unavailable", "The database is not there for a moment. Try again.");
  const badValue = describeBadValue(code);
  if (badValue !== null) return httpErrors.refuse("invalid_input", badValue);
  return httpErrors.refuse("internal", "Something went wrong inside Firsthand. The log has the details under this request id.", { requestId });
};

const readText = (error: unknown, key: "code"): string =>
  typeof error === "object" && error !== null && key in error && typeof error[key] === "string" ? error[key] : "";

const readStatus = (error: unknown): number =>
  typeof error === "object" && error !== null && "statusCode" in error && typeof error.statusCode === "number" ? error.statusCode : 0;

// Connection refused or reset, server shutting down or starting, too many connections.
const AWAY = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOENT", "57P01", "57P02", "57P03", "53300", "08006", "08001", "08003"]);
const isDatabaseAway = (code: string): boolean => AWAY.has(code);

// Values PostgreSQL cannot hold although their shape is right: text with a zero byte, a number out of range, a broken id.
const describeBadValue = (code: string): string | null => {
  if (code === "22021" || code === "22P05") return "A text holds a character that cannot be stored, such as a zero byte.";
  if (code === "22003" || code === "22008") return "A number or a time is out of range.";
  if (code === "22P02" || code === "22007") return "A value has the wrong form.";
  return null;
};
