import type { Connector, FoundReview } from "./connector.contract.ts";
import { readStars, readTime } from "./json-fields.rules.ts";
import { cleanText, webAddress } from "./plain-text.rules.ts";

/** The monthly CSV export of Google Play (reviews_<app>_<yyyymm>.csv, UTF-16). Source: Play Console help, "Download and export monthly reports". */
export const googlePlay: Connector = {
  kind: "google_play", channel: "review", isPublic: true, hasGlobalIds: true, fields: [],
  readRows: ([head = [], ...rows]) => {
    const placeOf = new Map(head.map((name, place) => [name.trim().toLowerCase(), place]));
    return rows.flatMap((row) => readRow((name) => row[placeOf.get(name.toLowerCase()) ?? -1]?.trim() ?? ""));
  },
};

const readRow = (cell: (name: string) => string): FoundReview[] => {
  const submitted = cell("Review Submit Millis Since Epoch");
  const url = webAddress(cell("Review Link"));
  const at = readTime(cell("Review Last Update Millis Since Epoch") || cell("Review Last Update Date and Time") || submitted);
  const stars = readStars(Number(cell("Star Rating")), 5);
  if (at === null || stars === null) return [];
  // A rating without words has no link, and nothing but its moment and device tells it from others.
  const reviewId = /[?&]reviewId=([^&#]+)/i.exec(url ?? "")?.[1] ?? `${cell("Package Name")}:${submitted}:${cell("Device")}`;
  const reply = cell("Developer Reply Text");
  return [{
    externalId: reviewId.slice(0, 500), url, at, stars, starsMax: 5, title: cleanText(cell("Review Title"), 300), text: cleanText(cell("Review Text"), 10_000),
    language: cell("Reviewer Language").slice(0, 20) || null, author: { name: null, handle: null, identifiers: [] },
    reply: reply === "" ? null : { text: cleanText(reply, 5000), at: readTime(cell("Developer Reply Millis Since Epoch")) },
    reference: { device: cell("Device").slice(0, 100), version: cell("App Version Name").slice(0, 60) },
  }];
};
