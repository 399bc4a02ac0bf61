// An alert as the incoming webhooks of chats take it. Names that people and customers typed stand in it, so nothing in them may call
// everybody or become a link.
import type { ChatService } from "./alerts.contract.ts";

export type ChatMessage = { title: string; detail: string; link: string; foot: string };

const DISCORD_LENGTH_MAX = 2_000;

/** The body of the request, as JSON. */
export const chatBody = (service: ChatService, message: ChatMessage): Record<string, unknown> => {
  switch (service) {
    case "slack": return { text: inLines(message, escapeForSlack) };
    case "mattermost":
    case "rocketchat":
    case "google_chat": return { text: inLines(message, escapeMarks) };
    case "discord": return { content: inLines(message, escapeMarks, DISCORD_LENGTH_MAX), allowed_mentions: { parse: [] } };
    case "teams": return { type: "message", attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: cardOf(message) }] };
  }
};

/** The link stays whole however long the words before it are. */
const inLines = ({ title, detail, link, foot }: ChatMessage, escape: (text: string) => string, most = Number.POSITIVE_INFINITY): string => {
  const end = `\n${link}\n${escape(foot)}`;
  const words = `${escape(title)}\n${escape(detail)}`;
  return `${words.length + end.length > most ? `${words.slice(0, most - end.length - 1)}…` : words}${end}`;
};

// https://docs.slack.dev/messaging/formatting-message-text: these three are all that must be escaped.
const escapeForSlack = (text: string): string => escapeMarks(text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"));

// Spaces of no width where a mention, a link or a tag would begin, and within addresses: chats make also bare ones clickable. Only between both
// slashes and on both sides of a point is an address none: a browser drops such a space beside a host's name and opens the page all the same.
const escapeMarks = (text: string): string => text.replace(/[@<[\]]/gu, "$&\u200b").replaceAll("://", ":\u200b/\u200b/").replace(/(?<=[\p{L}\p{N}])\.(?=\p{L})/gu, "\u200b.\u200b");

const cardOf = ({ title, detail, link, foot }: ChatMessage): Record<string, unknown> => ({
  $schema: "http://adaptivecards.io/schemas/adaptive-card.json", type: "AdaptiveCard", version: "1.4",
  body: [
    { type: "TextBlock", text: escapeMarks(title), weight: "Bolder", wrap: true },
    { type: "TextBlock", text: escapeMarks(detail), wrap: true },
    { type: "TextBlock", text: escapeMarks(foot), isSubtle: true, wrap: true },
  ],
  actions: [{ type: "Action.OpenUrl", title: "The evidence", url: link }],
});
