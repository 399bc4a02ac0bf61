import type { MapDocument, MapStep } from "@firsthand/server/journeys/maps/document.contract";
import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import type { Search } from "../../shell/search.ts";
import { notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { newPartBytes, useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { createMap, readMap } from "./maps.data.ts";
import { changeStep, documentInDetail, partIdFrom } from "./parts.rules.ts";

const NAME_MAX = 160;

/** Draws a step in detail: a map of its own begins with what belongs to the step, is linked to it and opened. */
export const useDetailVerbs = () => {
  const t = useTexts(mapTexts);
  const { mapId, name, document, isCarriedOut, whenSent } = useDrawing();
  const navigate = useNavigate();
  const isDrawing = useRef(false);
  const draw = async (step: MapStep): Promise<void> => {
    const { viewpoint, state } = await readMap(mapId);
    const detail: MapDocument = documentInDetail(document, step, { newId: () => partIdFrom(newPartBytes()), firstStep: t("newStep") });
    const made = await createMap({ name: t("detailName", { step: step.name, map: name }).slice(0, NAME_MAX), state, viewpoint, from: { kind: "document", document: detail } });
    // Where somebody changed the step meanwhile, that is to be decided here first; the map that was made is in the list.
    if (!isCarriedOut([changeStep(step, { childMapId: made.id })])) return;
    await whenSent();
    await navigate({ to: "/maps/$mapId", params: { mapId: made.id }, search: ({ period, from, to, segment, channel }: Search) => ({ period, from, to, segment, channel }) });
  };
  return {
    drawInDetail: (step: MapStep): void => {
      // A second click would make a second map.
      if (isDrawing.current) return;
      isDrawing.current = true;
      void draw(step).catch(notifyFailed).finally(() => (isDrawing.current = false));
    },
  };
};
