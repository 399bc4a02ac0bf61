import { appStore } from "./app-store.rules.ts";
import { bluesky } from "./bluesky.rules.ts";
import type { Connector, SourceKind } from "./connector.contract.ts";
import { csvReviews } from "./csv-reviews.rules.ts";
import { googleBusiness } from "./google-business.rules.ts";
import { googlePlay } from "./google-play.rules.ts";
import { mailReview } from "./mail-review.rules.ts";
import { mastodon } from "./mastodon.rules.ts";
import { rss } from "./rss.rules.ts";
import { trustpilot } from "./trustpilot.rules.ts";
import { webhookReview } from "./webhook-review.rules.ts";

/** Every kind of source, and what reads it. A new kind is one file and one line here. */
export const CONNECTORS: Readonly<Record<SourceKind, Connector>> = {
  rss, app_store: appStore, google_play: googlePlay, mastodon, bluesky, google_business: googleBusiness, trustpilot, csv: csvReviews, mail: mailReview, webhook: webhookReview,
};
