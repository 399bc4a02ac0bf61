import { createHmac, timingSafeEqual } from "node:crypto";
import { Readable } from "node:stream";
import { parse } from "csv-parse/sync";
import type { Actor } from "#platform/access";
import { httpErrors } from "#platform/http";
import type { Services } from "#platform/services";
import type { FoundReview } from "./connector.contract.ts";
import { CONNECTORS } from "./connectors.rules.ts";
import { parseMail, readNotification } from "./notification-mails.ts";
import { saveReviews } from "./receiving.ts";
import { reviewErrors } from "./reviews.errors.ts";
import { getSecrets } from "./source-secrets.ts";
import { getSource } from "./sources.ts";
import type { FedReviews } from "./sources.contract.ts";
import { findSourceAnywhere, notePoll } from "./sources.queries.ts";
import type { SourceRow } from "./sources.queries.ts";

const UPLOAD_BYTES_MAX = 20_000_000;
const ROWS_MAX = 100_000;
const SIGNATURE_AGE_MAX_MS = 5 * 60_000;

/** Takes reviews from a file: the CSV export of a review site, or a mail in which one tells of a new review.
 *  @throws review_file_not_read when nothing in it is a review */
export const takeUpload = async (services: Services, actor: Actor, sourceId: string, body: unknown): Promise<FedReviews> => {
  const source = await getSource(services.db, actor.workspaceId, sourceId);
  const bytes = await readBytes(body);
  const found = await readUpload(source, bytes, services.clock.now());
  if (found.length === 0) {
    throw reviewErrors.refuse("review_file_not_read", `No review was found in this file. ${CONNECTORS[source.kind].readMail === undefined ? "A CSV needs a heading, a column with dates, and one with stars or words." : "Give the sentences of this sender as patterns in the settings of the source."}`);
  }
  return save(services, source, found);
};

/** Takes what another system sends. `signature` is `t=<seconds>,v1=<hex>`: HMAC-SHA256 of "<t>.<body>" under the secret of the source.
 *  @throws not_found, review_signature_wrong, review_file_not_read */
export const takeWebhook = async (services: Services, given: { sourceId: string; body: string; signature: string | undefined }): Promise<FedReviews> => {
  const source = await findSourceAnywhere(services.db, given.sourceId);
  const readMessage = source === null ? undefined : CONNECTORS[source.kind].readMessage;
  if (source === null || readMessage === undefined || !source.isActive) throw httpErrors.refuse("not_found", "Nothing takes reviews at this address.");
  if (!isSigned(given.body, given.signature, getSecrets(services, source)["webhookSecret"] ?? "", services.clock.now())) {
    throw reviewErrors.refuse("review_signature_wrong", "The header x-firsthand-signature does not fit the body, or is older than five minutes.");
  }
  const found = readMessage(readJson(given.body));
  if (found.length === 0) throw reviewErrors.refuse("review_file_not_read", "Nothing in the body is a review. Each needs an id, a time, and stars or words.");
  return save(services, source, found);
};

const save = async (services: Services, source: SourceRow, found: readonly FoundReview[]): Promise<FedReviews> => {
  const saved = await saveReviews(services, source, found);
  await notePoll(services.db, {
    workspaceId: source.workspaceId, id: source.id, revision: source.revision, at: services.clock.now(), nextPollAt: null, progress: null,
    result: { isSuccess: true, newCount: saved.added + saved.changed, etag: null, lastModified: null },
  });
  return saved;
};

const isSigned = (body: string, header: string | undefined, secret: string, now: Date): boolean => {
  const [, seconds = "", signature = ""] = /^t=(\d{1,12}),\s*v1=([\da-f]{64})$/.exec(header ?? "") ?? [];
  if (signature === "" || secret === "" || Math.abs(now.getTime() - Number(seconds) * 1000) > SIGNATURE_AGE_MAX_MS) return false;
  const expected = createHmac("sha256", secret).update(`${seconds}.${body}`).digest();
  return timingSafeEqual(expected, Buffer.from(signature, "hex"));
};

const readUpload = async (source: SourceRow, bytes: Buffer, now: Date): Promise<FoundReview[]> => {
  const { readRows, readMail } = CONNECTORS[source.kind];
  if (readRows !== undefined) return readRows(rowsOf(bytes));
  if (readMail === undefined) throw reviewErrors.refuse("review_file_not_read", `"${source.name}" takes no files.`);
  const found = readNotification(source, await parseMail(bytes), now);
  return found === null ? [] : [found];
};

const rowsOf = (bytes: Buffer): string[][] => {
  const text = decode(bytes);
  const head = text.slice(0, text.indexOf("\n") === -1 ? text.length : text.indexOf("\n"));
  const delimiter = [",", ";", "\t"].toSorted((one, other) => head.split(other).length - head.split(one).length)[0] ?? ",";
  try {
    return parse(text, { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, to: ROWS_MAX, max_record_size: 200_000 });
  } catch (error) {
    throw reviewErrors.refuse("review_file_not_read", `The file is not a CSV: ${error instanceof Error ? error.message : "it cannot be read"}.`);
  }
};

// Google writes UTF-16 with a mark in front; everybody else UTF-8.
const decode = (bytes: Buffer): string => {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes);
};

const readBytes = async (body: unknown): Promise<Buffer> => {
  if (!(body instanceof Readable)) throw reviewErrors.refuse("review_file_not_read", "Send the file as application/octet-stream.");
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body) {
    const bytes = Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece));
    size += bytes.length;
    if (size > UPLOAD_BYTES_MAX) throw httpErrors.refuse("too_large", "The file is larger than 20 MB. Split it.");
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
};

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
