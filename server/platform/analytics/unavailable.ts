import { AppError } from "../http/errors.ts";

/** The analytics store cannot answer now: it starts, restarts, or the query took too long. Records are not touched by that. */
export class AnalyticsUnavailable extends AppError {
  constructor(reason: string) {
    super("unavailable", 503, `The figures cannot be computed now: ${reason}. Try again in a moment.`);
    this.name = "AnalyticsUnavailable";
  }
}
