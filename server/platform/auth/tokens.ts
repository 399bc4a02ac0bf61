import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** A new secret: 256 random bits as text after its prefix (`fhk_` key, `fhw_` write key, none for sessions). */
export const newToken = (prefix: string = ""): string => `${prefix}${randomBytes(32).toString("base64url")}`;

/** What is stored instead of a token. A plain hash is enough: the token has 256 random bits, nothing to guess. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("base64url");

/** The token a page must send with changes. It follows from the session, so that no store is needed and another site cannot know it. */
export const csrfTokenOf = (sessionToken: string): string => createHmac("sha256", sessionToken).update("csrf").digest("base64url");

/** Signs text with a workspace's secret, for links that carry who somebody is. */
export const signText = (secret: string, text: string): string => createHmac("sha256", secret).update(text).digest("base64url");

export const verifySignature = (secret: string, text: string, signature: string): boolean => {
  const expected = Buffer.from(signText(secret, text));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
};
