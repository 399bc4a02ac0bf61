import type { Projection, StepResult } from "./follower.ts";

/** Lets several projections follow as one, each in a transaction of its own and in this order: a later one may rely on what an earlier one settled. */
export const joinProjections = (projections: readonly Projection[]): Projection => ({
  step: async (given) => {
    const joined: StepResult = { rows: 0, isBehind: false, isPressed: false, workspaceIds: [] };
    const workspaceIds = new Set<string>();
    for (const projection of projections) {
      const result = await projection.step(given);
      joined.rows += result.rows;
      joined.isBehind ||= result.isBehind;
      joined.isPressed ||= result.isPressed;
      for (const id of result.workspaceIds) workspaceIds.add(id);
    }
    return { ...joined, workspaceIds: [...workspaceIds] };
  },
  forget: () => {
    for (const projection of projections) projection.forget();
  },
});
