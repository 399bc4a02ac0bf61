import type { Connector, ConnectorRequest, FoundReview } from "./connector.contract.ts";
import { listAt, numberAt, readStars, readTime, textAt } from "./json-fields.rules.ts";
import { cleanText, webAddress } from "./plain-text.rules.ts";
import { textField, urlField } from "./source-fields.rules.ts";

/** Apple gives fifty reviews a page and ten pages at most. */
const PAGES_MAX = 10;

/** The customer reviews feed of Apple's App Store, per app and country. Source: itunes.apple.com/{country}/rss/customerreviews. */
export const appStore: Connector = {
  kind: "app_store", channel: "review", isPublic: true, hasGlobalIds: true,
  fields: [textField("appId", true, 20), textField("country", true, 2), urlField("server", false)],
  poll: {
    format: "json",
    first: ({ settings }) => pageAt(settings, 1),
    read: (document, { settings }, asked) => {
      const entries = listAt(document, "feed", "entry");
      const page = Number(/\/page=(\d+)\//.exec(asked.url)?.[1] ?? "1");
      const country = settings["country"] ?? "";
      return { reviews: entries.flatMap((entry) => readEntry(entry, country)), next: entries.length > 1 && page < PAGES_MAX ? pageAt(settings, page + 1) : null };
    },
  },
};

const pageAt = (settings: Readonly<Record<string, string>>, page: number): ConnectorRequest => {
  const server = (settings["server"] ?? "").replace(/\/+$/, "") || "https://itunes.apple.com";
  return { url: `${server}/${encodeURIComponent((settings["country"] ?? "us").toLowerCase())}/rss/customerreviews/page=${page}/id=${encodeURIComponent(settings["appId"] ?? "")}/sortby=mostrecent/json` };
};

// The first entry of some feeds describes the app itself and has no rating.
const readEntry = (entry: unknown, country: string): FoundReview[] => {
  const externalId = textAt(entry, "id", "label");
  const at = readTime(textAt(entry, "updated", "label"));
  const stars = readStars(numberAt(entry, "im:rating", "label"), 5);
  if (externalId === null || at === null || stars === null) return [];
  const name = cleanText(textAt(entry, "author", "name", "label") ?? "", 200);
  const userId = /\/id(\d+)/.exec(textAt(entry, "author", "uri", "label") ?? "")?.[1];
  const version = textAt(entry, "im:version", "label");
  return [{
    externalId, url: webAddress(textAt(entry, "link", "attributes", "href")), at, stars, starsMax: 5,
    title: cleanText(textAt(entry, "title", "label") ?? "", 300), text: cleanText(textAt(entry, "content", "label") ?? "", 10_000), language: null,
    author: { name: name === "" ? null : name, handle: name === "" ? null : name, identifiers: userId === undefined ? [] : [{ kind: "external:app_store", value: userId }] },
    reply: null, reference: { country, ...(version === null ? {} : { version }) },
  }];
};
