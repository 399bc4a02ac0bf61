import type { Connector, ConnectorContext, ConnectorRequest, FoundReview } from "./connector.contract.ts";
import { fieldAt, listAt, readTime, textAt, withQuery } from "./json-fields.rules.ts";
import { cleanText, plainText, webAddress } from "./plain-text.rules.ts";
import { choiceField, secretField, textField, urlField } from "./source-fields.rules.ts";

/** Mentions on Mastodon: a hashtag (without an account), a search or the account's own mentions (with a token).
 *  Source: docs.joinmastodon.org, methods/timelines, methods/search, methods/notifications, methods/statuses. */
export const mastodon: Connector = {
  kind: "mastodon", channel: "social", isPublic: true, hasGlobalIds: true,
  fields: [urlField("server", true), choiceField("look", ["hashtag", "search", "mentions"]), textField("query", false, 200), secretField("token", false)],
  poll: {
    format: "json",
    first: firstPage,
    read: (document, context, asked) => {
      const statuses = Array.isArray(document) ? document : listAt(document, "statuses");
      const reviews = statuses.flatMap((item: unknown) => readStatus(fieldAt(item, "status") ?? item, serverOf(context)));
      const last: unknown = statuses.at(-1);
      const oldest = textAt(last, "id");
      return { reviews, next: statuses.length < PAGE || oldest === null || context.settings["look"] === "search" ? null : { ...asked, url: withQuery(asked.url.replace(/&max_id=[^&]*/, ""), { max_id: oldest }) } };
    },
  },
  reply: {
    // Of 500 some go to the name of who is answered.
    lengthMax: 450, needs: ["token"],
    request: (context, reply) => ({
      method: "POST", url: `${serverOf(context)}/api/v1/statuses`,
      // The server keeps the key for an hour: a job that runs twice posts once.
      headers: { ...authorization(context), "content-type": "application/json", "idempotency-key": reply.id },
      body: JSON.stringify({ status: reply.handle === null || reply.text.includes(`@${reply.handle}`) ? reply.text : `@${reply.handle} ${reply.text}`, in_reply_to_id: reply.reference["statusId"], visibility: reply.reference["visibility"] ?? "public" }),
    }),
  },
};

const PAGE = 40;

function firstPage(context: ConnectorContext): ConnectorRequest {
  const server = serverOf(context);
  const query = (context.settings["query"] ?? "").trim();
  const headers = { accept: "application/json", ...authorization(context) };
  if (context.settings["look"] === "mentions") return { url: withQuery(`${server}/api/v1/notifications?types[]=mention`, { limit: String(PAGE) }), headers };
  if (context.settings["look"] === "search") return { url: withQuery(`${server}/api/v2/search?type=statuses`, { q: query, limit: String(PAGE) }), headers };
  return { url: withQuery(`${server}/api/v1/timelines/tag/${encodeURIComponent(query.replace(/^#/, ""))}`, { limit: String(PAGE) }), headers };
}

const serverOf = ({ settings }: ConnectorContext): string => (settings["server"] ?? "").replace(/\/+$/, "");
const authorization = ({ secrets }: ConnectorContext): Record<string, string> => (secrets["token"] === undefined || secrets["token"] === "" ? {} : { authorization: `Bearer ${secrets["token"]}` });

const readStatus = (status: unknown, server: string): FoundReview[] => {
  const uri = textAt(status, "uri") ?? textAt(status, "url");
  const at = readTime(textAt(status, "edited_at") ?? textAt(status, "created_at"));
  const acct = textAt(status, "account", "acct");
  const text = plainText(textAt(status, "content") ?? "", 10_000);
  const visibility = textAt(status, "visibility") ?? "public";
  // A boost repeats what somebody else said; what was sent to a few is not for a list that many read.
  if (uri === null || at === null || acct === null || text === "" || fieldAt(status, "reblog") != null || visibility === "direct" || visibility === "private") return [];
  const handle = acct.includes("@") ? acct : `${acct}@${server.replace(/^https?:\/\//, "").replace(/[:/].*$/, "")}`;
  return [{
    externalId: uri.slice(0, 500), url: webAddress(textAt(status, "url") ?? uri), at, stars: null, starsMax: 5,
    title: cleanText(textAt(status, "spoiler_text") ?? "", 300), text, language: textAt(status, "language"),
    author: { name: cleanText(textAt(status, "account", "display_name") ?? "", 200) || handle, handle, identifiers: [{ kind: "external:mastodon", value: handle.toLowerCase() }] },
    reply: null, reference: { statusId: textAt(status, "id") ?? "", visibility },
  }];
};
