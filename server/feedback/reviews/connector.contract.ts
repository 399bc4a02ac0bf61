// What a connector is: one small file of pure functions per kind of source. Everything it needs is given, everything it wants is said as data.

export const SOURCE_KINDS = ["rss", "app_store", "google_play", "mastodon", "bluesky", "google_business", "trustpilot", "csv", "mail", "webhook"] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** Who wrote a review, as far as the source says. `identifiers` are kinds and values a customer may be known by, strongest first. */
export type FoundAuthor = { name: string | null; handle: string | null; identifiers: readonly { kind: string; value: string }[] };

/** One review as a source tells it. Texts are plain text already; times are ISO text with zone. */
export type FoundReview = {
  /** What the source calls it, for ever: source and this are the key that keeps a review from counting twice. */
  externalId: string;
  url: string | null;
  /** When it was written, or last edited. */
  at: string;
  stars: number | null;
  starsMax: number;
  title: string;
  text: string;
  language: string | null;
  author: FoundAuthor;
  /** What the organisation has answered there already. */
  reply: { text: string; at: string | null } | null;
  /** What a reply must name again, such as the ids of a thread. */
  reference: Readonly<Record<string, string>>;
};

export type FoundPage = { reviews: readonly FoundReview[]; next: ConnectorRequest | null };
export type ConnectorRequest = { method?: "GET" | "POST" | "PUT"; url: string; headers?: Readonly<Record<string, string>>; body?: string };

/** What a member typed in. `session` is what signing in gave; empty where a source needs none. */
export type ConnectorContext = { settings: Readonly<Record<string, string>>; secrets: Readonly<Record<string, string>>; session: Readonly<Record<string, string>> };

/** A field of the form of a source. Secret ones are kept and never shown again. */
export type SourceField = { name: string; isRequired: boolean; isSecret: boolean; kind: "text" | "url" | "choice"; choices?: readonly string[]; lengthMax: number };

export type ReplyToSend = { id: string; text: string; at: string; externalId: string; handle: string | null; reference: Readonly<Record<string, string>> };

/** An element of an XML document with its text; prefixes of names are left out. */
export type XmlElement = { name: string; prefix: string; attributes: Readonly<Record<string, string>>; children: XmlElement[]; text: string };

/** A mail as far as a notification needs it. */
export type ReceivedMail = { messageId: string | null; at: string; fromName: string | null; subject: string; text: string };

type Polling =
  | { format: "json"; first: (context: ConnectorContext) => ConnectorRequest; read: (document: unknown, context: ConnectorContext, asked: ConnectorRequest) => FoundPage }
  | { format: "xml"; first: (context: ConnectorContext) => ConnectorRequest; read: (document: XmlElement, context: ConnectorContext, asked: ConnectorRequest) => FoundPage };

export type Connector = {
  kind: SourceKind;
  /** `social` for mentions among people, `review` for sites made for reviews. */
  channel: "social" | "review";
  /** The ids are unique on the whole platform, so that a post found by two sources is one. */
  hasGlobalIds: boolean;
  /** Everybody may read it where it was written: it may be shown again with its source. */
  isPublic: boolean;
  fields: readonly SourceField[];
  poll?: Polling;
  /** Asked before every poll or reply that needs it. Null: nothing to sign in with, so the source is read as a stranger. */
  signIn?: { request: (context: ConnectorContext) => ConnectorRequest | null; read: (document: unknown) => Readonly<Record<string, string>> | null };
  reply?: { lengthMax: number; needs: readonly string[]; request: (context: ConnectorContext, reply: ReplyToSend) => ConnectorRequest };
  readRows?: (rows: readonly (readonly string[])[]) => FoundReview[];
  readMail?: (mail: ReceivedMail, settings: Readonly<Record<string, string>>) => FoundReview | null;
  readMessage?: (message: unknown) => FoundReview[];
};
