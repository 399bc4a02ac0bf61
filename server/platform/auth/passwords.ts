import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

// OWASP's password storage cheat sheet gives N = 2^17, r = 8, p = 1 for scrypt (128 MiB a hash). On a small machine a burst of
// sign-ins must not exhaust memory, so N = 2^16 with p = 2: the same work, half the memory, also on OWASP's list.
type Cost = { N: number; r: number; p: number };
let cost: Cost = { N: 65_536, r: 8, p: 2 };
const KEY_BYTES = 32;
const MEMORY_MAX = 160 * 1024 * 1024;

/** Makes hashes cheap where nothing is to be protected. Only tests do that: a hash takes a third of a second of the processor, and there they are many. */
export const hashCheaply = (): void => {
  cost = { N: 1_024, r: 8, p: 1 };
};

const derive = (password: string, salt: Buffer, spent: Cost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, { ...spent, maxmem: MEMORY_MAX }, (error, key) => (error === null ? resolve(key) : reject(error)));
  });

/** Hashes a password for storage: `scrypt$N$r$p$salt$key`, the parameters within so that they can be raised later. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64"), key.toString("base64")].join("$");
};

/** True when the password belongs to the stored hash. With `null` it takes as long and says false, so that the
 *  time of a refusal does not tell whether an account exists. */
export const passwordFits = async (password: string, stored: string | null): Promise<boolean> => {
  const [scheme, N, r, p, salt, key] = (stored ?? "").split("$");
  if (scheme !== "scrypt" || salt === undefined || key === undefined) {
    await derive(password, randomBytes(16), cost);
    return false;
  }
  const expected = Buffer.from(key, "base64");
  const actual = await derive(password, Buffer.from(salt, "base64"), { N: Number(N), r: Number(r), p: Number(p) });
  return expected.length === actual.length && timingSafeEqual(expected, actual);
};
