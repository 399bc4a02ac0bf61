import type { Reading, WordReading } from "./reading.ts";

/** What is said of a text that could not be read: nothing, and that a person should look. */
export const unsureReading = (): Reading => ({ ...unsureWordReading(), personalData: [], mentions: [] });

export const unsureWordReading = (): WordReading => ({
  language: null,
  sentiment: "neu",
  sentimentScore: 0,
  emotion: null,
  needs: {},
  isUrgent: false,
  isUnsure: true,
  confidence: { language: 0, sentiment: 0, emotion: 0, urgent: 0, needs: {} },
});
