import { pino } from "pino";
import type { Logger } from "pino";

export type Log = Logger;

// Personal data stays out of logs: these keys are blanked wherever a caller slips, and request bodies are never logged.
const PRIVATE_KEYS = ["email", "phone", "name", "password", "token", "authorization", "cookie", "text", "traits", "subject", "body"];

/** The structured log of this process: one JSON line per entry on standard error, without personal data.
 *  @param level "silent" switches it off, as tests do */
export const createLog = (level: string): Log =>
  pino(
    {
      level,
      base: undefined,
      redact: { paths: PRIVATE_KEYS.flatMap((key) => [key, `*.${key}`]), censor: "[private]" },
      serializers: { err: (error: unknown) => describeError(error) },
    },
    pino.destination({ fd: 2, sync: true }),
  );

// PostgreSQL puts the values of the row into `detail`: message, code and stack are enough to find a bug.
const describeError = (error: unknown): unknown =>
  error instanceof Error ? { type: error.name, message: error.message, stack: error.stack, code: "code" in error ? error.code : undefined } : { message: String(error) };
