/** Whether a mail is one of those a member expects from a review site.
 *  @param senders addresses and domains, apart by commas or spaces; a domain stands for all addresses in it and in what is below it. None: no mail is expected */
export const isFromSender = (address: string, senders: string): boolean => {
  const from = address.trim().toLowerCase();
  const domain = from.slice(from.lastIndexOf("@") + 1);
  return senders.toLowerCase().split(/[\s,;]+/).filter((sender) => sender !== "").some((sender) => {
    if (sender.indexOf("@") > 0) return from === sender;
    const wanted = sender.replace(/^@/, "");
    return from.includes("@") && (domain === wanted || domain.endsWith(`.${wanted}`));
  });
};

/** Whether the mail server that took a mail in found its sender forged.
 *  @param results values of Authentication-Results, the newest first: only that one is of our own server (RFC 8601, section 5) */
export const isForged = (results: readonly string[]): boolean => /\bdmarc\s*=\s*fail\b/i.test(results[0] ?? "");
