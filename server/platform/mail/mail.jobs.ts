import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import nodemailer from "nodemailer";
import { z } from "zod";
import { defineJob } from "../jobs/jobs.api.ts";
import type { Services } from "../services/services.api.ts";
import type { Mail } from "./mail.queries.ts";
import { findUnsentMail, markMailSent } from "./mail.queries.ts";

export const mailJobs = [
  defineJob({
    name: "mail.send",
    payload: z.object({ mailId: z.uuid(), workspaceId: z.uuid().nullable() }),
    maxAttempts: 20,
    run: async ({ services, payload }) => {
      const mail = await findUnsentMail(services.db, payload.mailId);
      if (mail === null) return;
      await deliver(services, mail);
      await markMailSent(services.db, mail.id);
    },
  }),
];

// Without a mail server the mail becomes a file: nothing is lost, and a person trying Firsthand can open the link in it.
const deliver = async ({ config }: Services, mail: Mail): Promise<void> => {
  const message = { from: config.mailFrom, to: mail.to, subject: mail.subject, text: mail.text, ...(mail.html === null ? {} : { html: mail.html }) };
  if (config.smtpUrl !== null) {
    await nodemailer.createTransport(config.smtpUrl).sendMail(message);
    return;
  }
  const built = await nodemailer.createTransport({ streamTransport: true, buffer: true }).sendMail(message);
  const folder = join(config.dataDir, "mails");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { message: content } = built;
  if (!Buffer.isBuffer(content)) throw new Error("The mail could not be built.");
  writeFileSync(join(folder, `${mail.id}.eml`), content, { mode: 0o600 });
};
