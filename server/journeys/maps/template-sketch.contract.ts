// How a template is written down: the parts in words, without ids.

/** Before, during and after the step. */
export type Curve = readonly [number, number, number];

export type StepSketch = {
  name: string;
  /** Touchpoints whose interactions belong here, by the names that are guessed when nobody has registered any. */
  at?: readonly string[];
  fails?: readonly string[];
  isOptional?: true;
  /** Neighbours that bear a number are ways of which customers take one. */
  way?: number;
  isMomentOfTruth?: true;
  /** Importance to the customer and to us, 1 to 5. */
  weighs?: readonly [number, number];
  feels?: Curve;
  nextWithinHours?: number;
  does?: string;
  asks?: string;
  expects?: string;
  promise?: string;
  /** What moves the customer before, during and after; the empty text leaves one out. */
  moves?: readonly [string, string, string];
  hurts?: string;
  idea?: string;
  people?: string;
  systems?: string;
};

export type StageSketch = { name: string; steps: readonly StepSketch[] };
export type TemplateSketch = { description: string; stages: readonly StageSketch[] };
