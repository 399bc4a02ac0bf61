import { useState } from "react";
import type { Search } from "../../shell/search.ts";
import { CommentsPanel } from "./CommentsPanel.tsx";
import { HistoryPanel } from "./HistoryPanel.tsx";
import { KeysDialog } from "./KeysDialog.tsx";
import type { MapSearch } from "./map-search.ts";
import type { MapStore } from "./map-store.ts";
import type { JourneyMap } from "./maps.data.ts";
import { removerOf, type Session } from "./session.rules.ts";
import { type ShownStep, stepToShow } from "./shown-step.rules.ts";
import { StepPanel } from "./StepPanel.tsx";

type MapPanelsProps = { map: JourneyMap; store: MapStore; session: Session; search: MapSearch; change: (patch: Search) => void; isShowingKeys: boolean; closeKeys: () => void };

/** What lies beside the drawing: one step, the history, what members wrote, and the keys. */
export const MapPanels = ({ map, store, session, search, change, isShowingKeys, closeKeys }: MapPanelsProps) => {
  const [last, keepLast] = useState<ShownStep>(null);
  const shown = stepToShow(session.document.steps, search.step, last);
  if (shown !== last) keepLast(shown);
  return (
    <>
      <StepPanel shown={shown} removedBy={shown?.isRemoved === true ? removerOf(session, shown.step.id) : null} customerId={search.customer} onClose={() => change({ step: undefined })} />
      <HistoryPanel map={map} session={session} isOpen={search.panel === "history"} onClose={() => change({ panel: undefined })} onRestored={store.replace} />
      <CommentsPanel map={map} isOpen={search.panel === "comments"} onClose={() => change({ panel: undefined })} />
      <KeysDialog isOpen={isShowingKeys} onClose={closeKeys} />
    </>
  );
};
