import type { Connector, ConnectorContext, ConnectorRequest, FoundReview } from "./connector.contract.ts";
import { fieldAt, listAt, readTime, textAt, withQuery } from "./json-fields.rules.ts";
import { cleanText } from "./plain-text.rules.ts";
import { secretField, textField, urlField } from "./source-fields.rules.ts";

const STARS: ReadonlyMap<string, number> = new Map([["ONE", 1], ["TWO", 2], ["THREE", 3], ["FOUR", 4], ["FIVE", 5]]);

/** Reviews of one place on Google, through the organisation's own Business Profile.
 *  Source: developers.google.com/my-business/reference/rest/v4/accounts.locations.reviews; OAuth 2.0 with a refresh token. */
export const googleBusiness: Connector = {
  kind: "google_business", channel: "review", isPublic: true, hasGlobalIds: true,
  fields: [textField("account", true, 60), textField("location", true, 60), textField("clientId", true), secretField("clientSecret", true), secretField("refreshToken", true), urlField("server", false), urlField("signInServer", false)],
  signIn: {
    request: ({ settings, secrets }) => ({
      method: "POST", url: `${(settings["signInServer"] ?? "").replace(/\/+$/, "") || "https://oauth2.googleapis.com"}/token`, headers: { "content-type": "application/x-www-form-urlencoded" },
      body: withQuery("", { grant_type: "refresh_token", client_id: settings["clientId"], client_secret: secrets["clientSecret"], refresh_token: secrets["refreshToken"] }).slice(1),
    }),
    read: (document) => {
      const token = textAt(document, "access_token");
      return token === null ? null : { token };
    },
  },
  poll: {
    format: "json",
    first: (context) => pageAfter(context, null),
    read: (document, context) => {
      const next = textAt(document, "nextPageToken");
      return { reviews: listAt(document, "reviews").flatMap(readReview), next: next === null ? null : pageAfter(context, next) };
    },
  },
  reply: {
    lengthMax: 4000, needs: ["refreshToken"],
    request: (context, reply) => ({
      method: "PUT", url: `${serverOf(context)}/v4/${reply.reference["name"] ?? ""}/reply`,
      headers: { ...authorization(context), "content-type": "application/json" }, body: JSON.stringify({ comment: reply.text }),
    }),
  },
};

const serverOf = ({ settings }: ConnectorContext): string => (settings["server"] ?? "").replace(/\/+$/, "") || "https://mybusiness.googleapis.com";
const authorization = ({ session }: ConnectorContext): Record<string, string> => ({ authorization: `Bearer ${session["token"] ?? ""}` });
const bare = (text: string | undefined, word: string): string => encodeURIComponent((text ?? "").replace(new RegExp(`^${word}/`), ""));

const pageAfter = (context: ConnectorContext, pageToken: string | null): ConnectorRequest => ({
  url: withQuery(`${serverOf(context)}/v4/accounts/${bare(context.settings["account"], "accounts")}/locations/${bare(context.settings["location"], "locations")}/reviews`, { pageSize: "50", orderBy: "updateTime desc", pageToken }),
  headers: authorization(context),
});

const readReview = (review: unknown): FoundReview[] => {
  const [externalId, name] = [textAt(review, "reviewId"), textAt(review, "name")];
  const at = readTime(textAt(review, "updateTime") ?? textAt(review, "createTime"));
  const stars = STARS.get(textAt(review, "starRating") ?? "") ?? null;
  if (externalId === null || name === null || at === null || !/^accounts\/[\w-]+\/locations\/[\w-]+\/reviews\/[\w=-]+$/.test(name)) return [];
  const author = fieldAt(review, "reviewer", "isAnonymous") === true ? null : cleanText(textAt(review, "reviewer", "displayName") ?? "", 200) || null;
  const reply = textAt(review, "reviewReply", "comment");
  return [{
    externalId, url: null, at, stars, starsMax: 5, title: "", text: cleanText(originalOf(textAt(review, "comment") ?? ""), 10_000), language: null,
    author: { name: author, handle: null, identifiers: [] },
    reply: reply === null ? null : { text: cleanText(originalOf(reply), 5000), at: readTime(textAt(review, "reviewReply", "updateTime")) },
    reference: { name },
  }];
};

/** What the person wrote, where Google has put its translation before or behind it. */
const originalOf = (comment: string): string => {
  const [, original] = /\(Original\)\s*([\s\S]+)$/.exec(comment) ?? [];
  return original ?? comment.replace(/\s*\(Translated by Google\)[\s\S]*$/, "");
};
