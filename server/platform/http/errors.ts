/** A refusal the caller caused and can mend. Codes are stable; the message says what happened, with what, and what to do. */
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Record<string, unknown> | undefined;
  constructor(code: string, status: number, message: string, details?: Record<string, unknown>) {
    super(message);
    this.name = "AppError";
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

export type ErrorDeclaration = { code: string; feature: string; status: number; meaning: string };

/** Declares a feature's refusals.
 *  @returns `list` for the manifest (documented, tested against the docs) and `refuse` to make one: `throw surveyErrors.refuse("survey_closed", "...")` */
export const defineErrors = <Code extends string>(
  feature: string,
  declarations: Record<Code, { status: number; meaning: string }>,
): { list: ErrorDeclaration[]; refuse: (code: Code, message: string, details?: Record<string, unknown>) => AppError } => ({
  list: Object.entries<{ status: number; meaning: string }>(declarations).map(([code, { status, meaning }]) => ({ code, feature, status, meaning })),
  refuse: (code, message, details) => new AppError(code, declarations[code].status, message, details),
});

/** Refusals any route can answer with. */
export const httpErrors = defineErrors("http", {
  bad_request: { status: 400, meaning: "The request could not be read: the JSON is broken, or a header is wrong." },
  invalid_input: { status: 400, meaning: "A field is missing, unknown, or has a value that is not allowed; `details.fields` names each." },
  not_signed_in: { status: 401, meaning: "The request carries no valid session or key." },
  not_allowed: { status: 403, meaning: "The member or key lacks the ability this needs; `details.ability` names it." },
  csrf_token_wrong: { status: 403, meaning: "A change sent with a session cookie must carry the header x-csrf-token from GET /api/session." },
  not_found: { status: 404, meaning: "There is nothing at this address, or nothing this workspace may see." },
  too_large: { status: 413, meaning: "The body is larger than this address takes." },
  media_type_unknown: { status: 415, meaning: "The body is of a kind this address does not read." },
  too_many_requests: { status: 429, meaning: "Too many requests; wait the seconds in the header Retry-After." },
  unavailable: { status: 503, meaning: "A part of Firsthand is starting or away for a moment; try again after the seconds in the header Retry-After." },
  internal: { status: 500, meaning: "A defect of Firsthand. The id in `details.requestId` finds it in the log." },
});
