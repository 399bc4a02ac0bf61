/** `hard`: the address will never work. `soft`: it may work another time. */
export type BounceKind = "hard" | "soft" | "none";
export type DeliveryStatus = { action: string; status: string; recipient: string; diagnostic: string };

/** Reads the per-recipient parts of a delivery status notification.
 *  @param text body of the part message/delivery-status
 *  Source: RFC 3464, sections 2.1 to 2.3. */
export const readDeliveryStatus = (text: string): DeliveryStatus[] =>
  text.replace(/\r\n/g, "\n").replace(/\n[ \t]+/g, " ").split(/\n{2,}/).flatMap((block) => {
    const fields = new Map(block.split("\n").flatMap((line): [string, string][] => {
      const colon = line.indexOf(":");
      return colon < 1 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]];
    }));
    const action = fields.get("action");
    if (action === undefined) return [];
    const typed = fields.get("final-recipient") ?? fields.get("original-recipient") ?? "";
    return [{
      action: action.toLowerCase(), status: /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get("status") ?? "")?.[0] ?? "", recipient: typed.slice(typed.indexOf(";") + 1).trim().toLowerCase(),
      diagnostic: fields.get("diagnostic-code") ?? "",
    }];
  });

/** What a status comes to. Only what is wrong with the address itself is final: a full mailbox, a policy or a network trouble passes.
 *  Source: RFC 3463: class 5 is permanent; X.1.* is the address, X.2.1 a mailbox that is disabled. */
export const bounceKindOf = ({ action, status, diagnostic }: Pick<DeliveryStatus, "action" | "status" | "diagnostic">): BounceKind => {
  if (action === "delivered" || action === "relayed" || action === "expanded") return "none";
  if (action === "delayed") return "soft";
  const enhanced = status !== "" && status !== "5.0.0" ? status : (/\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(diagnostic)?.[0] ?? status);
  if (enhanced.startsWith("4")) return "soft";
  if (enhanced.startsWith("5.1.") || enhanced === "5.2.1" || enhanced === "5.0.0") return "hard";
  if (enhanced.startsWith("5")) return "soft";
  const code = /\b([45]\d\d)\b/.exec(diagnostic)?.[1] ?? "";
  return code.startsWith("5") ? "hard" : "soft";
};

/** What the answer of a mail server comes to, when it refuses a mail at once. */
export const refusalKindOf = (refusal: string): BounceKind => {
  const enhanced = /\b5\.\d{1,3}\.\d{1,3}\b/.exec(refusal)?.[0];
  if (enhanced !== undefined) return bounceKindOf({ action: "failed", status: enhanced, diagnostic: "" });
  return /\b(550|551|553|511)\b/.test(refusal) ? "hard" : "soft";
};

/** The gravest of several. */
export const gravest = (kinds: readonly BounceKind[]): BounceKind => (kinds.includes("hard") ? "hard" : kinds.includes("soft") ? "soft" : "none");
