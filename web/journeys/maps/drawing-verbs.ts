import type { MapDocument } from "@firsthand/server/journeys/maps/document.contract";
import { invertEdits } from "@firsthand/server/journeys/maps/document.rules";
import { forkAfter, withForksTidy } from "@firsthand/server/journeys/maps/forks.rules";
import type { MapEdit } from "@firsthand/server/journeys/maps/edits.contract";
import { notifyUndo } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { newPartBytes, useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { type Direction, stepPart } from "./moves.rules.ts";
import { afterPart, afterStep, emptyStep, laneKinds, neighbourOf, partIdFrom } from "./parts.rules.ts";

type Part = "stage" | "step" | "lane" | "card";

/** What can be done to a drawing by its menus and keys. */
export const useDrawingVerbs = () => {
  const t = useTexts(mapTexts);
  const { document, columns, edit, write, writing, follow, say } = useDrawing();
  const addNamed = (edits: readonly MapEdit[], part: Exclude<Part, "card">, id: string): void => {
    edit(edits);
    write({ part, id });
  };
  return {
    addStage: (afterId: string | null): void => {
      const id = partIdFrom(newPartBytes());
      const stepId = partIdFrom(newPartBytes());
      const before = afterId === null ? null : afterPart(document.stages, afterId);
      edit([
        { do: "put", part: "stage", value: { id, name: t("newStage") }, before },
        { do: "put", part: "step", value: emptyStep(stepId, id, t("newStep")), before: null },
      ]);
      write({ part: "stage", id });
    },
    addStep: (stageId: string, afterId: string | null): void => {
      const id = partIdFrom(newPartBytes());
      const after = document.steps.find((step) => step.id === afterId);
      const value = { ...emptyStep(id, stageId, t("newStep")), fork: after === undefined ? null : forkAfter(document, after) };
      addNamed([{ do: "put", part: "step", value, before: after === undefined ? null : afterStep(document, after) }], "step", id);
    },
    addLane: (kind: (typeof laneKinds)[number]): void => {
      const id = partIdFrom(newPartBytes());
      addNamed([{ do: "put", part: "lane", value: { id, kind, name: t(`lane_${kind}`) }, before: null }], "lane", id);
    },
    /** Begins a card; it is drawn for others once it says something. */
    addCard: (stepId: string, laneId: string): void => write({ part: "card", id: partIdFrom(newPartBytes()), at: { stepId, laneId } }),
    newCardId: (stepId: string, laneId: string): string | null => (writing?.part === "card" && writing.at?.stepId === stepId && writing.at.laneId === laneId ? writing.id : null),
    rename: (part: "stage" | "step" | "lane", id: string, was: string, now: string | null, isByKey: boolean): void => {
      if (now !== null) edit([{ do: "change", part, id, was: { name: was }, now: { name: now } }]);
      if (isByKey) follow(`${part}:${id}`);
      write(null);
    },
    move: (part: Part, id: string, direction: Direction): void => {
      const moved = stepPart(document, part, id, direction);
      if (moved === null) return say(t("edgeOfMap"));
      edit(withForksTidy(document, [moved]));
      follow(`${part}:${id}`);
      say(t(movedWords[direction], { name: nameOf(document, id) }));
    },
    remove: (part: Part, id: string, name: string): void => {
      const removal = withForksTidy(document, [{ do: "remove", part, id }]);
      const back = invertEdits(document, removal);
      const lists = { stage: document.stages, step: columns.flatMap(({ step }) => step ?? []), lane: document.lanes, card: [] };
      const next = neighbourOf(lists[part], id);
      edit(removal);
      // A menu goes with its part; the focus would be lost with it.
      if (next !== null) follow(`${part}:${next}`);
      notifyUndo(t("removedPart", { name }), async () => edit(back));
    },
  };
};

const movedWords = { left: "movedLeft", right: "movedRight", up: "movedUp", down: "movedDown" } as const;

/** What a part is called when it is spoken of. */
const nameOf = (document: MapDocument, id: string): string =>
  [...document.stages, ...document.steps, ...document.lanes].find((one) => one.id === id)?.name ?? document.cards.find((one) => one.id === id)?.text.slice(0, 80) ?? "";
