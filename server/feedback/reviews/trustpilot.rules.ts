import type { Connector, ConnectorContext, ConnectorRequest, FoundReview } from "./connector.contract.ts";
import { listAt, numberAt, readStars, readTime, textAt, withQuery } from "./json-fields.rules.ts";
import { cleanText } from "./plain-text.rules.ts";
import { secretField, textField, urlField } from "./source-fields.rules.ts";

/** Reviews of a business unit on Trustpilot. With the secret of the key also who was invited (their address and the organisation's own number) and replies.
 *  Source: developers.trustpilot.com, Business Units API (public and private) and Service Reviews API. */
export const trustpilot: Connector = {
  kind: "trustpilot", channel: "review", isPublic: true, hasGlobalIds: true,
  fields: [textField("businessUnitId", true, 60), secretField("apiKey", true), secretField("apiSecret", false), textField("authorId", false, 60), urlField("server", false)],
  signIn: {
    request: (context) => {
      const { apiKey = "", apiSecret = "" } = context.secrets;
      if (apiSecret === "") return null;
      return {
        method: "POST", url: `${serverOf(context)}/v1/oauth/oauth-business-users-for-applications/accesstoken`,
        headers: { authorization: `Basic ${btoa(`${apiKey}:${apiSecret}`)}`, "content-type": "application/x-www-form-urlencoded" }, body: "grant_type=client_credentials",
      };
    },
    read: (document) => {
      const token = textAt(document, "access_token");
      return token === null ? null : { token };
    },
  },
  poll: {
    format: "json",
    first: (context) => pageAt(context, 1),
    read: (document, context, asked) => {
      const page = Number(/[?&]page=(\d+)/.exec(asked.url)?.[1] ?? "1");
      const hasNext = listAt(document, "links").some((link) => textAt(link, "rel") === "next-page");
      return { reviews: listAt(document, "reviews").flatMap(readReview), next: hasNext ? pageAt(context, page + 1) : null };
    },
  },
  reply: {
    lengthMax: 4000, needs: ["apiSecret"],
    request: (context, reply) => ({
      method: "POST", url: `${serverOf(context)}/v1/private/reviews/${encodeURIComponent(reply.externalId)}/reply`,
      headers: { authorization: `Bearer ${context.session["token"] ?? ""}`, "content-type": "application/json" },
      body: JSON.stringify({ ...(context.settings["authorId"] ? { authorBusinessUserId: context.settings["authorId"] } : {}), message: reply.text }),
    }),
  },
};

const serverOf = ({ settings }: ConnectorContext): string => (settings["server"] ?? "").replace(/\/+$/, "") || "https://api.trustpilot.com";

const pageAt = (context: ConnectorContext, page: number): ConnectorRequest => {
  const { settings, secrets, session } = context;
  const unit = `business-units/${encodeURIComponent(settings["businessUnitId"] ?? "")}/reviews`;
  const query = { page: String(page), perPage: "100", orderBy: "createdat.desc" };
  if (session["token"] !== undefined) return { url: withQuery(`${serverOf(context)}/v1/private/${unit}`, query), headers: { authorization: `Bearer ${session["token"]}` } };
  return { url: withQuery(`${serverOf(context)}/v1/${unit}`, query), headers: { apikey: secrets["apiKey"] ?? "" } };
};

const readReview = (review: unknown): FoundReview[] => {
  const externalId = textAt(review, "id");
  const at = readTime(textAt(review, "updatedAt") ?? textAt(review, "createdAt"));
  const status = textAt(review, "status") ?? "active";
  if (externalId === null || at === null || status !== "active") return [];
  const [email, own] = [textAt(review, "referralEmail"), textAt(review, "referenceId")];
  const consumer = textAt(review, "consumer", "id");
  const reply = textAt(review, "companyReply", "text");
  return [{
    externalId, url: `https://www.trustpilot.com/reviews/${encodeURIComponent(externalId)}`, at, stars: readStars(numberAt(review, "stars"), 5), starsMax: 5,
    title: cleanText(textAt(review, "title") ?? "", 300), text: cleanText(textAt(review, "text") ?? "", 10_000), language: textAt(review, "language"),
    author: {
      name: cleanText(textAt(review, "consumer", "displayName") ?? "", 200) || null, handle: null,
      identifiers: [...(own === null ? [] : [{ kind: "user", value: own }]), ...(email === null ? [] : [{ kind: "email", value: email }]), ...(consumer === null ? [] : [{ kind: "external:trustpilot", value: consumer }])],
    },
    reply: reply === null ? null : { text: cleanText(reply, 5000), at: readTime(textAt(review, "companyReply", "updatedAt") ?? textAt(review, "companyReply", "createdAt")) },
    reference: {},
  }];
};
