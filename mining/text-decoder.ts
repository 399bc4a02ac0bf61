// From bytes to text, by what an XML file says of itself.
import { BrokenFile } from "./broken-file.ts";

const HEAD_BYTES = 200;

export type PieceDecoder = { decode: (bytes: Uint8Array) => string; end: () => string; wrongCharacters: () => number };

/** Finds out the encoding from a byte order mark, the zeros of UTF-16 or the first line's `encoding`, else takes UTF-8. */
export const openTextDecoder = (): PieceDecoder => {
  let head = new Uint8Array(0);
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let wrong = 0;
  const decode = (bytes: Uint8Array | null): string => {
    decoder ??= openFor(head);
    const text = bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true });
    for (let at = text.indexOf("\ufffd"); at >= 0; at = text.indexOf("\ufffd", at + 1)) wrong++;
    return text;
  };
  return {
    decode: (bytes) => {
      if (decoder !== null) return decode(bytes);
      head = joined(head, bytes);
      return head.length < HEAD_BYTES ? "" : decode(head);
    },
    end: () => (decoder === null ? decode(head) : "") + decode(null),
    wrongCharacters: () => wrong,
  };
};

const joined = (one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> => {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
};

const openFor = (head: Uint8Array): InstanceType<typeof TextDecoder> => {
  const encoding = findEncoding(head);
  try {
    return new TextDecoder(encoding);
  } catch {
    throw new BrokenFile(`The file says that it is written in "${encoding.slice(0, 40)}", which is not known. Write it as UTF-8.`);
  }
};

const findEncoding = (head: Uint8Array): string => {
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first === 0x3c && second === 0) return "utf-16le";
  if (first === 0 && second === 0x3c) return "utf-16be";
  if (first === 0x1f && second === 0x8b) throw new BrokenFile("The file is packed with gzip. Unpack it first.");
  if (first === 0x50 && second === 0x4b) throw new BrokenFile("The file is a ZIP archive. Unpack it first.");
  const said = /^[\ufeff\s]*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/u.exec(new TextDecoder().decode(head.subarray(0, HEAD_BYTES)));
  const name = said?.[1]?.toLowerCase() ?? "utf-8";
  // Whoever can read this line as single bytes is not in UTF-16, whatever the line says.
  return name.startsWith("utf-16") ? "utf-8" : name;
};
