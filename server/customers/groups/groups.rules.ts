import { isBlockedValue } from "../identity/identifiers.rules.ts";
import { fieldsOf } from "../identity/messages.rules.ts";
import { keptTraits } from "../profiles/traits.rules.ts";

/** The group a message speaks of: its own (`group` messages), or the one it happened in (`context.groupId`). */
export const groupOfMessage = (type: string, message: unknown): { key: string; name: string | null; traits: Record<string, unknown> } | null => {
  const root = fieldsOf({ message }, "message");
  const raw = type === "group" ? root["groupId"] : fieldsOf(root, "context")["groupId"];
  if (typeof raw !== "string" && typeof raw !== "number") return null;
  const key = String(raw).toWellFormed().trim().replaceAll("\u0000", "");
  if (key.length > 512 || isBlockedValue(key)) return null;
  const traits = type === "group" ? Object.fromEntries(keptTraits(fieldsOf(root, "traits")).map(([name, json]) => [name, JSON.parse(json)])) : {};
  const name = traits["name"];
  return { key, name: typeof name === "string" && name.trim() !== "" ? name.trim().slice(0, 200) : null, traits };
};

/** What sort of group its traits say it is, "Company" or "Household"; null when they say nothing. */
export const kindOfGroup = (traits: Readonly<Record<string, unknown>>): string | null => {
  const said = [traits["kind"], traits["type"]].find((value) => typeof value === "string" && value.trim() !== "");
  return typeof said === "string" ? said.trim().slice(0, 60) : null;
};
