import { ActionIcon, Textarea } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import type { MapCard, MapLane } from "@firsthand/server/journeys/maps/document.contract";
import { IconCheck, IconTrash } from "@tabler/icons-react";
import { type FocusEvent, type KeyboardEvent, useRef, useState } from "react";
import { ChoiceRow } from "../../ui/ChoiceRow.tsx";
import { useTexts } from "../../ui/texts.ts";
import { evidenceIcons, evidenceKinds, hasFeelings, hasPhases, phases } from "./faces.ts";
import { FeelingChoice } from "./FeelingChoice.tsx";
import { keepInView } from "./kept-in-view.ts";
import { useLeaving } from "./leaving.ts";
import classes from "./Map.module.css";
import { useDrawing } from "./map-drawing.ts";
import { mapTexts } from "./map.texts.ts";
import { changeCard, changesOf, isBlank } from "./parts.rules.ts";
import { PhotoButton } from "./PhotoButton.tsx";

const PAUSE_MS = 900;

/** A card while it is written, in its place: saves itself after a pause and when it is left; a blank one goes. */
export const CardEditor = ({ card, lane, isNew }: { card: MapCard; lane: MapLane; isNew: boolean }) => {
  const t = useTexts(mapTexts);
  const { edit, isCarriedOut, write, follow, document, columns } = useDrawing();
  const [draft, setDraft] = useState(card);
  // What was carried out by now: an edit that was refused is said again with the newest words; the newest words, for when the field goes away before the pause is over.
  const known = useRef(isNew ? null : card);
  const written = useRef(card);
  const save = (): void => {
    const next = written.current;
    if (known.current === null) {
      if (!isBlank(next) && isCarriedOut([{ do: "put", part: "card", value: next, before: null }])) known.current = next;
      return;
    }
    const changed = changesOf(known.current, next);
    if (changed !== null && isCarriedOut([changeCard(known.current, changed)])) known.current = next;
  };
  const saveLater = useDebouncedCallback(save, { delay: PAUSE_MS, flushOnUnmount: false });
  useLeaving(save);
  const change = (patch: Partial<MapCard>): void => {
    written.current = { ...written.current, ...patch };
    setDraft(written.current);
    if (patch.text === undefined) save();
    else saveLater();
  };
  const remove = (): void => {
    const at = known.current;
    written.current = { ...written.current, text: "", feeling: null, fileId: null };
    known.current = null;
    if (at !== null && document.cards.some(({ id }) => id === at.id)) edit([{ do: "remove", part: "card", id: at.id }]);
    write(null);
  };
  // What takes its place gets the focus; else the keys would be lost with the card.
  const removeHere = (): void => {
    remove();
    follow(`${lane.id}|${columns.findIndex(({ step }) => step?.id === card.stepId)}|0`);
  };
  const leave = (): void => {
    if (isBlank(written.current)) return removeHere();
    save();
    follow(`card:${card.id}`);
    write(null);
  };
  const blur = (event: FocusEvent<HTMLDivElement>): void => {
    if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return;
    // The choice of a file takes the focus for a while and brings it back.
    if (!window.document.hasFocus()) return save();
    if (isBlank(written.current)) return remove();
    save();
    write(null);
  };
  const press = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "Escape" || (event.key === "Enter" && event.target instanceof HTMLTextAreaElement && !event.shiftKey && !event.nativeEvent.isComposing)) {
      event.preventDefault();
      leave();
    }
  };
  const { text, feeling, phase, evidence, fileId } = draft;
  return (
    <div ref={keepInView} className={classes.editor} onBlur={blur} onKeyDown={press}>
      <Textarea autosize minRows={2} maxRows={10} size="xs" autoFocus maxLength={2_000} aria-label={t("cardIn", { lane: lane.name })} value={text} dir="auto"
        onFocus={({ currentTarget }) => currentTarget.setSelectionRange(currentTarget.value.length, currentTarget.value.length)}
        onChange={(event) => change({ text: event.currentTarget.value })} />
      {hasFeelings(lane.kind) && <FeelingChoice label={t("feeling")} size={18} value={feeling} onChange={(value) => change({ feeling: value })} />}
      {hasPhases(lane.kind) && <ChoiceRow label={t("phase")} choices={phases.map((value) => ({ value, label: t(value) }))} value={phase} onChange={(value) => change({ phase: value })} isClearable />}
      <div className={classes.editorFoot}>
        <ChoiceRow label={t("evidence")} value={evidence} onChange={(value) => value !== null && change({ evidence: value })}
          choices={evidenceKinds.map((value) => {
            const Picture = evidenceIcons[value];
            return { value, label: t(value), help: t(`${value}Help`), picture: <Picture size={16} aria-hidden /> };
          })} />
        <PhotoButton fileId={fileId} onPhoto={(photo) => change({ fileId: photo })} />
        <ActionIcon variant="subtle" color="gray" size={26} aria-label={t("removeCard")} title={t("removeCard")} onClick={removeHere}><IconTrash size={15} aria-hidden /></ActionIcon>
        <ActionIcon variant="filled" size={26} aria-label={t("doneWriting")} title={t("doneWriting")} onClick={leave}><IconCheck size={15} aria-hidden /></ActionIcon>
      </div>
    </div>
  );
};

