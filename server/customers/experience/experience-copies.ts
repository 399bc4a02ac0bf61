// What a row of the record becomes in the copy, before its step and its numbers are known.
import type { Staffing } from "#people";
import type { Owner } from "../identity/resolver.ts";
import type { ExperienceRow } from "./experience-columns.rules.ts";
import type { Nameable, Naming } from "./experience.contract.ts";
import type { InteractionRow, PerceptionRow } from "./experience.queries.ts";
import { FIRST_STEP } from "./experience.rules.ts";
import { servedWith } from "./serving.rules.ts";

/** What the registers of a workspace say: how things are called, and who serves where. */
export type Known = { naming: Naming; staffing: Staffing };

export const interactionCopy = (row: InteractionRow, owner: Owner, { naming, staffing }: Known): ExperienceRow => ({
  workspaceId: row.workspaceId,
  id: row.id,
  seq: row.seq,
  subject: owner.identifierId,
  customer: owner.customerId,
  customerNo: null,
  atMs: row.at.getTime(),
  receivedAtMs: row.receivedAt.getTime(),
  type: row.type,
  name: row.name,
  place: naming(row),
  step: FIRST_STEP,
  touchpointNo: null,
  previousNo: null,
  source: row.source,
  kind: null,
  value: null,
  scaleMin: null,
  scaleMax: null,
  normalised: null,
  choice: null,
  hasText: null,
  weight: null,
  surveyId: null,
  served: servedWith(staffing, { ...row, atMs: row.at.getTime() }),
  importId: row.importId,
  interactionId: null,
  responseId: null,
});

// A feeling is never guessed a touchpoint; the one it names gets its present name and its stage from the register.
export const perceptionNameable = (row: PerceptionRow): Nameable => ({
  type: "perception",
  name: row.kind,
  channel: row.channel,
  touchpoint: row.touchpoint,
  stage: row.stage,
  source: row.source,
  // Of the fact it is about: nothing is guessed from it but the product.
  message: row.message,
});

export const perceptionCopy = (row: PerceptionRow, owner: Owner, { naming, staffing }: Known): ExperienceRow => ({
  workspaceId: row.workspaceId,
  id: row.id,
  seq: row.seq,
  subject: owner.identifierId,
  customer: owner.customerId,
  customerNo: null,
  atMs: row.at.getTime(),
  receivedAtMs: row.recordedAt.getTime(),
  type: null,
  name: null,
  place: naming(perceptionNameable(row)),
  step: FIRST_STEP,
  touchpointNo: null,
  previousNo: null,
  source: row.source,
  kind: row.kind,
  value: row.value,
  scaleMin: row.scaleMin,
  scaleMax: row.scaleMax,
  normalised: row.normalised,
  choice: row.choice,
  hasText: row.hasText,
  weight: row.weight,
  surveyId: row.surveyId,
  served: servedWith(staffing, { ...row, atMs: row.at.getTime(), factAtMs: row.factAt?.getTime() ?? null }),
  importId: row.importId,
  interactionId: row.interactionId,
  responseId: row.responseId,
});
