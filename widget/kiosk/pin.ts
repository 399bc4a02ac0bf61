/** How often a PIN is hashed; the server does it as often when it is set. */
const PIN_ROUNDS = 200_000;

/** Whether a PIN is the kiosk's. Works without a line: the device knows the salted hash. */
export async function pinFits(pin: string, kiosk: { pinSalt: string; pinHash: string }): Promise<boolean> {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: bytesOf(kiosk.pinSalt), iterations: PIN_ROUNDS }, key, 256);
  return btoa(String.fromCharCode(...new Uint8Array(bits))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "") === kiosk.pinHash;
}

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
