// A mail server for tests, on a real port, and a reader of signatures that is not the library that wrote them.
import { createHash, createVerify } from "node:crypto";
import type { AddressInfo } from "node:net";
import PostalMime from "postal-mime";
import type { Email } from "postal-mime";
import { SMTPServer } from "smtp-server";

export type ReceivedMail = { from: string; to: string[]; raw: string; at: Date };
export type TestMailServer = {
  url: string;
  received: ReceivedMail[];
  /** The mails to an address, read. */
  readFor: (address: string) => Promise<Email[]>;
  /** Refuses an address from now on. */
  refuse: (address: string, code: number) => void;
  stop: () => Promise<void>;
};

/** Starts a mail server. `onMail` is told of each mail before it is acknowledged. */
export const makeMailServer = async (onMail: (mail: ReceivedMail, count: number) => void = () => undefined): Promise<TestMailServer> => {
  const received: ReceivedMail[] = [];
  const refused = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ["STARTTLS", "AUTH"], logger: false,
    onRcptTo: ({ address }, _session, done) => {
      const code = refused.get(address.toLowerCase());
      done(code === undefined ? null : Object.assign(new Error("no such mailbox here"), { responseCode: code }));
    },
    onData: (stream, session, done) => {
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("end", () => {
        const from = session.envelope.mailFrom === false ? "" : session.envelope.mailFrom.address;
        const mail = { from, to: session.envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(pieces).toString("utf8"), at: new Date() };
        received.push(mail);
        onMail(mail, received.length);
        done();
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `smtp://127.0.0.1:${portOf(server.server.address())}`,
    received,
    readFor: (address) => Promise.all(received.filter(({ to }) => to.includes(address)).map(({ raw }) => PostalMime.parse(raw))),
    refuse: (address, code) => void refused.set(address.toLowerCase(), code),
    stop: () => new Promise((stopped) => server.close(stopped)),
  };
};

const portOf = (address: AddressInfo | string | null): number => {
  if (address === null || typeof address === "string") throw new Error("The mail server does not listen on a port.");
  return address.port;
};

/** Checks the first DKIM signature of a message (RFC 6376, rsa-sha256, relaxed/relaxed).
 *  @returns the names of the signed headers; null when body or headers were changed */
export const verifyDkim = (raw: string, publicKey: string): string[] | null => {
  const split = raw.indexOf("\r\n\r\n");
  const headers = raw.slice(0, split).replace(/\r\n(?=[ \t])/g, "\0").split("\r\n").map((line) => line.replaceAll("\0", "\r\n"));
  const signature = headers.find((line) => /^dkim-signature:/i.test(line)) ?? "";
  const tags = new Map(signature.slice(signature.indexOf(":") + 1).split(";").map((part): [string, string] => {
    const equals = part.indexOf("=");
    return [part.slice(0, equals).trim(), part.slice(equals + 1).replace(/\s+/g, "")];
  }));
  const body = raw.slice(split + 4).split("\r\n").map((line) => line.replace(/[ \t]+/g, " ").replace(/ $/, "")).join("\r\n").replace(/(\r\n)*$/, "\r\n");
  if (createHash("sha256").update(body).digest("base64") !== tags.get("bh")) return null;
  const names = (tags.get("h") ?? "").toLowerCase().split(":");
  const unused = [...headers];
  const signed = names.flatMap((name) => {
    const place = unused.findLastIndex((line) => line.toLowerCase().startsWith(`${name}:`));
    return place < 0 ? [] : [relaxed(unused.splice(place, 1)[0] ?? "")];
  });
  const own = relaxed(signature).replace(/\bb=[^;]*/, "b=");
  const isTrue = createVerify("sha256").update([...signed, own].join("\r\n")).verify(publicKey, tags.get("b") ?? "", "base64");
  return isTrue ? names : null;
};

const relaxed = (line: string): string => {
  const colon = line.indexOf(":");
  return `${line.slice(0, colon).trim().toLowerCase()}:${line.slice(colon + 1).replace(/\r\n/g, "").replace(/[ \t]+/g, " ").trim()}`;
};
