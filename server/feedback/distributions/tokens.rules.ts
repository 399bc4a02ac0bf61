/** The mark of an invitation in addresses of pages, short enough for a text message: id and signature, 22 + 22 characters. */
export const TOKEN = /^([A-Za-z0-9_-]{22})([A-Za-z0-9_-]{22})$/;

/** @param signature of `signedText(id)`; its first 132 bits are kept */
export const tokenOf = (id: string, signature: string): string => `${Buffer.from(id.replaceAll("-", ""), "hex").toString("base64url")}${signature.slice(0, 22)}`;

/** What is signed; it names the purpose, so that a signature for something else is worth nothing here. */
export const signedText = (id: string): string => `invitation:${id}`;

/** The id in a token, which still has to be checked; null when it is none of ours. */
export const idInToken = (token: string): string | null => {
  const found = TOKEN.exec(token);
  return found === null ? null : idOfHex(Buffer.from(found[1] ?? "", "base64url").toString("hex"));
};

/** The mark in a return path: mail servers may change the case of letters, so it is hexadecimal. */
export const bounceMarkOf = (id: string, signature: string): string => `b${id.replaceAll("-", "")}${shortOf(signature)}`;

/** Ids and signatures in addresses such as bounces+b0123…@example.com, wherever they stand in a text. */
export const bounceMarksIn = (text: string): { id: string; short: string }[] =>
  [...text.matchAll(/\+b([0-9a-f]{32})([0-9a-f]{6})@/gi)].flatMap(([, hex = "", short = ""]) => {
    const id = idOfHex(hex.toLowerCase());
    return id === null ? [] : [{ id, short: short.toLowerCase() }];
  });

/** 24 bits of a signature: enough against guessing, as a wrong one only costs a member a look. */
export const shortOf = (signature: string): string => Buffer.from(signature, "base64url").toString("hex").slice(0, 6);

const idOfHex = (hex: string): string | null =>
  hex.length !== 32 ? null : [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
