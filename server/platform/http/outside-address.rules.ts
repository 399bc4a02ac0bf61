// Which addresses on the internet the server may be sent to by what people type: a host name in a form must not open the office network.

/** Networks that are not the public internet, as text and length of the prefix.
 *  Source: IANA special-purpose address registries for IPv4 and IPv6. */
const CLOSED_V4 = [
  "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
  "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
];
// Only 2000::/3 is given out to the public; inside it these carry an IPv4 address, or are for documents and tests.
const OPEN_V6 = "2000::/3";
const CLOSED_V6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

/** Whether an IP address belongs to the public internet. Everything that is not certain is not.
 *  @param address IPv4 or IPv6 as text, without brackets; IPv4 inside IPv6 is judged as IPv4 */
export const isPublicAddress = (address: string): boolean => {
  const v4 = readV4(address);
  if (v4 !== null) return !CLOSED_V4.some((network) => holds(network, v4, 32, readV4));
  const v6 = readV6(address);
  if (v6 === null) return false;
  // ::ffff:a.b.c.d (mapped) and 64:ff9b::a.b.c.d (translated) reach that IPv4 address.
  if (v6 >> 32n === 0xffffn || v6 >> 32n === 0x64ff9b0000000000000000n) return isPublicAddress(v4Text(v6 & 0xffffffffn));
  return holds(OPEN_V6, v6, 128, readV6) && !CLOSED_V6.some((network) => holds(network, v6, 128, readV6));
};

/** The address that a host of a URL is itself; null when it is a name to be looked up. */
export const addressInHost = (host: string): string | null => {
  const bare = host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
  return readV4(bare) !== null || readV6(bare) !== null ? bare : null;
};

const holds = (network: string, address: bigint, bits: number, read: (text: string) => bigint | null): boolean => {
  const [base = "", length = ""] = network.split("/");
  const shift = BigInt(bits - Number(length));
  return address >> shift === (read(base) ?? 0n) >> shift;
};

const readV4 = (text: string): bigint | null => {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return parts.reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
};

const readV6 = (text: string): bigint | null => {
  const [bare = ""] = text.split("%");
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(bare);
  const v4 = tail === null ? null : readV4(tail[2] ?? "");
  if (tail !== null && v4 === null) return null;
  const whole = v4 === null ? bare : `${tail?.[1] ?? ""}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`;
  const halves = whole.split("::");
  if (halves.length > 2 || !whole.includes(":")) return null;
  const [left, right] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - (left?.length ?? 0) - (right?.length ?? 0);
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...(left ?? []), ...Array.from({ length: Math.max(0, missing) }, () => "0"), ...(right ?? [])];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return null;
  return groups.reduce((sum, group) => (sum << 16n) + BigInt(Number.parseInt(group, 16)), 0n);
};

const v4Text = (value: bigint): string => [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join(".");
