import { hash } from "node:crypto";

/** The id of an interaction: the same message in the same workspace always gets the same id, so the primary key
 *  keeps duplicates out for ever, however late they return.
 *  @returns a UUID of version 8 made of the first 122 free bits of SHA-256 over both ids
 *  Source: RFC 9562, section 5.8 (version 8: bits chosen by the application). */
export const interactionId = (workspaceId: string, messageId: string): string => {
  const hex = hash("sha256", `${workspaceId}\n${messageId}`, "hex");
  const variant = VARIANTS.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const VARIANTS = "89ab";
