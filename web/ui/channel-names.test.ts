import { expect, test } from "vitest";
import { nameOfChannel } from "./channel-names.ts";

test.each([
  ["email", "E-mail"], ["Email", "E-mail"], ["E-mail", "E-mail"], ["e mail", "E-mail"],
  ["app", "App"], ["APP", "App"], ["qr", "QR code"], ["sms", "SMS"],
  ["=web", "=web"], ["paid_search", "Paid_search"], ["iOS", "iOS"], ["Filiale Köln", "Filiale Köln"],
])("the channel %s is called %s", (channel, name) => {
  expect(nameOfChannel(channel)).toBe(name);
});
