import type { Connector, FoundReview } from "./connector.contract.ts";
import { fieldAt, listAt, numberAt, readStars, readTime, textAt } from "./json-fields.rules.ts";
import { cleanText, webAddress } from "./plain-text.rules.ts";

const MOST = 500;

/** Reviews that another system sends, signed: `{"id","at","stars","text","author":{"name","email","userId","handle"}}`, one or a list under `reviews`. */
export const webhookReview: Connector = {
  kind: "webhook", channel: "review", isPublic: false, hasGlobalIds: false, fields: [],
  readMessage: (message) => (fieldAt(message, "reviews") === undefined ? listAt({ message }, "message") : listAt(message, "reviews")).slice(0, MOST).flatMap(readOne),
};

const readOne = (review: unknown): FoundReview[] => {
  const externalId = textAt(review, "id");
  const at = readTime(fieldAt(review, "at") ?? fieldAt(review, "date") ?? fieldAt(review, "createdAt"));
  const starsMax = numberAt(review, "starsMax") ?? 5;
  const stars = [5, 6, 10].includes(starsMax) ? readStars(numberAt(review, "stars") ?? numberAt(review, "rating"), starsMax) : null;
  const text = cleanText(textAt(review, "text") ?? textAt(review, "comment") ?? "", 10_000);
  if (externalId === null || at === null || (stars === null && text === "")) return [];
  const handle = textAt(review, "author", "handle");
  const identifiers = [{ kind: "user", value: textAt(review, "author", "userId") }, { kind: "email", value: textAt(review, "author", "email") }, { kind: "phone", value: textAt(review, "author", "phone") }];
  return [{
    externalId: externalId.slice(0, 500), url: webAddress(textAt(review, "url")), at, stars, starsMax, title: cleanText(textAt(review, "title") ?? "", 300), text,
    language: textAt(review, "language")?.slice(0, 20) ?? null,
    author: {
      name: cleanText(textAt(review, "author", "name") ?? "", 200) || null, handle: handle === null ? null : cleanText(handle, 200),
      identifiers: identifiers.flatMap(({ kind, value }) => (value === null ? [] : [{ kind, value }])),
    },
    reply: null, reference: {},
  }];
};
