import { useEffect, useRef, useState } from "react";
import { ApiError } from "../../shell/api.ts";
import { beginHistory, type History, redone, undone, withChange } from "./history.rules.ts";
import { type Survey, type SurveyDefinition, saveSurvey } from "./surveys.data.ts";

export type SavingState = "saved" | "unsaved" | "saving" | "failed" | "conflict";
export type EditedSurvey = { name: string; draft: SurveyDefinition };

/** One save at a time, a moment after the last change; what changes during a save is saved after it. */
export const createSaver = <Value>(given: {
  save: (value: Value) => Promise<void>;
  onState: (state: SavingState) => void;
  delayMs: number;
}): { change: (value: Value) => void; flush: () => Promise<void> } => {
  let waiting: { value: Value } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> = Promise.resolve();
  const saveWaiting = async (): Promise<void> => {
    while (waiting !== null) {
      const { value } = waiting;
      waiting = null;
      given.onState("saving");
      try {
        await given.save(value);
        given.onState(waiting === null ? "saved" : "unsaved");
      } catch (failure) {
        const isConflict = failure instanceof ApiError && failure.code === "survey_changed_meanwhile";
        given.onState(isConflict ? "conflict" : "failed");
        return;
      }
    }
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    running = running.then(saveWaiting);
    return running;
  };
  return {
    change: (value) => {
      waiting = { value };
      given.onState("unsaved");
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), given.delayMs);
    },
    flush,
  };
};

const DELAY_MS = 600;

type EditedDraft = {
  edited: EditedSurvey;
  change: (patch: Partial<EditedSurvey>) => void;
  saving: SavingState;
  flush: () => Promise<void>;
  undo: () => void;
  redo: () => void;
  /** Takes back everything since the draft was this one; it can be done again. */
  undoTo: (before: SurveyDefinition) => void;
  canUndo: boolean;
  canRedo: boolean;
};

/** The survey as it is being edited; saves itself, also when the screen is left, and remembers every step. */
export const useEditedSurvey = (survey: Survey): EditedDraft => {
  const [history, setHistory] = useState<History<EditedSurvey>>(() => beginHistory({ name: survey.name, draft: survey.draft }));
  const [saving, setSaving] = useState<SavingState>("saved");
  const [saver] = useState(() => createSurveySaver(survey, setSaving));
  // Two changes of one moment build on each other, though the screen is not drawn anew in between.
  const newest = useRef(history);
  useEffect(() => {
    const leave = (): void => void saver.flush();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [saver]);
  const keep = (next: History<EditedSurvey>): void => {
    if (next.present === newest.current.present) return;
    newest.current = next;
    setHistory(next);
    saver.change(next.present);
  };
  const undoTo = (before: SurveyDefinition): void => {
    let next = newest.current;
    while (next.past.length > 0 && next.present.draft !== before) next = undone(next);
    keep(next);
  };
  return {
    edited: history.present, saving, flush: saver.flush, undoTo,
    change: (patch) => keep(withChange(newest.current, { ...newest.current.present, ...patch }, Date.now())),
    undo: () => keep(undone(newest.current)),
    redo: () => keep(redone(newest.current)),
    canUndo: history.past.length > 0, canRedo: history.future.length > 0,
  };
};

const createSurveySaver = (survey: Survey, onState: (state: SavingState) => void) => {
  let revision = survey.draftRevision;
  return createSaver<EditedSurvey>({
    delayMs: DELAY_MS,
    onState,
    save: async ({ name, draft }) => {
      // An empty name is not saved yet: the field says so, and the last one stands meanwhile.
      const saved = await saveSurvey(survey.id, { name: name.trim() === "" ? survey.name : name, draft, draftRevision: revision });
      revision = saved.draftRevision;
    },
  });
};
