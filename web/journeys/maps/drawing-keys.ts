import { type KeyboardEvent, type RefObject, useEffect } from "react";
import { useDrawingVerbs } from "./drawing-verbs.ts";
import { useForkVerbs } from "./fork-verbs.ts";
import { nextStop, rowsOf, type Stop, type StopKey } from "./grid.rules.ts";
import { useDrawing } from "./map-drawing.ts";
import type { Direction } from "./moves.rules.ts";

const stopKeys: readonly StopKey[] = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
const directions: Readonly<Record<string, Direction>> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

export const stopName = ({ row, column, index }: Stop): string => `${row}|${column}|${index}`;

export const readStop = (target: EventTarget | null): Stop | null => {
  const text = target instanceof HTMLElement ? target.dataset.stop : undefined;
  const [row, column, index] = text?.split("|") ?? [];
  return row === undefined ? null : { row, column: Number(column), index: Number(index) };
};

const readPart = (target: EventTarget | null): ["stage" | "step" | "lane" | "card", string] | null => {
  const [part, id] = (target instanceof HTMLElement ? target.dataset.part : undefined)?.split(":") ?? [];
  if (id === undefined) return null;
  return part === "stage" || part === "step" || part === "lane" || part === "card" ? [part, id] : null;
};

/** Keys of a drawing: arrows walk, with Alt they move what is there, Delete takes it away, F2 renames, Insert or n adds beside it. */
export const useDrawingKeys = (table: RefObject<HTMLElement | null>): ((event: KeyboardEvent) => void) => {
  const { document, columns, mayWrite, write } = useDrawing();
  const verbs = useDrawingVerbs();
  const { addAlternative } = useForkVerbs();
  const walk = (from: Stop, key: StopKey): void => focusStop(table.current, nextStop(rowsOf(document, columns, mayWrite), from, key));
  const add = (part: ReturnType<typeof readPart>): void => {
    if (part === null) return;
    const [kind, id] = part;
    if (kind === "stage") verbs.addStage(id);
    const step = document.steps.find((one) => one.id === id);
    if (kind === "step" && step !== undefined) verbs.addStep(step.stageId, id);
    const card = document.cards.find((one) => one.id === id);
    if (kind === "card" && card !== undefined) verbs.addCard(card.stepId, card.laneId);
  };
  const nameOf = (id: string): string => [...document.stages, ...document.steps, ...document.lanes].find((one) => one.id === id)?.name ?? document.cards.find((one) => one.id === id)?.text ?? "";
  return (event) => {
    const stop = readStop(event.target);
    if (stop === null || event.ctrlKey || event.metaKey) return;
    const part = readPart(event.target);
    const act = actionOf();
    if (act === null) return;
    event.preventDefault();
    event.stopPropagation();
    act();

    function actionOf(): (() => void) | null {
      const { key, altKey } = event;
      const direction = directions[key];
      if (altKey) return mayWrite && direction !== undefined && part !== null ? () => verbs.move(part[0], part[1], direction) : null;
      const walked = stopKeys.find((one) => one === key);
      if (walked !== undefined && stop !== null) return () => walk(stop, walked);
      if (!mayWrite) return null;
      if ((key === "Delete" || key === "Backspace") && part !== null) return () => removeHere(part);
      if (key === "F2" && part !== null) return () => write({ part: part[0], id: part[1] });
      if (key === "a" && part?.[0] === "step") return () => addAlternative(part[1]);
      return key === "Insert" || key === "n" ? () => add(part) : null;
    }

    function removeHere([kind, id]: NonNullable<typeof part>): void {
      verbs.remove(kind, id, nameOf(id));
      // What takes its place gets the focus; else the keys would be lost with it.
      if (stop !== null) requestAnimationFrame(() => focusStop(table.current, stop));
    }
  };
};

/** Puts the focus where a part or a stop is, once it is drawn. */
export const useFollow = (root: RefObject<HTMLElement | null>, part: string | null, done: () => void): void => {
  useEffect(() => {
    const element = part === null ? null : root.current?.querySelector<HTMLElement>(`[data-part="${CSS.escape(part)}"], [data-stop="${CSS.escape(part)}"]`);
    if (element === null || element === undefined) return;
    element.focus();
    done();
  });
};

const focusStop = (root: HTMLElement | null, stop: Stop): void => {
  for (let { index } = stop; index >= 0; index -= 1) {
    const element = root?.querySelector<HTMLElement>(`[data-stop="${CSS.escape(stopName({ ...stop, index }))}"]`);
    if (element === null || element === undefined) continue;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest", inline: "nearest" });
    return;
  }
};
