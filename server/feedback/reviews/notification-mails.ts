import PostalMime from "postal-mime";
import type { Email } from "postal-mime";
import { defineMailReader } from "#platform/mailbox";
import type { FoundReview } from "./connector.contract.ts";
import { CONNECTORS } from "./connectors.rules.ts";
import { cleanText, plainText } from "./plain-text.rules.ts";
import { saveReviewsWithin } from "./receiving.ts";
import { isForged, isFromSender } from "./senders.rules.ts";
import { listMailSources, notePoll } from "./sources.queries.ts";
import type { SourceRow } from "./sources.queries.ts";

const SOURCES_MAX = 50;

export const parseMail = (raw: Uint8Array): Promise<Email> => PostalMime.parse(raw, { maxNestingDepth: 20 });

/** The review a mail tells of; null when it tells of none, or the source takes no mails. */
export const readNotification = (source: Pick<SourceRow, "kind" | "settings">, mail: Email, now: Date): FoundReview | null => {
  const text = mail.text === undefined || mail.text.trim() === "" ? plainText(mail.html ?? "", 50_000) : cleanText(mail.text, 50_000);
  const sentAt = Date.parse(mail.date ?? "");
  return CONNECTORS[source.kind].readMail?.({
    messageId: mail.messageId ?? null, at: (Number.isNaN(sentAt) ? now : new Date(sentAt)).toISOString(), fromName: mail.from?.name ?? null, subject: cleanText(mail.subject ?? "", 500), text,
  }, source.settings) ?? null;
};

/** Takes notifications of review sites from a mailbox: only of senders that a source names, since a mail with a quotation in it looks like a review. */
export const notificationReader = defineMailReader({
  name: "reviews.takeNotification",
  of: "machines",
  read: async ({ services, tx, workspaceId, raw }) => {
    const sources = await listMailSources(tx, workspaceId, SOURCES_MAX);
    if (sources.length === 0) return "not mine";
    const mail = await parseMail(raw);
    if (isForged(mail.headers.flatMap(({ key, value }) => (key === "authentication-results" ? [value] : [])))) return "not mine";
    const now = services.clock.now();
    for (const source of sources.filter(({ settings }) => isFromSender(mail.from?.address ?? "", settings["senders"] ?? ""))) {
      const found = readNotification(source, mail, now);
      if (found === null || (found.stars === null && found.author.name === null)) continue;
      const saved = await saveReviewsWithin(tx, source, [found], now);
      await notePoll(tx, {
        workspaceId, id: source.id, revision: source.revision, at: now, nextPollAt: null, progress: null,
        result: { isSuccess: true, newCount: saved.added + saved.changed, etag: null, lastModified: null },
      });
      return "taken";
    }
    return "not mine";
  },
});
