// What an interaction probably is when nobody has said so: names as the usual clients send them, page addresses, kinds of record.
import type { Nameable, Place } from "../../customers/experience/experience.contract.ts";
import { fieldOf, pagePathOf } from "./message.rules.ts";
import type { TouchpointKind } from "./touchpoints.contract.ts";
import { spellChannel } from "./usual-channels.rules.ts";

export type Guess = { touchpoint: string; stage: string | null; kind: TouchpointKind };

const discover = "Discover";
const consider = "Consider";
const buy = "Buy";
const receive = "Receive";
const use = "Use";
const help = "Get help";

/** Stages in the order customers pass them. */
export const usualStages = [discover, consider, buy, receive, use, help] as const;

const known = (touchpoint: string, stage: string | null, kind: TouchpointKind, words: readonly string[]): readonly (readonly [string, Guess])[] =>
  words.map((name) => [name, { touchpoint, stage, kind }] as const);

// Segment's e-commerce, e-mail and mobile events (segment.com/docs, "Spec"), and the words other exports use for the same.
const eventGuesses: ReadonlyMap<string, Guess> = new Map([
  ...known("Promotion", discover, "advertising", ["promotion viewed", "promotion clicked", "campaign viewed", "ad clicked", "ad viewed", "install attributed"]),
  ...known("Home page", discover, "website", ["home", "main", "homepage", "home page", "landing page", "index"]),
  ...known("Search", consider, "search", ["products searched", "search", "searched", "search results viewed"]),
  ...known("Product list", consider, "website", ["product list viewed", "product list filtered", "product list", "products", "catalog", "catalogue", "category", "category viewed", "collection viewed"]),
  ...known("Product page", consider, "website", ["product viewed", "product clicked", "product view", "product", "product page", "item viewed", "view item"]),
  ...known("Wish list", consider, "website", ["product added to wishlist", "product removed from wishlist", "wishlist product added to cart", "wishlist", "wish list"]),
  ...known("Cart", buy, "website", ["product added", "product removed", "cart viewed", "cart shared", "cart", "basket", "add to cart", "remove from cart", "coupon entered", "coupon applied", "coupon denied", "coupon removed"]),
  ...known("Checkout", buy, "website", ["checkout started", "checkout step viewed", "checkout step completed", "checkout", "begin checkout"]),
  // Apart from the checkout: what goes wrong with one of the two is set against those who came as far, not against all who began.
  ...known("Delivery details", buy, "website", ["shipping info entered", "shipping details", "delivery details", "shipping address", "add shipping info"]),
  ...known("Payment details", buy, "website", ["payment info entered", "payment details", "payment", "add payment info"]),
  ...known("Payment problem", buy, "website", ["payment failed", "payment error", "payment declined"]),
  ...known("Order placed", buy, "purchase", ["order completed", "order placed", "order", "purchase", "purchased", "order confirmed", "order confirmation", "thank you"]),
  ...known("Shop purchase", buy, "purchase", ["store purchase", "in store purchase", "pos purchase", "receipt issued"]),
  ...known("Order change", receive, "purchase", ["order updated", "order cancelled", "order canceled"]),
  ...known("Shipment", receive, "message", ["order shipped", "shipment sent", "parcel sent", "order dispatched"]),
  ...known("Delivery delay notice", receive, "message", ["delivery delayed", "shipment delayed"]),
  ...known("Delivery", receive, "delivery", ["order delivered", "parcel delivered", "delivered", "delivery"]),
  ...known("Return", help, "return", ["return requested", "return received", "return started", "returns", "return"]),
  ...known("Refund", help, "return", ["order refunded", "refund issued", "refund"]),
  ...known("Product review", use, "website", ["product reviewed", "review submitted", "product shared"]),
  ...known("App start", use, "app", ["application opened", "application foregrounded", "app opened", "app start", "session start"]),
  ...known("App installation", use, "app", ["application installed", "application updated", "application uninstalled"]),
  ...known("App crash", use, "app", ["application crashed", "app crashed"]),
  ...known("Push notification", use, "message", ["push notification received", "push notification tapped", "push notification bounced"]),
  ...known("Sign-in", use, "website", ["signed in", "signed out", "sign in", "login", "log in", "logged in", "signin"]),
  ...known("Registration", buy, "website", ["signed up", "account created", "sign up", "signup", "register", "registration"]),
  ...known("Account", use, "self_service", ["account", "my account", "profile", "settings"]),
  ...known("Trial", consider, "product", ["trial started", "trial ended"]),
  ...known("E-mail", null, "message", ["email delivered", "email opened", "email link clicked", "email bounced", "email sent", "email marked as spam", "unsubscribed", "email clicked"]),
  ...known("Support chat", help, "support", ["chat started", "chat ended", "live chat conversation started", "live chat conversation ended", "live chat message sent", "live chat message received", "chat"]),
  ...known("Support e-mail", help, "support", ["support email received", "support email answered"]),
  ...known("Support ticket", help, "support", ["ticket created", "ticket solved", "support ticket created", "ticket opened", "ticket closed"]),
  ...known("Help centre", help, "self_service", ["help", "support", "faq", "help centre", "help center", "contact", "contact us", "article viewed"]),
  ...known("Support call", help, "support", ["support call", "call", "phone call", "call started", "call ended"]),
  ...known("Call back", help, "support", ["call back", "callback"]),
]);

