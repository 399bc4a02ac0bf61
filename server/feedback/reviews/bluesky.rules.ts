import type { Connector, ConnectorContext, ConnectorRequest, FoundReview, ReplyToSend } from "./connector.contract.ts";
import { listAt, readTime, textAt, withQuery } from "./json-fields.rules.ts";
import { cleanText, webAddress } from "./plain-text.rules.ts";
import { choiceField, secretField, textField, urlField } from "./source-fields.rules.ts";

/** Mentions on Bluesky: posts that hold words, a hashtag, or an account's name.
 *  Source: docs.bsky.app, app.bsky.feed.searchPosts, com.atproto.server.createSession, com.atproto.repo.putRecord. */
export const bluesky: Connector = {
  kind: "bluesky", channel: "social", isPublic: true, hasGlobalIds: true,
  fields: [choiceField("look", ["search", "hashtag", "mentions"]), textField("query", true, 200), textField("account", false, 200), secretField("appPassword", false), urlField("server", false)],
  signIn: {
    request: (context) => {
      const { account = "", appPassword = "" } = { ...context.settings, ...context.secrets };
      if (account === "" || appPassword === "") return null;
      return { method: "POST", url: `${serverOf(context, "https://bsky.social")}/xrpc/com.atproto.server.createSession`, headers: { "content-type": "application/json" }, body: JSON.stringify({ identifier: account, password: appPassword }) };
    },
    read: (document) => {
      const [token, did] = [textAt(document, "accessJwt"), textAt(document, "did")];
      return token === null || did === null ? null : { token, did };
    },
  },
  poll: {
    format: "json",
    first: (context) => pageAfter(context, null),
    read: (document, context) => {
      const cursor = textAt(document, "cursor");
      const posts = listAt(document, "posts");
      return { reviews: posts.flatMap(readPost), next: cursor === null || posts.length === 0 ? null : pageAfter(context, cursor) };
    },
  },
  reply: {
    lengthMax: 300, needs: ["appPassword"],
    request: (context, reply) => ({
      method: "POST", url: `${serverOf(context, "https://bsky.social")}/xrpc/com.atproto.repo.putRecord`,
      headers: { "content-type": "application/json", authorization: `Bearer ${context.session["token"] ?? ""}` },
      body: JSON.stringify({ repo: context.session["did"], collection: "app.bsky.feed.post", rkey: recordKey(reply), record: recordOf(reply) }),
    }),
  },
};

const serverOf = ({ settings }: ConnectorContext, usual: string): string => (settings["server"] ?? "").replace(/\/+$/, "") || usual;

const pageAfter = (context: ConnectorContext, cursor: string | null): ConnectorRequest => {
  const { settings, session } = context;
  const query = (settings["query"] ?? "").trim();
  const words = settings["look"] === "hashtag" ? { q: `#${query.replace(/^#/, "")}` } : settings["look"] === "mentions" ? { q: "*", mentions: query.replace(/^@/, "") } : { q: query };
  const isSignedIn = session["token"] !== undefined;
  return {
    url: withQuery(`${serverOf(context, isSignedIn ? "https://bsky.social" : "https://public.api.bsky.app")}/xrpc/app.bsky.feed.searchPosts`, { ...words, sort: "latest", limit: "50", cursor }),
    headers: { accept: "application/json", ...(isSignedIn ? { authorization: `Bearer ${session["token"]}` } : {}) },
  };
};

const readPost = (post: unknown): FoundReview[] => {
  const [uri, handle, did] = [textAt(post, "uri"), textAt(post, "author", "handle"), textAt(post, "author", "did")];
  const at = readTime(textAt(post, "record", "createdAt") ?? textAt(post, "indexedAt"));
  const text = cleanText(textAt(post, "record", "text") ?? "", 10_000);
  if (uri === null || handle === null || at === null || text === "") return [];
  const key = uri.split("/").at(-1) ?? "";
  const [rootUri, rootCid] = [textAt(post, "record", "reply", "root", "uri"), textAt(post, "record", "reply", "root", "cid")];
  return [{
    externalId: uri.slice(0, 500), url: webAddress(`https://bsky.app/profile/${handle}/post/${key}`), at, stars: null, starsMax: 5, title: "", text,
    language: textAt(listAt(post, "record", "langs"), "0"),
    author: {
      name: cleanText(textAt(post, "author", "displayName") ?? "", 200) || handle, handle,
      identifiers: [...(did === null ? [] : [{ kind: "external:bluesky", value: did }]), { kind: "external:bluesky", value: handle.toLowerCase() }],
    },
    reply: null, reference: { uri, cid: textAt(post, "cid") ?? "", ...(rootUri === null || rootCid === null ? {} : { rootUri, rootCid }) },
  }];
};

const recordOf = ({ reference, text, at }: ReplyToSend): unknown => {
  const parent = { uri: reference["uri"], cid: reference["cid"] };
  const root = reference["rootUri"] === undefined ? parent : { uri: reference["rootUri"], cid: reference["rootCid"] };
  return { $type: "app.bsky.feed.post", text, createdAt: at, reply: { root, parent } };
};

const TID_LETTERS = "234567abcdefghijklmnopqrstuvwxyz";

/** The key of the new post follows from the reply, so that sending it twice makes one post.
 *  @returns thirteen letters: microseconds since 1970 (53 bits) and ten bits of the reply's id. Source: atproto.com/specs/tid */
const recordKey = ({ id, at }: ReplyToSend): string => {
  const own = BigInt(`0x${id.replaceAll("-", "").slice(-3) || "0"}`) & 1023n;
  const value = ((BigInt(Date.parse(at)) * 1000n) << 10n) | own;
  return Array.from({ length: 13 }, (_, place) => TID_LETTERS.charAt(Number((value >> BigInt(5 * (12 - place))) & 31n))).join("");
};
