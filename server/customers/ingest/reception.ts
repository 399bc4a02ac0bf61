// What happens to every request that brings events: read, ask whose it is, check the rates, commit, answer.
import type { FastifyReply, FastifyRequest } from "fastify";
import { newId } from "#platform/db";
import { AppError } from "#platform/http";
import type { Services } from "#platform/services";
import { ingestErrors } from "./ingest.errors.ts";
import { BODY_BYTES_MAX, clean, EVENTS_MAX, isRecord, needsCleaning, textOf } from "./ingest.rules.ts";
import type { Arrival, Reading } from "./ingest.rules.ts";
import { openIngest } from "./ingest.ts";
import type { ArrivedReading } from "./ingest.ts";
import type { GroupCommit } from "./group-commit.ts";
import { EVENTS_PER_SECOND, takeEvents } from "./rates.rules.ts";
import type { EventAllowance } from "./rates.rules.ts";
import { textOfBody, unpackBody } from "./request-body.ts";
import type { EnvelopeFault } from "./segment.rules.ts";
import { writeKeysOf } from "./write-keys.ts";
import type { Sender, WriteKeys } from "./write-keys.ts";

// About a second of work for two cores; beyond it waiting only makes senders time out and send again.
const WAITING_EVENTS_MAX = 20_000;
const WAITING_BYTES_MAX = 64 * 1024 * 1024;
const ERROR_LOG_PAUSE_MS = 5000;

export type Read = (body: unknown, arrival: Arrival) => Reading | EnvelopeFault;

/** Receives events for one server. It holds the queue into the database and what each workspace may still send. */
export class Reception {
  readonly #services: Services;
  readonly #ingest: GroupCommit<ArrivedReading>;
  readonly #keys: WriteKeys;
  readonly #allowances = new Map<string, EventAllowance>();
  readonly #eventsPerSecond: number;
  #waitingBytes = 0;
  #errorLoggedAt = 0;

  constructor(services: Services, eventsPerSecond: number = EVENTS_PER_SECOND) {
    this.#services = services;
    this.#ingest = openIngest(services);
    this.#keys = writeKeysOf(services);
    this.#eventsPerSecond = eventsPerSecond;
  }

  /** Takes one request in. When it returns, its events are committed or kept as refused.
   *  @param body what was sent, parsed  @param sizeBytes of the request, for back-pressure
   *  @throws AppError with the status the sender's retries are built for */
  async take(request: FastifyRequest, reply: FastifyReply, given: { body: unknown; sizeBytes: number; source: string; read: Read }): Promise<void> {
    if (this.#ingest.waitingEvents > WAITING_EVENTS_MAX || this.#waitingBytes > WAITING_BYTES_MAX) throw this.#busy();
    const receivedAt = this.#services.clock.now().getTime();
    const { workspaceId, identity } = await this.senderOf(request, given.body);
    const arrival: Arrival = { workspaceId, source: given.source, receivedAt, newMessageId: newId, identity };
    const reading = given.read(given.body, arrival);
    if (typeof reading === "string") throw refuseEnvelope(reading);
    this.#spend(reply, workspaceId, reading.rows.length + reading.refusals.length, receivedAt);
    await this.#commit({ rows: reading.rows, refusals: reading.refusals, arrival }, given.sizeBytes);
  }

  /** Whose write key a request carries.
   *  @throws write_key_wrong */
  async senderOf(request: FastifyRequest, body: unknown): Promise<Sender> {
    const key = findKeyIn(request, body);
    const now = this.#services.clock.now().getTime();
    const remembered = key === null ? null : this.#keys.remembered(key, now);
    const sender = remembered === undefined && key !== null ? await this.#find(key, now) : remembered;
    if (sender === null || sender === undefined) throw ingestErrors.refuse("write_key_wrong", "The write key is unknown or revoked. Copy it from Settings, Keys.");
    return sender;
  }

  // A key that cannot be looked up may well be right: the sender must keep its events.
  async #find(key: string, now: number): Promise<Sender | null> {
    try {
      return await this.#keys.find(key, now);
    } catch (error) {
      if (error instanceof AppError) throw error;
      this.#logFailure(error);
      throw ingestErrors.refuse("ingest_away", "The write key could not be looked up for now. Send the events again in 2 s.");
    }
  }

