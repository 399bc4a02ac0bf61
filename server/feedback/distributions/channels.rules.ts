import type { DistributionChannel } from "./distributions.contract.ts";

export type Way = "email" | "text";

/** The ways that are left to reach a person, the wanted one first. A way that failed for good is none any more. */
export const channelsOf = (channel: DistributionChannel, person: { email: string | null; phone: string | null; deadChannels: readonly Way[] }): Way[] => {
  const wanted: Record<DistributionChannel, Way[]> = { email: ["email"], text: ["text"], email_then_text: ["email", "text"], text_then_email: ["text", "email"] };
  return wanted[channel].filter((way) => (way === "email" ? person.email : person.phone) !== null && !person.deadChannels.includes(way));
};

/** Whether a refusal is about the way only, so that another way may be tried. */
export const isFinalForChannel = (reason: string): boolean => ["do_not_contact", "consent_withdrawn", "consent_missing"].includes(reason);

const CONTACT_CHANNELS = { web: "web", email: "email", text: "text", qr: "qr", kiosk: "kiosk", chat: "chat", phone: "phone", app: "app", store: "in_person", widget: "web", interview: "phone" } as const;

/** How the contact policy calls the way an answer came; null for answers of another time or place, which say nothing about asking now. */
export const contactChannelOf = (channel: string): (typeof CONTACT_CHANNELS)[keyof typeof CONTACT_CHANNELS] | null => {
  const found = Object.entries(CONTACT_CHANNELS).find(([name]) => name === channel);
  return found === undefined ? null : found[1];
};
