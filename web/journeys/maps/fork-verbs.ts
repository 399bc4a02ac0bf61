import type { MapStep } from "@firsthand/server/journeys/maps/document.contract";
import { addWay, joinBefore, leaveFork } from "@firsthand/server/journeys/maps/forks.rules";
import { useTexts } from "../../ui/texts.ts";
import { newPartBytes, useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { emptyStep, partIdFrom } from "./parts.rules.ts";

/** What can be done where customers go one of several ways. */
export const useForkVerbs = () => {
  const t = useTexts(mapTexts);
  const { document, edit, write, follow, say } = useDrawing();
  return {
    /** A new step that customers may take instead of this one. */
    addAlternative: (stepId: string): void => {
      const step = document.steps.find((one) => one.id === stepId);
      if (step === undefined) return;
      const id = partIdFrom(newPartBytes());
      const edits = addWay(document, step, { value: emptyStep(id, step.stageId, t("newStep")), forkId: partIdFrom(newPartBytes()) });
      if (edits.length === 0) return say(t("waysFull"));
      edit(edits);
      write({ part: "step", id });
    },
    joinBefore: (step: MapStep): void => {
      edit(joinBefore(document, step, partIdFrom(newPartBytes())));
      follow(`step:${step.id}`);
      say(t("nowAlternative", { name: step.name }));
    },
    leaveFork: (step: MapStep): void => {
      edit(leaveFork(document, step));
      follow(`step:${step.id}`);
      say(t("noLongerAlternative", { name: step.name }));
    },
  };
};
