import { ActionIcon, Button, Group, Modal, Select, Switch, TextInput } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconPlus } from "@tabler/icons-react";
import { useBlocker, useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { stepTile, stretchTile } from "@firsthand/server/insights/dashboards/board.rules";
import { ApiError } from "../../shell/api.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { notifyDone, notifyFailed, notifyUndo } from "../../ui/notices.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { presetLabel, presets } from "../../ui/period.ts";
import { useTexts } from "../../ui/texts.ts";
import type { Annotation } from "../annotations/annotations.data.ts";
import { BoardGrid } from "./BoardGrid.tsx";
import { beginDraft, changeDraft, copyTile, listUnmeasured, putTile, redoDraft, removeTile, undoDraft } from "./board-draft.ts";
import { type Above, type Board, type Tile, useBoardNumbers, useBoardVerbs, useTemplates, useTileNumbers, useNamesOfFilters } from "./dashboards.data.ts";
import { dashboardsTexts } from "./dashboards.texts.ts";
import { TileControls, TileCorner, type TileVerbs } from "./TileControls.tsx";
import { TileEditor } from "./TileEditor.tsx";
import { useTileDrag } from "./tile-drag.ts";
import { TileLinks } from "./tile-links.ts";
import { createTileStates } from "./tile-states.ts";
import { titleOf } from "./tile-words.ts";

type BoardEditorProps = { board: Board; above: Above; annotations: readonly Annotation[]; timeZone: string; onLeave: () => void; onReload: () => void };

const nothing = { metrics: [], splits: [] };

/** A board being changed. Nothing of it is seen by others before it is saved. */
export const BoardEditor = ({ board, above, annotations, timeZone, onLeave, onReload }: BoardEditorProps) => {
  const t = useTexts(dashboardsTexts);
  const [draft, setDraft] = useState(() => beginDraft(board.tiles));
  const [name, setName] = useState(board.name);
  const [period, setPeriod] = useState(board.period);
  const [edited, setEdited] = useState<Tile | "new" | null>(null);
  const [said, setSaid] = useState("");
  const [isLeaving, setLeaving] = useState(false);
  const grid = useRef<HTMLDivElement>(null);
  const [placed, setPlaced] = useState<string | null>(null);
  const templates = useTemplates();
  const change = (next: readonly Tile[]): void => setDraft((before) => changeDraft(before, next));
  const drag = useTileDrag(grid, draft.now, change);
  const saving = useSaving(board, { name, period, tiles: draft.now }, { onSaved: onLeave, onReload });
  const isChanged = draft.before.length > 0 || name !== board.name || period !== board.period;
  const blocker = useBlocker({ shouldBlockFn: () => isChanged && !saving.isDone.current, withResolver: true, enableBeforeUnload: () => isChanged && !saving.isDone.current });
  const numbers = useBoardNumbers(board, above, board.tiles.length > 0);
  const more = useTileNumbers(listUnmeasured(draft.now, board.tiles), above);
  const shown = drag.tiles ?? draft.now;
  const names = useNamesOfFilters(shown);
  const measured = draft.now.flatMap((tile) => (tile.chart === "note" ? [] : [tile]));
  const open = (tile: Tile | "new"): void => {
    setPlaced(null);
    setEdited(tile);
  };
  const verbs: TileVerbs = {
    step: (tile, direction, isStretching) => {
      const next = isStretching ? stretchTile(draft.now, tile.id, direction) : stepTile(draft.now, tile.id, direction);
      setSaid(next === null ? t("noWay", { name: titleOf(tile) }) : describe(next, tile));
      if (next !== null) change(next);
    },
    edit: open,
    copy: (tile) => change(copyTile(draft.now, tile)),
    remove: (tile) => {
      const before = draft.now;
      change(removeTile(draft.now, tile.id));
      setSaid(t("removedTile", { name: titleOf(tile) }));
      notifyUndo(t("removedTile", { name: titleOf(tile) }), async () => change(before));
    },
  };
  const put = (tile: Tile): void => {
    if (edited === "new") setPlaced(tile.id);
    change(putTile(draft.now, tile));
    setEdited(null);
  };
  // A new tile is moved and sized next: by keys that would be some forty steps from where it was added.
  const leadToPlaced = (): void => {
    if (placed !== null) grid.current?.querySelector<HTMLElement>(`[data-tile="${CSS.escape(placed)}"] .tile-handle`)?.focus();
  };
  return (
    <div onKeyDown={(event) => pressUndo(event, () => setDraft(undoDraft), () => setDraft(redoDraft))}>
      <PageHeader
        title={name === "" ? board.name : name}
        actions={
          <>
            <ActionIcon.Group>
              <ActionIcon variant="default" size={30} aria-label={t("undo")} disabled={draft.before.length === 0} onClick={() => setDraft(undoDraft)}><IconArrowBackUp size={16} aria-hidden /></ActionIcon>
              <ActionIcon variant="default" size={30} aria-label={t("redo")} disabled={draft.after.length === 0} onClick={() => setDraft(redoDraft)}><IconArrowForwardUp size={16} aria-hidden /></ActionIcon>
            </ActionIcon.Group>
            <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => open("new")}>{t("addTile")}</Button>
            <Button variant="default" onClick={() => (isChanged ? setLeaving(true) : onLeave())}>{t("leave")}</Button>
            <Button loading={saving.isSaving} onClick={() => void saving.save().catch(notifyFailed)}>{t("save")}</Button>
          </>
        }
      />
      <Group gap={12} mb={12} align="end">
        <TextInput label={t("name")} size="xs" w={260} maxLength={80} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Select label={t("period")} size="xs" w={180} allowDeselect={false} value={period} data={presets.map((value) => ({ value, label: presetLabel(value) }))}
          onChange={(value) => setPeriod(presets.find((known) => known === value) ?? period)} />
        {measured.length > 0 && (
          <Switch size="xs" mb={6} label={t("allWeighted")} checked={measured.every(({ isWeighted }) => isWeighted)}
            onChange={({ currentTarget: { checked } }) => change(draft.now.map((tile) => (tile.chart === "note" ? tile : { ...tile, isWeighted: checked })))} />
        )}
        <p className="quiet how-to-move how-to-move-wide" id="how-to-move-tiles">{t("howToMove")}</p>
        <p className="quiet how-to-move how-to-move-narrow">{t("howToMoveNarrow")}</p>
      </Group>
      {shown.length === 0 ? (
        <EmptyState title={t("emptyBoard")} body={t("emptyBoardBody")} action={{ label: t("addTile"), onClick: () => open("new") }} />
      ) : (
        <TileLinks value={null}>
          <BoardGrid
            name={t("board", { name: board.name })}
            tiles={shown}
            names={names}
            stateOf={createTileStates(more, numbers)}
            annotations={annotations}
            timeZone={timeZone}
            gridRef={grid}
            controlsOf={(tile) => ({ controls: <TileControls tile={tile} drag={drag} verbs={verbs} />, footer: <TileCorner tile={tile} drag={drag} />, isLifted: drag.liftedId === tile.id })}
          />
        </TileLinks>
      )}
      <p className="sr-only" role="status">{said}</p>
      <TileEditor tile={edited} vocabulary={templates.data ?? nothing} above={above} timeZone={timeZone} onClose={() => setEdited(null)} leadOn={placed === null ? null : leadToPlaced} onPut={put} />
      <ConfirmDialog
        isOpen={isLeaving || blocker.status === "blocked"}
        onClose={() => (blocker.status === "blocked" ? blocker.reset() : setLeaving(false))}
        title={t("leaveTitle")}
        body={t("leaveBody")}
        confirmLabel={t("leaveConfirm")}
        isDangerous
        onConfirm={async () => (blocker.status === "blocked" ? blocker.proceed() : onLeave())}
      />
      <ConflictDialog saving={saving} />
    </div>
  );
};

