import { transaction } from "#platform/db";
import type { Queryable } from "#platform/db";
import { publish } from "#platform/events";
import { defineJob, enqueue } from "#platform/jobs";
import type { Services } from "#platform/services";
import { z } from "zod";
import { settleAnswer } from "./answering.ts";
import { noteDeliveries } from "./bounces.ts";
import { enqueueWork } from "./distribution-work.ts";
import { findDistribution, hasUnplannedWave, listRunningDistributions, lockDistribution, updateDistribution } from "./distributions.queries.ts";
import { findNextDue } from "./invitations.queries.ts";
import { planAhead } from "./planning-ahead.ts";
import { beginWave, planPage, planTriggered } from "./planning.ts";
import { sendNext } from "./sending.ts";
import { listForgottenTexts, settleDoubtfulTexts } from "./texts.queries.ts";
import { sendText } from "./texts.ts";

/** A job works for so long and leaves the rest to the next, so that several distributions take turns. */
const TURN_MS = 20_000;
const SYNC_AFTER_MS = 2_000;
const SOON_MS = 60_000;
const LOOK_AGAIN_MS = 10_000;

export const distributionsJobs = [
  defineJob({
    name: "distributions.tick", payload: z.looseObject({}), maxAttempts: 3,
    run: async ({ services }) => {
      for (const row of await listRunningDistributions(services.db)) await enqueueWork(services.db, row);
      await settleDoubtfulTexts(services.db);
      for (const text of await listForgottenTexts(services.db, 1000)) {
        await enqueue(services.db, "texts.send", { workspaceId: text.workspaceId, textId: text.id }, { key: `text ${text.id}` });
      }
      await noteDeliveries(services);
    },
  }),
  defineJob({
    name: "distributions.work", payload: z.object({ workspaceId: z.uuid(), distributionId: z.uuid() }), maxAttempts: 5,
    run: ({ services, payload }) => work(services, payload.workspaceId, payload.distributionId),
  }),
  defineJob({ name: "distributions.sync", payload: z.looseObject({}), maxAttempts: 3, run: ({ services }) => noteDeliveries(services) }),
  defineJob({
    name: "distributions.settle", payload: z.object({ workspaceId: z.uuid(), invitationId: z.uuid(), responseId: z.uuid() }), maxAttempts: 10,
    run: ({ services, payload }) => settleAnswer(services, payload.invitationId, payload.responseId),
  }),
  defineJob({
    name: "texts.send", payload: z.object({ workspaceId: z.uuid(), textId: z.uuid() }), maxAttempts: 8,
    run: ({ services, payload }) => sendText(services, payload.workspaceId, payload.textId),
  }),
];

export const distributionsSchedules = [{ job: "distributions.tick", cron: "* * * * *" }];

const work = async (services: Services, workspaceId: string, id: string): Promise<void> => {
  const until = Date.now() + TURN_MS;
  await beginWave(services, workspaceId, id);
  let isAllDone = false;
  let isSent = false;
  while (!isAllDone && Date.now() < until) {
    const hasPlanned = await planPage(services, workspaceId, id);
    const hasTriggered = await planTriggered(services, workspaceId, id);
    let isDue = true;
    // Planning and sending take turns, so that the first people need not wait until the last one is planned.
    for (let count = 0; isDue && count < 200 && Date.now() < until; count += 1) {
      isDue = await sendNext(services, workspaceId, id);
      isSent ||= isDue;
    }
    const hasTold = isDue ? true : await planAhead(services, workspaceId, id);
    isAllDone = !hasPlanned && !hasTriggered && !isDue && !hasTold;
  }
  await transaction(services.db, async (tx) => {
    if (isSent) {
      await enqueue(tx, "distributions.sync", {}, { key: "distributions sync", runAt: new Date(Date.now() + SYNC_AFTER_MS) });
      await publish(tx, { name: "distribution.progressed", workspaceId, payload: { distributionId: id } });
    }
    if (!isAllDone) await enqueueWork(tx, { workspaceId, id });
    else await rest(services, tx, workspaceId, id);
  });
};

/** Nothing is due now: it ends, when nothing can become due any more, or waits for what comes within the minute. */
const rest = async (services: Services, tx: Queryable, workspaceId: string, id: string): Promise<void> => {
  const row = await findDistribution(tx, workspaceId, id);
  if (row === null || row.state !== "running") return;
  const nextAt = await findNextDue(tx, id);
  const isOver = nextAt === null && row.nextWaveAt === null && row.settings.schedule.kind !== "triggered" && row.settings.schedule.kind !== "api";
  const now = services.clock.now().getTime();
  if (!isOver) {
    // What triggers may be seconds old and not readable yet: it is looked for again before the minute is over.
    const looksAgainMs = row.settings.schedule.kind === "triggered" ? LOOK_AGAIN_MS : SOON_MS;
    const waitMs = nextAt === null ? looksAgainMs : Math.min(looksAgainMs, Math.max(500, nextAt.getTime() - now));
    if (waitMs < SOON_MS) await enqueueWork(tx, row, new Date(Date.now() + waitMs));
    return;
  }
  const locked = await lockDistribution(tx, workspaceId, id);
  if (locked === null || locked.state !== "running" || (await hasUnplannedWave(tx, locked)) || (await findNextDue(tx, id)) !== null) return;
  await updateDistribution(tx, { ...locked, state: "finished", at: services.clock.now() });
  await publish(tx, { name: "distribution.changed", workspaceId, payload: { distributionId: id } });
};
