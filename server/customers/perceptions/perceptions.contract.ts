/** What a perception can be. Scores carry a scale; a comment carries text; a choice carries the option chosen. */
export const PERCEPTION_KINDS = ["nps", "csat", "ces", "stars", "rating", "comment", "choice", "emotion", "need", "sentiment"] as const;
export type PerceptionKind = (typeof PERCEPTION_KINDS)[number];

/** A feeling as it is written. Times are ISO text with zone. */
export type NewPerception = {
  id: string;
  subject: string | null;
  interactionId: string | null;
  at: string;
  kind: PerceptionKind;
  value: number | null;
  scaleMin: number | null;
  scaleMax: number | null;
  choice: string | null;
  text: string | null;
  isInferred: boolean;
  modelVersion: string | null;
  source: string;
  channel: string | null;
  touchpoint: string | null;
  stage: string | null;
  weight: number;
  surveyId: string | null;
  responseId: string | null;
  importId: string | null;
  properties: Record<string, unknown> | null;
};

/** A feeling as a list shows it: what was said, not where or by whom. */
export type ListedPerception = Pick<
  NewPerception, "id" | "value" | "scaleMin" | "scaleMax" | "choice" | "text" | "isInferred" | "source" | "weight" | "surveyId" | "responseId" | "interactionId"
> & {
  kind: string;
  /** The words of the option chosen, as they stood in the survey; null where only its id is known. */
  choiceLabel: string | null;
  /** The question it answers, in the words of the survey or as the name of the column it was imported from; null where nobody asked. */
  question: string | null;
};
