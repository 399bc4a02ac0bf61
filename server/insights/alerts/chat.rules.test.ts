import { describe, expect, test } from "vitest";
import { chatServices } from "./alerts.contract.ts";
import { chatBody } from "./chat.rules.ts";

const link = "https://cx.example/responses?from=2027-06-01&to=2027-07-01";
const message = { title: "NPS fell to 12", detail: "Down 20 from 32.", link, foot: "NPS down, Corner Shop" };

test.each(["mattermost", "rocketchat", "google_chat", "slack"] as const)("%s gets lines of text", (service) => {
  expect(chatBody(service, message)).toEqual({ text: `NPS fell to 12\nDown 20 from 32.\n${link}\nNPS down, Corner Shop` });
});

test("Teams gets a card with a button", () => {
  expect(chatBody("teams", message)).toMatchObject({
    type: "message", attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: { type: "AdaptiveCard", body: [{ text: "NPS fell to 12" }, {}, {}], actions: [{ type: "Action.OpenUrl", url: link }] } }],
  });
});

test("Discord gets at most 2,000 characters, the link whole, and nobody is called", () => {
  const { content, ...rest } = chatBody("discord", { ...message, detail: "x".repeat(5_000) });
  expect(String(content)).toHaveLength(2_000);
  expect(content).toContain(`x…\n${link}\n`);
  expect(rest).toEqual({ allowed_mentions: { parse: [] } });
});

describe("what people typed", () => {
  const hostile = { ...message, title: "\"<!channel> @all [win](https://evil.example) <users/all> & https://evil.example/login www.evil.example\" rose" };
  test.each(chatServices)("calls nobody and makes no link in %s", (service) => {
    const body = JSON.stringify(chatBody(service, hostile));
    for (const taken of ["<!channel>", "<users/all>", "[win](https", "@all", "https://evil", "://evil", "www.", "evil.example"]) expect(body).not.toContain(taken);
    expect(body).toContain(link);
  });

  test("is escaped for Slack, and numbers stay whole", () => {
    expect(chatBody("slack", { ...hostile, title: "<a> & 12.5 of 1.000", detail: "Sure. Very." })["text"]).toMatch(/^&lt;a&gt; &amp; 12\.5 of 1\.000\nSure\. Very\.\n/u);
  });
});
