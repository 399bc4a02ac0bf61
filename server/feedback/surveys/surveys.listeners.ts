import { addressOfSubject, findOwners, recordConsent } from "#customers";
import { transaction } from "#platform/db";
import { defineListener } from "#platform/events";
import type { Services } from "#platform/services";
import { z } from "zod";
import { lockConsentingResponse, upsertConsent } from "./consents.queries.ts";
import { newConsents } from "./consents.rules.ts";
import { findVersion } from "./surveys.queries.ts";

/** States in the contact policy what a person agreed to in a response, once, and takes back what a correction took away.
 *  @param at when it was said; null for the moment of the answer */
const stateConsents = (services: Services, workspaceId: string, { responseId, at }: { responseId: string; at: Date | null }): Promise<void> =>
  transaction(services.db, async (tx) => {
    const response = await lockConsentingResponse(tx, workspaceId, responseId);
    if (response === null || response.subject === null || Object.keys(response.answers).length + response.stated.length === 0) return;
    const definition = await findVersion(tx, workspaceId, response.surveyId, response.version);
    const address = addressOfSubject(response.subject);
    const [owner] = await findOwners(tx, [{ workspaceId, subject: response.subject, at: response.savedAt }]);
    const customerId = owner?.customerId ?? null;
    if (definition === null || (customerId === null && address === null)) return;
    // What no customer gave agrees to nothing.
    const answers = response.outcome === "flagged" ? {} : response.answers;
    for (const consent of newConsents(definition.questions, answers, response.stated)) {
      await upsertConsent(tx, workspaceId, responseId, consent);
      await recordConsent(tx, { workspaceId, customerId, address, purpose: consent.purpose, channel: "all", isGiven: consent.isGiven, source: "survey", at: at ?? response.savedAt });
    }
  });

export const surveysListeners = [
  defineListener({
    name: "feedback.stateConsents",
    event: "response.saved",
    payload: z.object({ responseId: z.uuid(), state: z.string(), outcome: z.string().optional(), isNobodys: z.boolean().default(false), asksConsent: z.boolean().default(true) }),
    concerns: ({ state, outcome, isNobodys, asksConsent }) => state === "complete" && outcome !== "flagged" && !isNobodys && asksConsent,
    run: ({ services, workspaceId, payload }) => stateConsents(services, workspaceId, { responseId: payload.responseId, at: null }),
  }),
  defineListener({
    name: "feedback.restateConsents",
    event: "response.restated",
    payload: z.object({ responseId: z.uuid() }),
    run: ({ services, workspaceId, payload }) => stateConsents(services, workspaceId, { responseId: payload.responseId, at: services.clock.now() }),
  }),
];
