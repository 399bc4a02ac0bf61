import { recordAnswered } from "#customers";
import { transaction } from "#platform/db";
import { defineListener } from "#platform/events";
import { z } from "zod";
import { deleteInvitationsOf, markAnswered } from "./invitations.queries.ts";

export const distributionsListeners = [
  // However the person came to answer: by the link, by the page, by a click in the mail.
  defineListener({
    name: "feedback.noteAnsweredInvitation",
    event: "response.saved",
    payload: z.object({ responseId: z.uuid(), surveyId: z.uuid(), outcome: z.string().optional() }),
    run: async ({ services, workspaceId, payload }) => {
      if (payload.outcome === "flagged") return;
      await transaction(services.db, async (tx) => {
        const at = services.clock.now();
        const row = await markAnswered(tx, { workspaceId, responseId: payload.responseId, at });
        if (row === null) return;
        await recordAnswered(tx, {
          workspaceId, customerId: row.customerId, address: row.channel === "text" ? row.phone : row.email, channel: row.channel ?? "email",
          reference: { type: "survey", id: payload.surveyId }, at: row.answeredAt ?? at,
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
