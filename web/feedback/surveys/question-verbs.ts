import type { Ending, SurveyDefinition } from "@firsthand/server/feedback/surveys/definition.contract";
import type { KeyboardEvent } from "react";
import { notifyUndo } from "../../ui/notices.tsx";
import { useTexts } from "../../ui/texts.ts";
import { builderTexts } from "./builder.texts.ts";
import type { Draft } from "./draft-context.ts";
import { freeId, takenIds, withCopyOf, withMoved, withQuestionAfter, withWords } from "./draft.rules.ts";
import { type Addable, newQuestion } from "./new-question.rules.ts";
import { type Removed, withoutCalculation, withoutEnding, withoutQuestion } from "./references.rules.ts";

export type QuestionVerbs = {
  add: (addable: Addable) => void;
  addEnding: () => void;
  move: (id: string, step: -1 | 1) => void;
  copy: (id: string) => void;
  remove: (id: string) => void;
  removeEnding: (id: string) => void;
  removeCalculation: (id: string) => void;
  /** Alt and arrows move, Ctrl+D copies, Delete removes. */
  press: (event: KeyboardEvent, id: string) => void;
};

/** What is done to questions and endings, from lists, buttons and keys alike. Removing says what went along, and can be taken back. */
export const useQuestionVerbs = ({ definition, place, language, mayWrite, change, open }: Draft, undoTo: (before: SurveyDefinition) => void): QuestionVerbs => {
  const t = useTexts(builderTexts);
  const openId = place.startsWith("question ") ? place.slice("question ".length) : null;
  const tellRemoved = (what: string, removed: Removed): void => notifyUndo(wordsOfRemoved(what, removed), async () => undoTo(definition));
  const add = (addable: Addable): void => {
    const question = newQuestion(definition, addable);
    change(withQuestionAfter(definition, question, openId));
    open(`question ${question.id}`);
  };
  const addEnding = (): void => {
    const id = freeId(takenIds(definition), "ending");
    const ending: Ending = { id, title: withWords({}, language, language === "en" ? t("firstEnding") : ""), conditions: [] };
    change({ ...definition, endings: [...(definition.endings ?? []), ending] });
    open(`ending ${id}`);
  };
  const copy = (id: string): void => {
    const copied = withCopyOf(definition, id);
    change(copied.definition);
    open(`question ${copied.id}`);
  };
  const move = (id: string, step: -1 | 1): void => {
    change(withMoved(definition, id, step));
    focusLine(id);
  };
  const remove = (id: string): void => {
    const index = definition.questions.findIndex((question) => question.id === id);
    const { definition: next, removed } = withoutQuestion(definition, id);
    change(next);
    const neighbour = next.questions[Math.min(index, next.questions.length - 1)];
    open(neighbour === undefined ? "survey" : `question ${neighbour.id}`);
    if (neighbour !== undefined) focusLine(neighbour.id);
    tellRemoved(t("questionRemoved"), removed);
  };
  const removeEnding = (id: string): void => {
    const { definition: next, removed } = withoutEnding(definition, id);
    change(next);
    open("thanks");
    tellRemoved(t("endingRemoved"), removed);
  };
  const removeCalculation = (id: string): void => {
    const { definition: next, removed } = withoutCalculation(definition, id);
    change(next);
    tellRemoved(t("calculationRemoved"), removed);
  };
  const press = (event: KeyboardEvent, id: string): void => {
    const act = actionOf(event);
    if (act === null || !mayWrite) return;
    event.preventDefault();
    event.stopPropagation();
    ({ copy: () => copy(id), remove: () => remove(id), up: () => move(id, -1), down: () => move(id, 1) })[act]();
  };
  return { add, addEnding, move, copy, remove, removeEnding, removeCalculation, press };
};

const wordsOfRemoved = (what: string, { conditions, branches, quotas }: Removed): string => {
  const t = builderTexts.say;
  const along = [
    ...(conditions > 0 ? [t("conditionsGone", { count: conditions })] : []), ...(branches > 0 ? [t("branchesGone", { count: branches })] : []),
    ...(quotas > 0 ? [t("quotasGone", { count: quotas })] : []),
  ];
  return along.length === 0 ? what : t("removedAlong", { what, along: along.join(", ") });
};

// A line that is moved in the page, or gone, loses the focus; whoever works by keys goes on from it.
const focusLine = (id: string): void => {
  if (!(document.activeElement instanceof HTMLElement) || document.activeElement.dataset.question === undefined) return;
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-question="${CSS.escape(id)}"]`)?.focus());
};

const actionOf = ({ altKey, ctrlKey, metaKey, key }: KeyboardEvent): "up" | "down" | "copy" | "remove" | null => {
  if (altKey && key === "ArrowUp") return "up";
  if (altKey && key === "ArrowDown") return "down";
  if ((ctrlKey || metaKey) && key.toLowerCase() === "d") return "copy";
  return key === "Delete" && !altKey && !ctrlKey && !metaKey ? "remove" : null;
};
