import type { MapDifference, NamedPart } from "@firsthand/server/journeys/maps/difference.rules";
import { useTexts } from "../../ui/texts.ts";
import { fieldWords } from "./conflict-words.ts";
import { DifferenceTag } from "./DifferenceTag.tsx";
import { mapTexts } from "./map.texts.ts";

/** Every difference between two maps in words. */
export const DifferenceList = ({ difference }: { difference: MapDifference }) => {
  const t = useTexts(mapTexts);
  const nameOf = ({ part, name }: NamedPart): string => `${t(`part_${part}`)} “${name}”`;
  const groups = [{ key: "added", list: difference.added }, { key: "gone", list: difference.gone }, { key: "moved", list: difference.moved }] as const;
  return (
    <ul className="line-list">
      {groups.flatMap(({ key, list }) => list.map((part) => <li key={`${key}${part.id}`}><span dir="auto">{nameOf(part)}</span><DifferenceTag kind={key} /></li>))}
      {difference.changed.map((part) => (
        <li key={`changed${part.id}`}><span dir="auto">{nameOf(part)} <span className="quiet">{fieldWords(part.was)} → {fieldWords(part.now)}</span></span><DifferenceTag kind="changed" /></li>
      ))}
    </ul>
  );
};
