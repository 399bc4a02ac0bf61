import { addressOfSubject, findOwners, recordAnswered } from "#customers";
import { transaction } from "#platform/db";
import { defineListener } from "#platform/events";
import { z } from "zod";
import { contactChannelOf } from "./channels.rules.ts";
import { findAnswerer } from "./clicks.queries.ts";
import { deleteInvitationsOf, markAnswered } from "./invitations.queries.ts";

export const distributionsListeners = [
  // However the person came to answer, by an invitation or not: nobody is reminded, or asked the same again too soon.
  defineListener({
    name: "feedback.noteAnswered",
    event: "response.saved",
    payload: z.object({ responseId: z.uuid(), surveyId: z.uuid(), outcome: z.string().optional(), isNobodys: z.boolean().default(false) }),
    concerns: ({ outcome, isNobodys }) => outcome !== "flagged" && !isNobodys,
    run: async ({ services, workspaceId, payload }) => {
      await transaction(services.db, async (tx) => {
        const row = await markAnswered(tx, { workspaceId, responseId: payload.responseId, at: services.clock.now() });
        const answerer = await findAnswerer(tx, workspaceId, payload.responseId);
        const channel = answerer === null ? null : contactChannelOf(answerer.channel);
        if (answerer === null || channel === null) return;
        const [owner] = row?.customerId == null ? await findOwners(tx, [{ workspaceId, subject: answerer.subject, at: answerer.savedAt }]) : [row];
        const address = addressOfSubject(answerer.subject) ?? (row?.channel === "text" ? row.phone : row?.email) ?? null;
        await recordAnswered(tx, {
          workspaceId, customerId: owner?.customerId ?? null, address, channel, reference: { type: "survey", id: payload.surveyId }, at: answerer.savedAt,
        });
      });
    },
  }),
  defineListener({
    name: "feedback.eraseInvitations",
    event: "customer.erased",
    payload: z.object({ customerId: z.uuid().nullable().default(null), subjectHashes: z.array(z.string()).default([]) }),
    run: ({ services, workspaceId, payload }) => deleteInvitationsOf(services.db, workspaceId, payload),
  }),
];
