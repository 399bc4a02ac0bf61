// A small mail server that speaks as much IMAP (RFC 3501) over a socket as a client needs to read a folder.
import { createServer } from "node:net";
import type { Socket } from "node:net";

export type TestFolder = { uidValidity: number; mails: { uid: number; raw: Buffer }[] };
export type TestImapServer = {
  port: number;
  password: string;
  folders: Map<string, TestFolder>;
  /** Commands since the start, without tags and passwords. */
  heard: string[];
  /** `silent` takes connections and says nothing; `cuts` breaks off in the middle of a mail. */
  mood: "well" | "silent" | "cuts";
  /** Called before a mail is given, as if something else happened at that moment. */
  beforeMail: (uid: number) => Promise<void>;
  /** Puts a mail into the inbox. */
  deliver: (raw: string | Buffer, uid?: number) => number;
  stop: () => Promise<void>;
};

export const USER = "returned@example.com";

export const makeImapServer = async (): Promise<TestImapServer> => {
  const sockets = new Set<Socket>();
  const inbox: TestFolder = { uidValidity: 1000, mails: [] };
  const server: TestImapServer = {
    port: 0, password: "irrelevant-password", folders: new Map([["INBOX", inbox]]), heard: [], mood: "well", beforeMail: async () => undefined,
    deliver: (raw, uid = (inbox.mails.at(-1)?.uid ?? 0) + 1) => {
      inbox.mails.push({ uid, raw: Buffer.from(raw) });
      return uid;
    },
    stop: () => new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      listener.close(() => resolve());
    }),
  };
  const listener = createServer((socket) => {
    sockets.add(socket);
    // Small lines one after the other would each wait for the other side.
    socket.setNoDelay(true);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    if (server.mood !== "silent") converse(server, socket);
  });
  await new Promise<void>((resolve) => { listener.listen(0, "127.0.0.1", resolve); });
  const address = listener.address();
  server.port = typeof address === "object" && address !== null ? address.port : 0;
  return server;
};

const converse = (server: TestImapServer, socket: Socket): void => {
  const session: Session = { server, socket, folder: null };
  let input = "";
  let work = Promise.resolve();
  socket.write("* OK [CAPABILITY IMAP4rev1] ready\r\n");
  socket.on("data", (piece) => {
    input += piece.toString("latin1");
    for (let end = input.indexOf("\r\n"); end !== -1; end = input.indexOf("\r\n")) {
      const line = input.slice(0, end);
      input = input.slice(end + 2);
      work = work.then(() => answer(session, line)).catch(() => void socket.destroy());
    }
  });
};

type Session = { server: TestImapServer; socket: Socket; folder: TestFolder | null };

const answer = async (session: Session, line: string): Promise<void> => {
  const { server, socket } = session;
  const [tag = "", verb = "", ...rest] = line.split(" ");
  const command = verb.toUpperCase() === "UID" ? `UID ${(rest.shift() ?? "").toUpperCase()}` : verb.toUpperCase();
  const given = rest.join(" ");
  server.heard.push(command === "LOGIN" ? "LOGIN" : `${command} ${given}`.trim());
  const say = (text: string): void => void socket.write(`${text}\r\n`);
  const done = (text = "done"): void => say(`${tag} OK ${text}`);
  const words = wordsIn(given);
  switch (command) {
    case "CAPABILITY": say("* CAPABILITY IMAP4rev1"); return done();
    case "NOOP": return done();
    case "LOGIN": return words[0] === USER && words[1] === server.password ? done() : say(`${tag} NO [AUTHENTICATIONFAILED] "${words[1]}" is wrong for ${words[0]}`);
    case "LIST": case "LSUB": {
      const names = words[1] === "" ? [""] : [...server.folders.keys()].filter((name) => words[1] === "*" || name === words[1]);
      for (const name of names) say(`* ${command} (${name === "" ? "\\Noselect" : "\\HasNoChildren"}) "/" "${name}"`);
      return done();
    }
    case "SELECT": case "EXAMINE": {
      session.folder = server.folders.get(words[0] ?? "") ?? null;
      if (session.folder === null) return say(`${tag} NO no such folder`);
      say(`* ${session.folder.mails.length} EXISTS`);
      say(`* OK [UIDVALIDITY ${session.folder.uidValidity}] valid`);
      say(`* OK [UIDNEXT ${(session.folder.mails.at(-1)?.uid ?? 0) + 1}] next`);
      return done("[READ-ONLY]");
    }
    case "UID SEARCH": say(`* SEARCH ${inRange(session.folder, words.at(-1) ?? "").map(({ uid }) => uid).join(" ")}`.trimEnd()); return done();
    case "UID FETCH": await giveMails(session, given); return done();
    case "LOGOUT": say("* BYE"); done(); socket.end(); return;
    default: say(`${tag} BAD unknown`);
  }
};

const giveMails = async ({ server, socket, folder }: Session, given: string): Promise<void> => {
  const [range = ""] = given.split(" ");
  for (const mail of inRange(folder, range)) {
    const number = (folder?.mails.indexOf(mail) ?? 0) + 1;
    const isWhole = given.includes("BODY.PEEK[]");
    if (isWhole) await server.beforeMail(mail.uid);
    const body = isWhole ? mail.raw : mail.raw.subarray(0, mail.raw.indexOf("\r\n\r\n") === -1 ? mail.raw.length : mail.raw.indexOf("\r\n\r\n") + 4);
    const size = given.includes("RFC822.SIZE") ? ` RFC822.SIZE ${mail.raw.length}` : "";
    socket.write(`* ${number} FETCH (UID ${mail.uid}${size} ${isWhole ? "BODY[]<0>" : "BODY[HEADER]<0>"} {${body.length}}\r\n`);
    if (isWhole && server.mood === "cuts") {
      socket.write(body.subarray(0, body.length / 2));
      socket.destroy();
      return;
    }
    socket.write(body);
    socket.write(")\r\n");
  }
};

// As servers do, a range from after the last mail means the last mail.
const inRange = (folder: TestFolder | null, range: string): TestFolder["mails"] => {
  const mails = folder?.mails ?? [];
  const last = mails.at(-1)?.uid ?? 0;
  const spans = range.split(",").map((part) => {
    const [from = "", to = from] = part.split(":");
    const [start, end] = [from, to].map((text) => (text === "*" ? last : Number(text)));
    return { from: Math.min(start ?? 0, end ?? 0), to: Math.max(start ?? 0, end ?? 0) };
  });
  return mails.filter(({ uid }) => spans.some((span) => uid >= span.from && uid <= span.to));
};

const wordsIn = (text: string): string[] => [...text.matchAll(/"((?:[^"\\]|\\.)*)"|([^\s"]+)/g)].map(([, quoted, bare]) => (quoted ?? bare ?? "").replace(/\\(.)/g, "$1"));
