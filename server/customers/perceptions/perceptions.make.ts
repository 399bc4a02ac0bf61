import { newId } from "#platform/db";
import type { NewPerception } from "./perceptions.contract.ts";

/** A feeling with everything filled in; state only what matters. */
export const makePerception = (given: Partial<NewPerception> = {}): NewPerception => ({
  id: newId(),
  subject: null,
  interactionId: null,
  at: "2026-06-01T12:00:00.000Z",
  kind: "nps",
  value: 9,
  scaleMin: 0,
  scaleMax: 10,
  choice: null,
  text: null,
  isInferred: false,
  modelVersion: null,
  source: "manual",
  channel: null,
  touchpoint: null,
  stage: null,
  weight: 1,
  surveyId: null,
  responseId: null,
  importId: null,
  properties: null,
  ...given,
});
