import type { Mention, PersonalData, Reading, WordReading } from "./reading.ts";

/** What is said of a text that could not be read: nothing, that a person should look, and that all of it may be personal data. */
export const unsureReading = (text: string): Reading => searchedReading(text === "" ? [] : [{ kind: "unread", from: 0, to: text.length }], []);

/** What was searched for in a text whose words were not read yet. Named one by one: a spread takes four times as long. */
export const searchedReading = (personalData: PersonalData[], mentions: Mention[]): Reading => ({
  language: null,
  sentiment: "neu",
  sentimentScore: 0,
  emotion: null,
  needs: {},
  isUrgent: false,
  isUnsure: true,
  confidence: { language: 0, sentiment: 0, emotion: 0, urgent: 0, needs: {} },
  personalData,
  mentions,
});

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
