/** The address in "Firsthand <hello@example.com>", or the text itself when it holds none in brackets. */
export const addressOf = (text: string): string => /<([^<>]+)>\s*$/.exec(text)?.[1] ?? text.trim();

/** A return path that says which mail came back (variable envelope return path): the mark becomes a plus-tag of the address.
 *  @param mark small letters and digits, as mail servers may change the case; at most 40, so that the part before the @ stays within 64 */
export const bounceAddress = (address: string, mark: string): string => {
  const [local = "", domain = "localhost"] = addressOf(address).split("@");
  return `${local.split("+")[0]}+${mark}@${domain}`;
};
