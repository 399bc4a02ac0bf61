import { useMediaQuery } from "@mantine/hooks";
import { useMemo, useRef, useState } from "react";
import { useAbility } from "../../shell/session.data.ts";
import { useTypedSearch } from "../../shell/search.ts";
import { useRoom } from "../../ui/charts/measure.ts";
import { DropOnto } from "../../ui/DropOnto.tsx";
import { notifyFailed } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { CompareBar } from "./CompareBar.tsx";
import { CopyNotice } from "../paths/CopyNotice.tsx";
import { useMapComments } from "./comments.data.ts";
import { ConflictList } from "./ConflictList.tsx";
import { CurveLegend } from "./CurveLegend.tsx";
import { CustomerBar } from "./CustomerBar.tsx";
import { withForksTidy } from "@firsthand/server/journeys/maps/forks.rules";
import { GoneMap } from "./GoneMap.tsx";
import { dropPart } from "./moves.rules.ts";
import { EmptyMap } from "./EmptyMap.tsx";
import { useFollow } from "./drawing-keys.ts";
import { columnsOf, type Stop } from "./grid.rules.ts";
import { LaneAdder } from "./LaneAdder.tsx";
import { DrawingContext, type Drawing, type Writing } from "./map-drawing.ts";
import classes from "./Map.module.css";
import { MapGrid } from "./MapGrid.tsx";
import { MapHead } from "./MapHead.tsx";
import { useMapKeys } from "./map-keys.ts";
import { laidCustomer, overlayQuery, readMapSearch } from "./map-search.ts";
import { useMapSession } from "./map-session.ts";
import { mapTexts } from "./map.texts.ts";
import { type JourneyMap, overlayFamily, useOverlay } from "./maps.data.ts";
import { MapPanels } from "./MapPanels.tsx";
import { OverlayState } from "./OverlayState.tsx";
import { PhoneSteps } from "./PhoneSteps.tsx";
import { usePrinting } from "./printing.ts";
import { useSpoken } from "./spoken.ts";
import { WholeViews } from "./WholeViews.tsx";

const columnMin = 184;
const columnMost = 340;

/** A map that is open: its head, its drawing, and whatever lies beside it. */
export const OpenMap = ({ map }: { map: JourneyMap }) => {
  const t = useTexts(mapTexts);
  const [asked, change] = useTypedSearch(readMapSearch);
  const search = useMemo(() => ({ ...asked, customer: laidCustomer(asked.customer, map.viewpoint) }), [asked, map.viewpoint]);
  const mayWrite = useAbility("maps.write") && !map.isArchived;
  const [{ session, saving, failure, isGone, goneBy }, store] = useMapSession(map, () => notifyFailed(t("refusedHere")));
  const { document } = session;
  const [spoken, say] = useSpoken(saving, session.waiting.length);
  const undo = (): void => {
    if (store.undo()) say(t("undone"));
  };
  const redo = (): void => {
    if (store.redo()) say(t("redone"));
  };
  const query = useMemo(() => overlayQuery(search), [search]);
  // Asked anew once edits have reached the server, since they change what belongs to a step.
  const overlay = useOverlay(map.id, query, session.revision);
  const comments = useMapComments(map.id);
  const [writing, write] = useState<Writing>(null);
  const [stop, goTo] = useState<Stop>({ row: "stages", column: 0, index: 0 });
  const [followed, follow] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const [drafts] = useState(() => new Map<string, string>());
  const [isShowingKeys, showKeys] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const [measure, room] = useRoom();
  const isPrinting = usePrinting();
  const view = isPrinting && search.view !== "difference" ? "sheets" : search.view;
  const isPhone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const columns = useMemo(() => columnsOf(document), [document]);
  const shown = isPhone ? columns.slice(Math.min(at, columns.length - 1), Math.min(at, columns.length - 1) + 1) : columns;
  const labelWidth = isPhone ? 112 : 132;
  useMapKeys({ undo, redo, help: () => showKeys(true) }, mayWrite);
  useFollow(box, followed, () => follow(null));
  const steps = useMemo(() => new Map(overlay.data?.steps.map((step) => [step.stepId, step])), [overlay.data]);
  const firstMet = columns.find(({ step }) => step !== null && overlay.data?.customer?.entries.some(({ stepIds }) => stepIds.includes(step.id)));
  const remarks = useMemo(() => countRemarks(comments.data?.items ?? []), [comments.data]);
  const drawing: Drawing = {
    mapId: map.id, name: map.name, document, columns: shown, mayWrite, edit: store.edit, isCarriedOut: store.edit, whenSent: store.whenSent, overlay: overlay.data, steps, isMeasuring: overlay.isFetching, remarks, stop, goTo, writing, write, follow, drafts, say, undo, redo,
    columnWidth: Math.min(columnMost, Math.max(columnMin, Math.floor((room.width - labelWidth - 2) / Math.max(1, shown.length)))),
    openStep: (step) => change({ step }),
  };
  if (isGone) return <GoneMap map={map} by={goneBy} session={session} forget={store.forget} drafts={drafts} />;
  const parts = (
    <>
      <p className="sr-only" role="status"><span key={spoken.count}>{spoken.words}</span></p>
      <MapHead map={map} store={store} session={session} saving={saving} failure={failure} search={search} change={change} onKeys={() => showKeys(true)} />
      <CopyNotice family={overlayFamily} />
      <ConflictList session={session} store={store} />
      <CompareBar search={search} change={change} />
      <CustomerBar search={search} change={change} goToFirst={firstMet === undefined || view !== undefined ? null : () => {
        setAt(columns.indexOf(firstMet));
        follow(`step:${firstMet.step?.id}`);
      }} />
      <MapPanels map={map} store={store} session={session} search={search} change={change} isShowingKeys={isShowingKeys} closeKeys={() => showKeys(false)} />
    </>
  );
  if (view !== undefined) return <DrawingContext value={drawing}>{parts}<WholeViews map={{ ...map, document }} view={view} search={search} change={change} columns={columns} /></DrawingContext>;
  return (
    <DrawingContext value={drawing}>
      {parts}
      {columns.length === 0 ? <EmptyMap /> : (
        <DropOnto onDrop={(dragged, onto) => {
          const moved = dropPart(document, dragged, onto);
          if (moved !== null) store.edit(withForksTidy(document, [moved]));
        }} sayOver={() => t("dropHere")}>
          {isPhone && <PhoneSteps columns={columns} at={at} onGo={setAt} />}
          <div ref={measure} className={classes.room}>
            <div ref={box} className={classes.scroll} tabIndex={-1}><MapGrid labelWidth={labelWidth} customerId={search.customer} /></div>
          </div>
        </DropOnto>
      )}
      <div className={classes.below}>
        {mayWrite && <LaneAdder />}
        {document.measured.includes("feeling") && <CurveLegend hasAgainst={overlay.data?.against != null} />}
        <OverlayState overlay={overlay} />
      </div>
    </DrawingContext>
  );
};

const countRemarks = (comments: readonly { stepId: string | null; cardId: string | null; resolvedAt: string | null }[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { stepId, cardId, resolvedAt } of comments) {
    const id = cardId ?? stepId;
    if (id !== null && resolvedAt === null) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
};
