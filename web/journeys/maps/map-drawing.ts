import type { MapDocument } from "@firsthand/server/journeys/maps/document.contract";
import type { MapEdit } from "@firsthand/server/journeys/maps/edits.contract";
import { createContext, use } from "react";
import type { MapColumn, Stop } from "./grid.rules.ts";
import type { OverlayReply, OverlayStep } from "./maps.data.ts";

/** What is being written in the drawing: a card (with its place while it is new), or the name of a stage, step or lane. */
export type Writing = { part: "card" | "stage" | "step" | "lane"; id: string; at?: { stepId: string; laneId: string } } | null;

/** What every part of a drawing needs: the map, what it shows from data, and how it is changed. */
export type Drawing = {
  mapId: string;
  name: string;
  document: MapDocument;
  columns: readonly MapColumn[];
  columnWidth: number;
  mayWrite: boolean;
  edit: (edits: readonly MapEdit[]) => void;
  /** The same; says whether all of it was carried out. What was not has become a conflict. */
  isCarriedOut: (edits: readonly MapEdit[]) => boolean;
  /** Once everything drawn so far was sent, or cannot be sent now. */
  whenSent: () => Promise<void>;
  overlay: OverlayReply | undefined;
  steps: ReadonlyMap<string, OverlayStep>;
  isMeasuring: boolean;
  /** How many comments are open for a step or card, by its id. */
  remarks: ReadonlyMap<string, number>;
  /** The stop the keyboard is at; the only one the tab key reaches. */
  stop: Stop;
  goTo: (stop: Stop) => void;
  writing: Writing;
  write: (writing: Writing) => void;
  openStep: (id: string) => void;
  /** A part or a stop whose element shall have the focus once it is drawn. */
  follow: (part: string) => void;
  /** Words in panels that are not sent yet, by whoever holds them. */
  drafts: Map<string, string>;
  /** Tells those who listen what the eye sees happen. */
  say: (words: string) => void;
  undo: () => void;
  redo: () => void;
};

export const DrawingContext = createContext<Drawing | null>(null);

export const useDrawing = (): Drawing => {
  const drawing = use(DrawingContext);
  if (drawing === null) throw new Error("useDrawing was called outside a map.");
  return drawing;
};

/** A fresh name for a part. */
export const newPartBytes = (): Uint8Array => crypto.getRandomValues(new Uint8Array(12));
