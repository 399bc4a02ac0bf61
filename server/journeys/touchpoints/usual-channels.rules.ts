/** Channels that every organisation knows, as they are spelt here. */
export const usualChannels = ["web", "email", "text", "sms", "qr", "kiosk", "chat", "phone", "app", "store", "courier", "push", "widget", "interview", "api", "import"] as const;

/** The usual channel that somebody means, however a sender writes it: "E-Mail", "e mail" and "EMAIL" are "email". */
export const findUsualChannel = (channel: string): (typeof usualChannels)[number] | undefined => {
  const plain = channel.toLowerCase().replace(/[\s_-]+/gu, "");
  return usualChannels.find((one) => one === plain);
};

/** One spelling for a usual channel; any other stays as it is. */
export const spellChannel = (channel: string): string => findUsualChannel(channel) ?? channel;
