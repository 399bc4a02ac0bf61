import { uiTexts } from "./ui.texts.ts";

const usual = ["web", "email", "text", "sms", "qr", "kiosk", "chat", "phone", "app", "store", "courier", "push", "widget", "interview", "api", "import"] as const;

/** What to call a channel: one name for each of the usual ones wherever it is shown, and any other as the register or its sender writes it. */
export const nameOfChannel = (channel: string): string => {
  const plain = channel.toLowerCase().replace(/[\s_-]+/gu, "");
  const known = usual.find((one) => one === plain);
  if (known !== undefined) return uiTexts.say(`channel_${known}`);
  return channel === channel.toLowerCase() ? channel.charAt(0).toUpperCase() + channel.slice(1) : channel;
};
