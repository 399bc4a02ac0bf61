// Every setting of the server, read and checked once. Nothing else reads process.env.
import { totalmem } from "node:os";
import { isAbsolute, resolve } from "node:path";
import { z } from "zod";

const port = z.coerce.number().int().min(0).max(65535);
const url = (schemes: readonly string[]) =>
  z.string().refine((text) => schemes.some((scheme) => text.startsWith(`${scheme}://`)) && hasParts(text), {
    message: `must be an address that starts with ${schemes.map((scheme) => `${scheme}://`).join(" or ")}`,
  });
// The host may be empty where the database listens on a socket (`postgres://user:password@/name?host=/run`), which URL refuses.
const hasParts = (text: string): boolean => URL.canParse(text.replace(/@\//, "@socket/").replace(/:\/\/\//, "://socket/"));

const secretKeys = z.string().refine((text) => listOf(text).every((key) => key.length >= 32), {
  message: "must be at least 32 random characters, such as `openssl rand -base64 32` makes; after a comma may follow earlier keys that still open",
});
const listOf = (text: string): string[] => text.split(",").map((part) => part.trim()).filter((part) => part !== "");

const variables = z.object({
  PORT: port.default(4400),
  HOST: z.string().min(1).default("127.0.0.1"),
  DATA_DIR: z.string().min(1).default("data"),
  BASE_URL: url(["http", "https"]).optional(),
  DATABASE_URL: url(["postgres", "postgresql"]).optional(),
  ANALYTICS_URL: url(["duckdb"]).optional(),
  SMTP_URL: url(["smtp", "smtps"]).optional(),
  MAIL_FROM: z.string().min(3).default("Firsthand <firsthand@localhost>"),
  MAIL_BOUNCES: z.string().min(3).optional(),
  DKIM_DOMAIN: z.string().regex(/^[a-z0-9.-]+$/i).optional(),
  DKIM_SELECTOR: z.string().regex(/^[a-z0-9._-]+$/i).default("firsthand"),
  DKIM_KEY_FILE: z.string().min(1).optional(),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  LOG_LEVEL: z.enum(["silent", "error", "warn", "info", "debug"]).default("info"),
  ANALYTICS_MEMORY_MB: z.coerce.number().int().min(128).optional(),
  ANALYTICS_THREADS: z.coerce.number().int().min(1).max(256).default(2),
  RATE_LIMIT_FACTOR: z.coerce.number().positive().default(1),
  UPLOAD_LIMIT_MB: z.coerce.number().int().min(1).default(2048),
  SECRET_KEY: secretKeys.optional(),
  CHROMIUM_PATH: z.string().min(1).optional(),
  OUTSIDE_HOSTS_ALLOWED: z.string().max(2000).default(""),
});

export type Config = {
  port: number;
  host: string;
  dataDir: string;
  /** Address people and links use, without a trailing slash. Null: taken from the address the server listens on. */
  baseUrl: string | null;
  /** Null: the embedded PostgreSQL under `dataDir`. */
  databaseUrl: string | null;
  /** Null: DuckDB in a file under `dataDir`. */
  analyticsUrl: string | null;
  smtpUrl: string | null;
  mailFrom: string;
  /** Address to which mail servers return what they cannot deliver; each mail adds a plus-tag of its own. */
  mailBounces: string;
  /** With what mails are signed; null leaves that to the mail server. */
  dkim: { domain: string; selector: string; keyFile: string } | null;
  /** How many proxies stand in front and add to X-Forwarded-For; 0 takes the address of the connection. */
  trustProxy: number;
  logLevel: "silent" | "error" | "warn" | "info" | "debug";
  /** Beyond it the analytics store sorts on disk. */
  analyticsMemoryMb: number;
  analyticsThreads: number;
  /** Multiplies every rate limit: for a load test, or behind a proxy that limits by itself. */
  rateLimitFactor: number;
  uploadLimitMb: number;
  /** Seal the secrets in the database: the first one seals, all open. None: a key is made in the data folder. */
  secretKeys: readonly string[];
  /** The Chromium that prints pages as PDF. Null: looked for where systems keep it. */
  chromiumPath: string | null;
  /** Hosts (`name` or `name:port`) in a private network that feeds, gateways and webhooks may reach all the same. */
  outsideHostsAllowed: readonly string[];
};

export class ConfigError extends Error {}

/** What the analytics store may use where nothing is set: a quarter of the memory. PostgreSQL takes a thirty-second for its buffers, the server, its threads and the system most of the rest.
 *  @param bytes of the machine or its container
 *  @returns 512 MB at least, with which a quarter of ten million interactions is still put in order without the disk; 4 GB at most, so that a machine shared with others keeps the rest */
export const shareMemoryMb = (bytes: number): number => Math.max(512, Math.min(4_096, Math.floor(bytes / 2 ** 20 / 4)));

// Without a container the limit is nothing, or more than there is.
const memoryBytes = (): number => {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
};

/** Reads the settings from environment variables.
 *  @throws ConfigError naming every variable that is wrong, what it holds and what it must be. */
export const readConfig = (environment: Record<string, string | undefined>): Config => {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new ConfigError(`These settings are wrong:\n${lines.join("\n")}`);
  }
  const values = parsed.data;
  if ((values.DKIM_DOMAIN === undefined) !== (values.DKIM_KEY_FILE === undefined)) {
    throw new ConfigError("These settings are wrong:\n  DKIM_DOMAIN and DKIM_KEY_FILE belong together: set both, or none to leave signing to the mail server.");
  }
  return {
    port: values.PORT,
    host: values.HOST,
    dataDir: isAbsolute(values.DATA_DIR) ? values.DATA_DIR : resolve(values.DATA_DIR),
    baseUrl: values.BASE_URL?.replace(/\/+$/, "") ?? null,
    databaseUrl: values.DATABASE_URL ?? null,
    analyticsUrl: values.ANALYTICS_URL ?? null,
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MAIL_FROM,
    mailBounces: values.MAIL_BOUNCES ?? values.MAIL_FROM,
    dkim: values.DKIM_DOMAIN === undefined || values.DKIM_KEY_FILE === undefined
      ? null
      : { domain: values.DKIM_DOMAIN, selector: values.DKIM_SELECTOR, keyFile: resolve(values.DKIM_KEY_FILE) },
    trustProxy: values.TRUST_PROXY,
    logLevel: values.LOG_LEVEL,
    analyticsMemoryMb: values.ANALYTICS_MEMORY_MB ?? shareMemoryMb(memoryBytes()),
    analyticsThreads: values.ANALYTICS_THREADS,
    rateLimitFactor: values.RATE_LIMIT_FACTOR,
    uploadLimitMb: values.UPLOAD_LIMIT_MB,
    secretKeys: listOf(values.SECRET_KEY ?? ""),
    chromiumPath: values.CHROMIUM_PATH ?? null,
    outsideHostsAllowed: listOf(values.OUTSIDE_HOSTS_ALLOWED),
  };
};