  drain(): Promise<void> {
    return this.#ingest.drain();
  }

  #spend(reply: FastifyReply, workspaceId: string, events: number, now: number): void {
    const { allowance, waitSeconds } = takeEvents(this.#allowances.get(workspaceId), events, this.#eventsPerSecond, now);
    this.#allowances.set(workspaceId, allowance);
    if (waitSeconds === 0) return;
    reply.header("retry-after", String(waitSeconds));
    throw ingestErrors.refuse("too_many_events", `This workspace may send ${this.#eventsPerSecond} events a second. Try again in ${waitSeconds} s.`, {
      retryAfterSeconds: waitSeconds,
    });
  }

  #busy(): AppError {
    return ingestErrors.refuse("ingest_busy", "More events arrive than can be stored. Try again in 2 s.", { retryAfterSeconds: 2 });
  }

  async #commit(reading: ArrivedReading, sizeBytes: number): Promise<void> {
    this.#waitingBytes += sizeBytes;
    try {
      await this.#ingest.commit(reading);
    } catch (error) {
      this.#logFailure(error);
      throw ingestErrors.refuse("ingest_away", "The events could not be stored for now. Send them again in 2 s.");
    } finally {
      this.#waitingBytes -= sizeBytes;
    }
  }

  // Thousands of requests may fail for one reason within a second; one line is enough to act on.
  #logFailure(error: unknown): void {
    const now = this.#services.clock.now().getTime();
    if (now - this.#errorLoggedAt < ERROR_LOG_PAUSE_MS) return;
    this.#errorLoggedAt = now;
    this.#services.log.error({ err: error }, "events cannot be stored; senders are told to try again");
  }
}

/** The body of a request as JSON, whatever its headers claim.
 *  @throws body_unreadable, body_too_large */
export const readBody = (request: FastifyRequest): { body: unknown; sizeBytes: number } => {
  const text = textOfBody(bytesOf(request));
  try {
    const parsed: unknown = JSON.parse(text);
    return { body: needsCleaning(text) ? clean(parsed) : parsed, sizeBytes: text.length };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw ingestErrors.refuse("body_unreadable", `The body is not JSON: ${error.message.slice(0, 200)}`);
  }
};

/** The body of a request, unpacked. */
export const bytesOf = (request: FastifyRequest): Buffer => {
  const { body, headers } = request;
  const unpacked = unpackBody(Buffer.isBuffer(body) ? body : Buffer.alloc(0), headers["content-encoding"] ?? "");
  if (Buffer.isBuffer(unpacked)) return unpacked;
  if (unpacked === "body_too_large") throw tooLarge();
  throw ingestErrors.refuse("body_unreadable", "The compression of the body is broken.");
};

export const tooLarge = (): AppError => ingestErrors.refuse("body_too_large", `A body may have ${BODY_BYTES_MAX} bytes after decompression. Send smaller batches.`);

const refuseEnvelope = (fault: EnvelopeFault): Error => {
  if (fault === "too_many_events") return ingestErrors.refuse("body_too_large", `A batch may have ${EVENTS_MAX} events. Send smaller batches.`);
  return ingestErrors.refuse("invalid_envelope", 'Send an event as a JSON object, or a batch as { "batch": [...] }.');
};

// Clients put the key into the user of Basic authorization, the query, or the body; some into several at once.
const findKeyIn = (request: FastifyRequest, body: unknown): string | null => {
  const authorization = request.headers.authorization;
  if (authorization !== undefined) {
    const [scheme = "", credentials = ""] = authorization.split(" ", 2);
    if (scheme.toLowerCase() === "basic") return Buffer.from(credentials, "base64").toString("utf8").split(":", 1)[0] ?? "";
    if (scheme.toLowerCase() === "bearer") return credentials;
  }
  const inQuery = isRecord(request.query) ? textOf(request.query["writeKey"]) : null;
  return inQuery ?? (isRecord(body) ? textOf(body["writeKey"]) : null);
};
