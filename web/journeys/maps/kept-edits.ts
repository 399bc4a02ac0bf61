import type { Parcel } from "./session.rules.ts";

const placeOf = (mapId: string): string => `firsthand.map-edits.${mapId}`;

/** Edits that did not reach the server yet, kept in this browser, so that closing it loses nothing. */
export const readKeptEdits = (mapId: string): readonly Parcel[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(placeOf(mapId)) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isParcel) : [];
  } catch {
    return [];
  }
};

export const keepEdits = (mapId: string, waiting: readonly Parcel[]): void => {
  try {
    if (waiting.length === 0) localStorage.removeItem(placeOf(mapId));
    else localStorage.setItem(placeOf(mapId), JSON.stringify(waiting));
  } catch {
    // A full or forbidden store keeps nothing; the edits are still sent from memory.
  }
};

const isParcel = (value: unknown): value is Parcel => typeof value === "object" && value !== null && typeof Reflect.get(value, "id") === "string" && Array.isArray(Reflect.get(value, "edits"));