const describe = (tiles: readonly Tile[], { id, ...tile }: Tile): string => {
  const place = tiles.find((one) => one.id === id)?.place ?? tile.place;
  return dashboardsTexts.say("movedTo", { name: titleOf({ id, ...tile }), x: place.x + 1, y: place.y + 1, w: place.w, h: place.h });
};

const pressUndo = (event: React.KeyboardEvent, undo: () => void, redo: () => void): void => {
  const isText = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
  if (isText || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
  event.preventDefault();
  if (event.shiftKey) redo();
  else undo();
};

type Saving = ReturnType<typeof useSaving>;

const useSaving = (board: Board, next: { name: string; period: Board["period"]; tiles: readonly Tile[] }, { onSaved, onReload }: { onSaved: () => void; onReload: () => void }) => {
  const verbs = useBoardVerbs();
  const navigate = useNavigate();
  const isDone = useRef(false);
  // The button says only in the next picture that it is busy: a double click would be refused as somebody else's change.
  const isUnderWay = useRef(false);
  const [conflict, setConflict] = useState<string | null>(null);
  const given = { name: next.name.trim() === "" ? board.name : next.name.trim(), period: next.period, tiles: [...next.tiles] };
  return {
    isDone,
    conflict,
    isSaving: verbs.isSaving,
    forget: () => setConflict(null),
    giveUp: () => {
      isDone.current = true;
      setConflict(null);
      onReload();
    },
    save: async (): Promise<void> => {
      if (isUnderWay.current) return;
      isUnderWay.current = true;
      try {
        await verbs.save({ id: board.id, version: board.version, ...given });
      } catch (refusal) {
        if (!(refusal instanceof ApiError) || refusal.code !== "dashboard_changed") throw refusal;
        return setConflict(refusal.message);
      } finally {
        isUnderWay.current = false;
      }
      isDone.current = true;
      notifyDone(dashboardsTexts.say("saved"));
      onSaved();
    },
    saveCopy: async (): Promise<void> => {
      const copy = await verbs.create({ ...given, name: dashboardsTexts.say("copyOf", { name: given.name.slice(0, 70) }) });
      isDone.current = true;
      await navigate({ to: "/dashboards/$dashboardId", params: { dashboardId: copy.id } });
    },
  };
};

const ConflictDialog = ({ saving }: { saving: Saving }) => {
  const t = useTexts(dashboardsTexts);
  return (
    <Modal opened={saving.conflict !== null} onClose={saving.forget} title={t("conflictTitle")} size="sm">
      <p className="dialog-body">{saving.conflict}</p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" size="sm" onClick={saving.giveUp}>{t("conflictLoad")}</Button>
        <Button size="sm" onClick={() => void saving.saveCopy().catch(notifyFailed)}>{t("conflictCopy")}</Button>
      </Group>
    </Modal>
  );
};
