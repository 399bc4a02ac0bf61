import type { TimelineItem } from "@firsthand/server/customers/profiles/profiles.contract";

/** A fact with the feelings that came with it, or a feeling that stands alone. */
export type Moment = { item: TimelineItem; feelings: readonly TimelineItem[] };

/** Puts feelings under the interaction they came with, in the order of the timeline; nothing is left out. */
export const groupMoments = (items: readonly TimelineItem[]): Moment[] => {
  const facts = new Set(items.filter((item) => item.record === "interaction").map((item) => item.id));
  const attached = new Map<string, TimelineItem[]>();
  const moments: Moment[] = [];
  for (const item of items) {
    if (item.record === "perception" && item.interactionId !== null && facts.has(item.interactionId)) {
      attached.set(item.interactionId, [...(attached.get(item.interactionId) ?? []), item]);
    } else moments.push({ item, feelings: [] });
  }
  return moments.map(({ item }) => ({ item, feelings: attached.get(item.id) ?? [] }));
};

/** Moments under the day they happened on; `dayOf` reads it from a time by the member's own clock. */
export const groupDays = (moments: readonly Moment[], dayOf: (at: string) => string): { day: string; moments: Moment[] }[] => {
  const days = new Map<string, Moment[]>();
  for (const moment of moments) {
    const day = dayOf(moment.item.at);
    days.set(day, [...(days.get(day) ?? []), moment]);
  }
  return [...days].map(([day, own]) => ({ day, moments: own }));
};
