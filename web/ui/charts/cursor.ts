import { type KeyboardEvent, useState } from "react";

type Cursor = {
  index: number | null;
  point: (index: number | null) => void;
  /** For the drawing: left, right, Home and End move, Enter opens, Escape lets go. */
  press: (event: KeyboardEvent) => void;
};

/** Which point of a chart is being read, by pointer or by keys. */
export const useCursor = (count: number, open?: (index: number) => void): Cursor => {
  const [index, setIndex] = useState<number | null>(null);
  const move = (event: KeyboardEvent, next: number | null): void => {
    event.preventDefault();
    setIndex(next === null ? null : Math.min(count - 1, Math.max(0, next)));
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === "ArrowRight") return move(event, index === null ? 0 : index + 1);
    if (event.key === "ArrowLeft") return move(event, index === null ? count - 1 : index - 1);
    if (event.key === "Home") return move(event, 0);
    if (event.key === "End") return move(event, count - 1);
    if (event.key === "Escape" && index !== null) return move(event, null);
    if (event.key === "Enter" && index !== null && open) open(index);
  };
  return { index: index !== null && index < count ? index : null, point: setIndex, press };
};
