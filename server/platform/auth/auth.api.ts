export { hashPassword, passwordFits } from "./passwords.ts";
export { csrfTokenOf, hashToken, newToken, signText, verifySignature } from "./tokens.ts";
