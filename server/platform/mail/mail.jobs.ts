import { z } from "zod";
import { newId } from "../db/db.api.ts";
import { defineJob, enqueue } from "../jobs/jobs.api.ts";
import type { Services } from "../services/services.api.ts";
import { DELIVERY_MS_MAX, deliverMail } from "./delivery.ts";
import { claimMail, deleteOldMailFiles, listForgottenMails, listMailFiles, markMailRefused, markMailSent, noteHandingOver, releaseMail, settleDoubtfulMails } from "./mail.queries.ts";

/** A taker is given up after this: longer than any delivery may last, so two never hand the same mail over. */
const CLAIM_MS = DELIVERY_MS_MAX + 30_000;
const BATCH = 1000;
/** Delivery is tried for about a day; what still waits after a week never goes. */
const FILES_MS = 7 * 86_400_000;

export const mailJobs = [
  defineJob({
    name: "mail.send",
    payload: z.object({ mailId: z.uuid(), workspaceId: z.uuid().nullable() }),
    maxAttempts: 20,
    run: ({ services, payload }) => send(services, payload.mailId),
  }),
  defineJob({ name: "mail.sweep", payload: z.looseObject({}), maxAttempts: 3, run: ({ services }) => sweep(services) }),
];

export const mailSchedules = [{ job: "mail.sweep", cron: "* * * * *" }];

const send = async (services: Services, id: string): Promise<void> => {
  const { db } = services;
  const at = new Date();
  const claim = newId();
  const mail = await claimMail(db, id, { claim, at, goneBefore: new Date(at.getTime() - CLAIM_MS) });
  if (mail === null) return;
  const delivery = await deliverMail(services.config, { ...mail, files: mail.fileIds.length === 0 ? [] : await listMailFiles(db, mail.fileIds) }, () => noteHandingOver(db, id, claim));
  switch (delivery.outcome) {
    case "accepted":
      return markMailSent(db, id, services.clock.now());
    case "refused":
      return markMailRefused(db, id, { at: services.clock.now(), refusal: delivery.reason });
    case "later":
      await releaseMail(db, id, claim);
      throw delivery.error;
  }
};

// The job of a server that died is given back before its claim on the mail ends, and then finds the mail taken: so the mail gets a job of its own.
const sweep = async ({ db }: Services): Promise<void> => {
  const now = Date.now();
  const goneBefore = new Date(now - CLAIM_MS);
  await settleDoubtfulMails(db, goneBefore);
  await deleteOldMailFiles(db, new Date(now - FILES_MS));
  for (const { id, workspaceId } of await listForgottenMails(db, { createdBefore: goneBefore, goneBefore }, BATCH)) {
    await enqueue(db, "mail.send", { mailId: id, workspaceId }, { maxAttempts: 20, key: `mail ${id}` });
  }
};
