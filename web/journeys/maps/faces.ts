import { type Icon, IconBulb, IconEye, IconMessage2, IconMoodAngry, IconMoodEmpty, IconMoodHappy, IconMoodSad, IconMoodSmile } from "@tabler/icons-react";
import type { EvidenceKind, LaneKind } from "@firsthand/server/journeys/maps/document.contract";

/** Faces from very bad to very good, with the key of their word. */
export const faces = [
  { value: -2, icon: IconMoodAngry, word: "veryBad", tone: "bad" },
  { value: -1, icon: IconMoodSad, word: "bad", tone: "bad" },
  { value: 0, icon: IconMoodEmpty, word: "neither", tone: "middle" },
  { value: 1, icon: IconMoodSmile, word: "good", tone: "good" },
  { value: 2, icon: IconMoodHappy, word: "veryGood", tone: "good" },
] as const;

export const faceOf = (value: number) => faces.find((face) => face.value === Math.max(-2, Math.min(2, Math.round(value)))) ?? faces[2];

export const evidenceIcons: Readonly<Record<EvidenceKind, Icon>> = { assumed: IconBulb, observed: IconEye, told: IconMessage2 };
export const evidenceKinds = ["assumed", "observed", "told"] as const satisfies readonly EvidenceKind[];
export const phases = ["before", "during", "after"] as const;

/** Lanes whose cards are coloured by what they say. */
export const laneTones: Partial<Readonly<Record<LaneKind, string>>> = { pains: "bad", ideas: "good" };
/** Lanes in which a card says a feeling, so that the faces are offered. */
export const hasFeelings = (kind: LaneKind): boolean => kind === "feelings" || kind === "motivations" || kind === "pains";
/** Lanes in which it matters whether it is before, during or after the step. */
export const hasPhases = (kind: LaneKind): boolean => kind === "feelings" || kind === "motivations" || kind === "expectations" || kind === "questions" || kind === "actions";
