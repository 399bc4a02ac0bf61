import { tellKinds } from "../definitions/contacts.rules.ts";
import { fieldOf, textField } from "../touchpoints/message.rules.ts";
import type { Touchpoint } from "../touchpoints/touchpoints.contract.ts";
import { usualNature } from "../touchpoints/touchpoints.rules.ts";

/** What naming a meeting needs of the register. */
type Registered = Pick<Touchpoint, "name" | "kind" | "nature" | "initiator">;
type Sort = "self_service" | "human" | null;

export type Sorting = { sortOf: (touchpoint: string) => Sort; isContact: (touchpoint: string) => boolean };

/** Tells self-service and human contact by the register, and where it is silent by the name. */
export const sortTouchpoints = (register: readonly Registered[]): Sorting => {
  const byName = new Map(register.map((touchpoint) => [touchpoint.name, touchpoint]));
  const { kindOf, isContact } = tellKinds(register);
  const sortOf = (name: string): Sort => {
    const kind = kindOf(name);
    if (kind === "self_service") return "self_service";
    return kind === "support" || (byName.get(name)?.nature ?? usualNature(kind)) === "human" ? "human" : null;
  };
  return { sortOf, isContact };
};

/** Whether a fact came from a telephone or tablet, by what its sender said of device, system and browser, else by a channel that is called after a device.
 *  @param context of a message, of unknown shape
 *  @param channel a "phone" is none: people talk on it
 *  @returns null when nothing says so */
export const isMobile = (context: unknown, channel: string): boolean | null => isMobileByContext(context) ?? isMobileByChannel(channel);

const isMobileByChannel = (channel: string): boolean | null => {
  const words = channel.toLowerCase().slice(0, WORDS_MAX).split(/[^a-z]+/u);
  if (words.some((word) => ["mobile", "smartphone", "tablet", "android", "ios"].includes(word))) return true;
  return words.some((word) => ["desktop", "laptop"].includes(word)) ? false : null;
};

const isMobileByContext = (context: unknown): boolean | null => {
  const said = fieldOf(context, "userAgentData.mobile");
  if (typeof said === "boolean") return said;
  const device = `${textField(context, "device.type") ?? ""} ${textField(context, "os.name") ?? ""}`.toLowerCase().slice(0, WORDS_MAX).trim();
  if (/\b(mobile|phone|smartphone|tablet|android|ios|ipados|iphone os)\b/u.test(device)) return true;
  if (/\b(desktop|laptop|windows|mac ?os( x)?|linux|chrome ?os)\b/u.test(device)) return false;
  const agent = textField(context, "userAgent")?.slice(0, WORDS_MAX);
  return agent === undefined || agent.trim() === "" ? null : /Mobi|Android|iPhone|iPad|Tablet/iu.test(agent);
};

const WORDS_MAX = 500;

/** Meetings per hour of the week, from Monday 0:00.
 *  @param rows weekday 1 (Monday) to 7, hour 0 to 23 */
export const fillWeek = (rows: readonly { weekday: number; hour: number; meetings: number }[]): number[] => {
  const week = Array.from({ length: 168 }, () => 0);
  for (const { weekday, hour, meetings } of rows) week[(weekday - 1) * 24 + hour] = meetings;
  return week;
};
