import type { MapStep } from "@firsthand/server/journeys/maps/document.contract";

export type ShownStep = { step: MapStep; isRemoved: boolean } | null;

/** The step a panel is about. One that somebody removes while it is open stays as it was last, so that nothing written there goes with it.
 *  @param wanted the id of the step that is open
 *  @param last what was shown until now */
export const stepToShow = (steps: readonly MapStep[], wanted: string | undefined, last: ShownStep): ShownStep => {
  const step = steps.find(({ id }) => id === wanted);
  if (step !== undefined) return last?.step === step && !last.isRemoved ? last : { step, isRemoved: false };
  if (last === null || last.step.id !== wanted) return null;
  return last.isRemoved ? last : { ...last, isRemoved: true };
};
