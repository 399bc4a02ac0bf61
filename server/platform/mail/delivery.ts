// Hands a mail to the mail server, or writes it as a file where there is none.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import nodemailer from "nodemailer";
import type { Config } from "../../config.ts";
import { addressOf } from "./addresses.rules.ts";
import type { Mail as StoredMail, MailFile } from "./mail.queries.ts";

type Mail = StoredMail & { files: readonly MailFile[] };

/** `refused`: the mail server will never take it. `later`: it may take it another time. */
export type Delivery = { outcome: "accepted" } | { outcome: "refused"; reason: string } | { outcome: "later"; error: Error };

/** Longest silence of a mail server. All waits together must end before the claim on a mail does. */
const WAITS = { connectionTimeout: 20_000, greetingTimeout: 15_000, socketTimeout: 30_000, dnsTimeout: 10_000 };
export const DELIVERY_MS_MAX = 90_000;
// RFC 8058 wants the one-click line signed; nodemailer's own list, which this repeats, leaves it out.
const SIGNED_HEADERS = "From:Sender:Reply-To:Subject:Date:Message-ID:To:Cc:MIME-Version:Content-Type:Content-Transfer-Encoding:List-Id:List-Unsubscribe:List-Unsubscribe-Post";

/** Delivers a mail.
 *  @param handOver asked before the line that completes the mail is sent; false breaks off, so that the mail server throws it away */
export const deliverMail = async (config: Config, mail: Mail, handOver: () => Promise<boolean>): Promise<Delivery> => {
  const content = await buildMail(config, mail);
  if (config.smtpUrl === null) {
    if (await handOver()) writeMail(config, mail, content);
    return { outcome: "accepted" };
  }
  const transport = nodemailer.createTransport({ ...WAITS, url: config.smtpUrl });
  const breaksOff = setTimeout(() => transport.close(), DELIVERY_MS_MAX);
  try {
    await transport.sendMail({
      envelope: { from: addressOf(mail.returnPath ?? config.mailFrom), to: mail.to },
      raw: Readable.from(completedBy(content, handOver)),
    });
    return { outcome: "accepted" };
  } catch (error) {
    return deliveryOf(error);
  } finally {
    clearTimeout(breaksOff);
    transport.close();
  }
};

// The end of the stream is what makes nodemailer send the final line, so nothing counts as handed over that a crash could still prevent.
async function* completedBy(content: Buffer, handOver: () => Promise<boolean>): AsyncGenerator<Buffer> {
  yield content;
  if (!(await handOver())) throw new Error("Somebody else is delivering this mail.");
}

const deliveryOf = (error: unknown): Delivery => {
  const reply = error instanceof Error && "responseCode" in error && typeof error.responseCode === "number" ? error.responseCode : 0;
  const isAboutTheMail = error instanceof Error && "command" in error && ["RCPT TO", "DATA", "MAIL FROM"].includes(String(error.command));
  const text = error instanceof Error ? error.message : String(error);
  if (reply >= 500 && isAboutTheMail) return { outcome: "refused", reason: text.slice(0, 500) };
  return { outcome: "later", error: error instanceof Error ? error : new Error(text) };
};

const buildMail = async (config: Config, mail: Mail): Promise<Buffer> => {
  const address = addressOf(config.mailFrom);
  const { message } = await nodemailer.createTransport({ streamTransport: true, buffer: true, newline: "windows" }).sendMail({
    from: mail.fromName === null ? config.mailFrom : { name: mail.fromName, address },
    to: { name: "", address: mail.to }, subject: mail.subject, text: mail.text,
    ...(mail.html === null ? {} : { html: mail.html }),
    ...(mail.replyTo === null ? {} : { replyTo: { name: "", address: mail.replyTo } }),
    ...(mail.messageId === null ? {} : { messageId: mail.messageId }),
    ...(mail.headers === null ? {} : { headers: mail.headers }),
    ...(mail.files.length === 0 ? {} : { attachments: mail.files.map(({ name, contentType, content }) => ({ filename: name, contentType, content })) }),
    ...(config.dkim === null ? {} : {
      dkim: {
        domainName: config.dkim.domain, keySelector: config.dkim.selector, privateKey: readFileSync(config.dkim.keyFile, "utf8"), headerFieldNames: SIGNED_HEADERS,
      },
    }),
    disableFileAccess: true, disableUrlAccess: true,
  });
  if (!Buffer.isBuffer(message)) throw new Error("The mail could not be built.");
  return message;
};

// Without a mail server the mail becomes a file: nothing is lost, and a person trying Firsthand can open the link in it.
const writeMail = (config: Config, mail: Mail, content: Buffer): void => {
  const folder = join(config.dataDir, "mails");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, `${mail.id}.eml`), content, { mode: 0o600 });
};