// First match wins, so the narrower addresses stand first.
const pageGuesses: readonly (readonly [RegExp, string])[] = [
  [/^\/(index(\.\w+)?)?$/, "home"],
  [/^\/(cart|basket|bag)\b/, "cart"],
  [/^\/(checkout\/)?(payment|pay)\b/, "payment details"],
  [/^\/(checkout|kasse)\b/, "checkout"],
  [/^\/(orders?|thank-?you|confirmation)\b/, "order completed"],
  [/^\/(returns?)\b/, "returns"],
  [/^\/(support|help|faq|contact(-us)?|kundeservice)\b/, "help"],
  [/^\/(search)\b/, "search"],
  [/^\/(login|log-in|signin|sign-in)\b/, "signed in"],
  [/^\/(signup|sign-up|register|registration)\b/, "signed up"],
  [/^\/(account|profile|my-)\b/, "account"],
  [/^\/(wishlist|favou?rites)\b/, "wish list"],
  [/^\/(products?|items?|p)\/[^/]*[\d-]/, "product viewed"],
  [/^\/(products?|category|categories|collections?|catalogu?e?|shop)\b/, "product list"],
];

const typeGuesses: Readonly<Record<string, Guess>> = {
  call: { touchpoint: "Support call", stage: help, kind: "support" },
  visit: { touchpoint: "Shop visit", stage: consider, kind: "shop" },
  response: { touchpoint: "Survey", stage: null, kind: "survey" },
};

/** Says who somebody is or what a member noted: nobody met anything. */
const notMet: ReadonlySet<string> = new Set(["identify", "group", "alias", "note"]);

/** What an interaction probably is, from its name, page and kind.
 *  @returns touchpoint null when nothing was met (an identify call, a note); every other interaction gets at least its own name */
export const guessTouchpoint = (interaction: Nameable): Pick<Place, "touchpoint" | "channel" | "stage"> => {
  const guess = notMet.has(interaction.type) ? null : guessMeeting(interaction);
  return { touchpoint: guess?.touchpoint ?? null, stage: guess?.stage ?? null, channel: interaction.channel === null ? guessChannel(interaction) : spellChannel(interaction.channel) };
};

/** The kind of touchpoint a name stands for, for proposals and for what nobody registered: a usual one, else by a word in it. */
export const guessKind = (touchpoint: string): TouchpointKind => kindsByName.get(plainWords(touchpoint)) ?? kindByWord(touchpoint);

/** The stage a touchpoint of this name usually belongs to; null when the name is none of the usual ones. */
export const usualStage = (touchpoint: string): string | null => stagesByWords.get(plainWords(touchpoint)) ?? null;

const usual: readonly Guess[] = [...eventGuesses.values(), ...Object.values(typeGuesses)];
// First match wins. Only whole words count, so "billboard" is no bill; names in other languages stay "other" until somebody says what they are.
const kindWords: readonly (readonly [TouchpointKind, RegExp])[] = [
  ["comparison_site", / (comparison|price comparison|aggregator) /],
  ["survey", / (survey|questionnaire|poll) /],
  ["self_service", / (self service|self checkout|help centre|help center|faq|knowledge base) /],
  ["leaving", / (cancellation|cancelled subscription|subscription cancelled|subscription canceled|contract ended|account closed|account deleted|termination) /],
  ["renewal", / (renewal|renewed|renew|prolongation) /],
  ["warranty", / (warranty|guarantee|repair) /],
  ["return", / (return|returns|refund|exchange) /],
  ["invoice", / (invoice|invoices|bill|billing|receipt|payment reminder) /],
  ["packaging", / (packaging|package insert|unboxing) /],
  ["delivery", / (delivery|deliveries|courier|pick up|pickup|parcel) /],
  ["support", / (support|call|chat|complaint|service desk|hotline|ticket) /],
  ["advertising", / (ad|ads|advert|advertising|advertisement|billboard|campaign|promotion) /],
  ["social", / (social|facebook|instagram|linkedin|tiktok|youtube|twitter) /],
  ["search", / (search|google|bing) /],
  ["offer", / (offer|offers|quote|quotation|price|price list|discount|coupon) /],
  ["shop", / (shop|store|showroom|branch|kiosk) /],
  ["purchase", / (order|purchase|bought|sale) /],
  ["message", / (e ?mail|newsletter|sms|letter|message|notification|notice) /],
  ["app", / (app|application) /],
  ["website", / (website|web|page|site|landing) /],
  ["product", / (product|usage|trial|onboarding|installation) /],
];

const kindByWord = (touchpoint: string): TouchpointKind => {
  const words = ` ${plainWords(touchpoint)} `;
  return kindWords.find(([, pattern]) => pattern.test(words))?.[0] ?? "other";
};

const guessMeeting = (interaction: Nameable): Guess => {
  const name = plainWords(interaction.name);
  const byName = eventGuesses.get(name);
  if (byName !== undefined) return byName;
  const byType = typeGuesses[interaction.type];
  if (byType !== undefined) return byType;
  const path = interaction.type === "page" || interaction.name.startsWith("/") ? (pagePathOf(interaction.message) ?? interaction.name) : null;
  const byPage = path === null ? undefined : guessPage(path);
  return byPage ?? { touchpoint: sentence(interaction.name), stage: null, kind: "other" };
};

const guessPage = (path: string): Guess | undefined => {
  const lower = path.toLowerCase();
  const found = pageGuesses.find(([pattern]) => pattern.test(lower));
  return found === undefined ? undefined : eventGuesses.get(found[1]);
};

/** "Order Completed", "order_completed" and "orderCompleted" are the same words. */
export const plainWords = (name: string): string =>
  name.replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

const kindsByName: ReadonlyMap<string, TouchpointKind> = new Map(usual.map((guess) => [plainWords(guess.touchpoint), guess.kind]));
const stagesByWords: ReadonlyMap<string, string | null> = new Map(usual.map((guess) => [plainWords(guess.touchpoint), guess.stage]));

// A name that is written as code becomes words; one that a person wrote stays as it is.
const sentence = (name: string): string => {
  if (!/^[a-z0-9]+([_.-][a-z0-9]+)*$/.test(name)) return name.trim() === "" ? "Unnamed" : name.trim();
  const words = name.replace(/[_.-]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const channelsByType: Readonly<Record<string, string>> = { call: "phone", visit: "store", screen: "app" };

/** The channel of an interaction that does not name one: by its kind, its words, and the library it came from. */
const guessChannel = (interaction: Nameable): string | null => {
  const byType = channelsByType[interaction.type];
  if (byType !== undefined) return byType;
  const words = ` ${plainWords(interaction.name)} `;
  if (/ (e ?mail|newsletter) /.test(words)) return "email";
  if (/ sms | text message /.test(words)) return "sms";
  if (/ chat /.test(words)) return "chat";
  if (/ (in store|store|pos) /.test(words)) return "store";
  if (/ (application|app|push notification) /.test(words)) return "app";
  return channelOfSender(interaction.message);
};

const channelOfSender = (message: unknown): string | null => {
  const library = String(fieldOf(message, "context.library.name") ?? "").toLowerCase();
  if (/swift|ios|android|kotlin|flutter|react-?native|mobile/.test(library)) return "app";
  if (fieldOf(message, "context.app.name") !== undefined && fieldOf(message, "context.page") === undefined) return "app";
  if (fieldOf(message, "context.page") !== undefined || /analytics\.js|browser|web/.test(library)) return "web";
  const sender = fieldOf(message, "channel");
  return sender === "mobile" ? "app" : sender === "web" || sender === "browser" ? "web" : null;
};
